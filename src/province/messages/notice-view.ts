/** Reading notices: a person's own, what a delivery needs, and what the desk sees of a dossier. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";
import {
  DEFAULT_CHOICE,
  type Notice,
  type NoticeChannel,
  type NoticeChoice,
  type NoticeDelivery,
  type PushDevice,
} from "./notice.ts";
import { noticeTitle } from "./templates.ts";
import { readTexts } from "./text-view.ts";

const COLUMNS = `n.id, n.dossier_id as "dossierId", n.event, n.facts, n.at, n.read_at as "readAt"`;

const ofPerson = statement<Notice, [sub: string, before: string | null, limit: number]>(
  "notices.list-of-person",
  `select ${COLUMNS} from notice n where n.sub = $1 and ($2::uuid is null or n.id < $2::uuid) order by n.id desc limit $3`,
);

export interface NoticePage {
  readonly notices: readonly Notice[];
  readonly next: string | undefined;
}

const PAGE = 20;

/** Newest first. */
export async function listNotices(db: Db, sub: string, before: string | undefined): Promise<NoticePage> {
  const rows = await db.many(ofPerson, [sub, before ?? null, PAGE + 1]);
  const notices = rows.slice(0, PAGE);
  return { notices, next: rows.length > PAGE ? notices.at(-1)?.id : undefined };
}

const delivery = statement<
  Notice & { sub: string; channel: NoticeChannel; status: string; deliveryId: string },
  [id: string]
>(
  "notices.find-delivery",
  `select ${COLUMNS}, n.sub, d.channel, d.status, d.id as "deliveryId"
   from notice_delivery d join notice n on n.id = d.notice_id where d.id = $1`,
);

export function findDelivery(
  db: Db,
  id: string,
): Promise<(Notice & { sub: string; channel: NoticeChannel; status: string; deliveryId: string }) | undefined> {
  return db.maybe(delivery, [id]);
}

const ofDossier = statement<
  Notice & {
    deliveries: readonly (Omit<NoticeDelivery, "notBefore" | "sentAt"> & {
      notBefore: string;
      sentAt: string | null;
    })[];
  },
  [dossierId: string]
>(
  "notices.list-of-dossier",
  `select ${COLUMNS}, coalesce((select jsonb_agg(jsonb_build_object('channel', d.channel, 'status', d.status,
       'notBefore', d.not_before, 'tries', d.tries, 'sentAt', d.sent_at) order by d.channel)
     from notice_delivery d where d.notice_id = n.id), '[]') as deliveries
   from notice n where n.dossier_id = $1 order by n.id desc limit 50`,
);

export type NoticeOfDossier = Notice & {
  readonly deliveries: readonly NoticeDelivery[];
  /** As it was told. */
  readonly title: Text;
};

/** What the person was told of a dossier, newest first, and how far it came. */
export async function listNoticesOf(db: Db, dossierId: string): Promise<NoticeOfDossier[]> {
  const [rows, texts] = await Promise.all([db.many(ofDossier, [dossierId]), readTexts(db)]);
  return rows.map((row) => ({
    ...row,
    title: { vi: noticeTitle(row, "vi", texts), en: noticeTitle(row, "en", texts) },
    deliveries: row.deliveries.map((one) => ({
      ...one,
      notBefore: new Date(one.notBefore),
      sentAt: one.sentAt === null ? null : new Date(one.sentAt),
    })),
  }));
}

const choice = statement<NoticeChoice, [sub: string]>(
  "notices.find-choice",
  "select channels, lang from notice_choice where sub = $1",
);

export async function findChoice(db: Db, sub: string): Promise<NoticeChoice> {
  return (await db.maybe(choice, [sub])) ?? DEFAULT_CHOICE;
}

const devices = statement<PushDevice, [sub: string]>(
  "notices.list-devices",
  `select id, endpoint, p256dh, auth, name, added_at as "addedAt" from push_device
   where sub = $1 and gone_at is null order by added_at desc, id desc limit 10`,
);

export function listDevices(db: Db, sub: string): Promise<PushDevice[]> {
  return db.many(devices, [sub]);
}
