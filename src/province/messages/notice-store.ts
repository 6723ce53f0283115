/** SQL that writes notices, their deliveries, choices and devices. */
import { type Db, statement } from "#kit/db.ts";
import type { Lang } from "#kit/i18n.ts";
import type { NoticeChannel, NoticeEvent, NoticeFacts } from "./notice.ts";

const put = statement<
  { fresh: boolean },
  [string, string, string, string, string, string, string, string, notBefore: Date]
>("notices.put", "select notice_put($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9) as fresh");

export interface NewNotice {
  readonly tenant: string;
  readonly id: string;
  readonly sub: string;
  readonly dossierId: string;
  /** What it is about: told once. */
  readonly source: string;
  readonly event: NoticeEvent;
  readonly facts: NoticeFacts;
  readonly deliveries: readonly { readonly id: string; readonly channel: NoticeChannel }[];
  readonly notBefore: Date;
}

/** False when this was told before. */
export async function putNotice(db: Db, notice: NewNotice): Promise<boolean> {
  const { tenant, id, sub, dossierId, source, event, facts, deliveries } = notice;
  const values = [
    tenant,
    id,
    sub,
    dossierId,
    source,
    event,
    JSON.stringify(facts),
    JSON.stringify(deliveries),
  ] as const;
  return (await db.one(put, [...values, notice.notBefore])).fresh;
}

const sent = statement<object, [id: string]>(
  "notices.mark-sent",
  `update notice_delivery set status = 'sent', sent_at = clock_timestamp(), tries = tries + 1, last_error = null where id = $1`,
);
const missed = statement<object, [id: string, error: string, final: boolean]>(
  "notices.mark-missed",
  `update notice_delivery set tries = tries + 1, last_error = left($2, 500), status = case when $3 then 'failed' else status end
   where id = $1`,
);

const postponed = statement<object, [id: string, until: Date]>(
  "notices.mark-postponed",
  "update notice_delivery set not_before = $2 where id = $1",
);

export async function markPostponed(db: Db, id: string, until: Date): Promise<void> {
  await db.run(postponed, [id, until]);
}

/** `db` is the tenant's, here and below. */
export async function markSent(db: Db, id: string): Promise<void> {
  await db.run(sent, [id]);
}

export async function markMissed(db: Db, id: string, error: string, final: boolean): Promise<void> {
  await db.run(missed, [id, error, final]);
}

const readOne = statement<{ dossierId: string }, [sub: string, id: string]>(
  "notices.read",
  `update notice set read_at = coalesce(read_at, clock_timestamp()) where sub = $1 and id = $2 returning dossier_id as "dossierId"`,
);
const readAll = statement<object, [sub: string]>(
  "notices.read-all",
  "update notice set read_at = clock_timestamp() where sub = $1 and read_at is null",
);

/** The dossier it is about; undefined when it is not this person's. */
export async function markRead(db: Db, sub: string, id: string): Promise<string | undefined> {
  return (await db.maybe(readOne, [sub, id]))?.dossierId;
}

export async function markAllRead(db: Db, sub: string): Promise<void> {
  await db.run(readAll, [sub]);
}

const choose = statement<object, [sub: string, channels: string[], lang: string]>(
  "notices.choose",
  `insert into notice_choice (sub, channels, lang) values ($1, $2, $3)
   on conflict (tenant, sub) do update set channels = excluded.channels, lang = excluded.lang, changed_at = clock_timestamp()`,
);

export async function putChoice(db: Db, sub: string, channels: readonly NoticeChannel[], lang: Lang): Promise<void> {
  await db.run(choose, [sub, [...channels], lang]);
}

const enrol = statement<object, [string, string, string, string, string, string, string]>(
  "notices.enrol-device",
  "select push_device_put($1, $2, $3, $4, $5, $6, $7)",
);
const leave = statement<object, [sub: string, id: string]>(
  "notices.leave-device",
  "update push_device set gone_at = clock_timestamp() where sub = $1 and id = $2 and gone_at is null",
);

export async function putDevice(
  db: Db,
  tenant: string,
  sub: string,
  device: {
    readonly id: string;
    readonly endpoint: string;
    readonly p256dh: string;
    readonly auth: string;
    readonly name: string;
  },
): Promise<void> {
  await db.one(enrol, [tenant, device.id, sub, device.endpoint, device.p256dh, device.auth, device.name]);
}

export async function removeDevice(db: Db, sub: string, id: string): Promise<void> {
  await db.run(leave, [sub, id]);
}
