import { statement } from "./db.ts";

/** One row when this is the first use of the code. */
export const spendCaptcha = statement<{ id: string }, [id: string, expiresAt: Date]>(
  "captcha.spend",
  "insert into captcha_spent (id, expires_at) values ($1, $2) on conflict do nothing returning id",
);

export const reapCaptchas = statement<unknown, []>(
  "captcha.reap",
  `delete from captcha_spent where id in (select id from captcha_spent where expires_at < now() order by expires_at limit 5000)`,
);
