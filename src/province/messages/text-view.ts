/** The province's own words and quiet hours. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import type { Lang } from "#kit/i18n.ts";
import type { NoticeEvent } from "./notice.ts";
import { type QuietHours, USUAL_QUIET } from "./quiet-hours.ts";
import { type NoticeTexts, type OwnText, textsWith } from "./templates.ts";

const own = statement<
  { event: NoticeEvent; lang: Lang; title: string | null; body: string | null; changedAt: Date },
  []
>(
  "notices.own-texts",
  `select event, lang, title, body, changed_at as "changedAt" from notice_text order by seq desc limit 2000`,
);

/** What was written since the beginning: a few a year. Oldest first. */
export async function listOwnTexts(db: Db): Promise<OwnText[]> {
  const rows = await db.many(own, []);
  return rows.toReversed().map(({ event, lang, title, body, changedAt }) => ({
    event,
    lang,
    words: title !== null && body !== null ? { title, text: body } : null,
    changedAt,
  }));
}

export async function readTexts(db: Db): Promise<NoticeTexts> {
  return textsWith(await listOwnTexts(db));
}

const quiet = statement<QuietHours, []>(
  "notices.quiet-hours",
  `select quiet_from as "from", quiet_to as "to" from notice_setting`,
);

export async function readQuiet(db: Db): Promise<QuietHours> {
  return (await db.maybe(quiet, [])) ?? USUAL_QUIET;
}
