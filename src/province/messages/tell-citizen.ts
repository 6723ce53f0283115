/** From an entry of a dossier's history to the notice about it, once, on the channels that the person chose. */
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import { type Dossier, findDossier, type HistoryEntry, listHistory } from "#province/dossiers/index.ts";
import type { NoticeChannel, NoticeEvent, NoticeFacts } from "./notice.ts";
import { putNotice } from "./notice-store.ts";
import { findChoice, listDevices } from "./notice-view.ts";
import { notBefore } from "./quiet-hours.ts";
import { readQuiet } from "./text-view.ts";

const EVENT_OF: Readonly<Record<string, NoticeEvent>> = {
  file: "filed",
  receive: "received",
  decline: "declined",
  "request-supplement": "supplement-requested",
  "remind-supplement": "supplement-reminder",
  "require-fee": "fee-due",
  "mark-fee-paid": "paid",
  "require-postage": "postage-due",
  "postage-paid": "postage-paid",
  "refund-fee": "refunded",
  "payment-reversed": "payment-reversed",
  reschedule: "put-off",
  "move-deadline": "date-moved",
  "sign-result": "result-ready",
  "return-result": "returned",
  refuse: "refused",
  stop: "stopped",
  withdraw: "withdrawn",
};

/** What the public post says, by what it carries; the rest of it is only shown. */
const POST_EVENT_OF: Readonly<Record<string, Readonly<Partial<Record<string, NoticeEvent>>>>> = {
  "post-collected": { result: "posted" },
  "post-delivered": { result: "delivered" },
  "post-failed": { result: "delivery-failed", papers: "papers-missed" },
  "post-returned": { result: "letter-back" },
  "post-lost": { result: "letter-lost", papers: "letter-lost" },
  "papers-arrived": { "": "papers-arrived" },
  "post-cancelled": { result: "post-cancelled", papers: "post-cancelled" },
  "post-cancel-refused": { result: "post-goes-on", papers: "post-goes-on" },
};

export interface TellDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** Is a Zalo account configured? */
  readonly zalo: boolean;
}

/**
 * `source`: `history:<seq>`, or `letter:<id>` of an officer's letter. Telling the same again changes nothing. Answers
 * whether somebody was told.
 */
export async function tellCitizen(
  deps: TellDeps,
  about: { readonly tenant: string; readonly dossierId: string; readonly source: string },
): Promise<boolean> {
  const { tenant, dossierId, source } = about;
  const dossier = await findDossier(deps.database, { tenant, dossierId });
  if (!dossier || dossier.number === null) return false;
  const happened = await eventOf(deps.database, about);
  if (!happened) return false;
  const db = deps.database.forTenant(tenant);
  const sub = dossier.applicantSub;
  const [choice, devices, quiet] = await Promise.all([findChoice(db, sub), listDevices(db, sub), readQuiet(db)]);
  const reachable: Readonly<Record<NoticeChannel, boolean>> = {
    sms: Boolean(dossier.applicant.phone),
    mail: Boolean(dossier.applicant.email),
    push: devices.length > 0,
    zalo: deps.zalo && Boolean(dossier.applicant.phone),
  };
  return putNotice(deps.database, {
    tenant,
    id: newId(),
    sub,
    dossierId,
    source,
    event: happened.event,
    facts: { number: dossier.number, givenName: givenName(dossier), ...happened.facts },
    deliveries: choice.channels.filter((channel) => reachable[channel]).map((channel) => ({ id: newId(), channel })),
    notBefore: notBefore(deps.clock.now(), quiet),
  });
}

async function eventOf(
  database: Database,
  { tenant, dossierId, source }: { readonly tenant: string; readonly dossierId: string; readonly source: string },
): Promise<{ event: NoticeEvent; facts: Partial<NoticeFacts> } | undefined> {
  if (source.startsWith("letter:")) return { event: "letter", facts: {} };
  const seq = Number(source.replace("history:", ""));
  const entry = (await listHistory(database, { tenant, dossierId })).find((one) => one.seq === seq);
  const event = entry && (EVENT_OF[entry.action] ?? POST_EVENT_OF[entry.action]?.[String(entry.detail["kind"] ?? "")]);
  return event && { event, facts: factsOf(entry) };
}

function factsOf({ detail }: HistoryEntry): Partial<NoticeFacts> {
  const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
  const code = text(detail["code"]);
  const dueAt = text(detail["dueAt"]) ?? text(detail["to"]) ?? text(detail["answerBy"]);
  const amount = detail["amount"];
  return {
    ...(code ? { code } : {}),
    ...(dueAt && !Number.isNaN(Date.parse(dueAt)) ? { dueAt } : {}),
    ...(typeof amount === "number" ? { amount } : {}),
  };
}

/** The last word of a Vietnamese name is the one people are called by. */
function givenName({ applicant }: Dossier): string {
  return applicant.name.trim().split(/\s+/).at(-1) ?? "";
}
