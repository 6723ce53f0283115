import { addDays, instantOf } from "#kit/calendar.ts";
import { type Database, oncePlanned } from "#kit/db.ts";
import type { OfficerRole } from "#province/officers/index.ts";
import { type InboxRow, type Tab, TABS } from "./inbox.ts";
import type { Filters, InboxQuery } from "./inbox-query.ts";
import { type Lane, lanesOf, type Moments } from "./lanes.ts";

/** Whose inbox, and how far the officer may look. */
export interface InboxOwner {
  readonly tenant: string;
  readonly officerId: string;
  readonly role: OfficerRole;
  /** Units whose dossiers the officer may open. */
  readonly agencyIds: readonly string[];
  /** Colleagues who are away and for whom the officer stands in today. */
  readonly standsInFor?: readonly string[];
}

export interface InboxPage {
  readonly rows: readonly (InboxRow & { readonly key: string })[];
  /** Key of the following page; null at the end. */
  readonly next: string | null;
}

export interface InboxCounts extends Readonly<Record<Tab, number>> {}

const PAGE = 25;
const PAGE_MOST = 1000;
/** Counting stops here: nobody reads a larger number in a tab, and it must stay cheap with ten million dossiers. */
export const COUNT_MOST = 1000;

export const ROW = `d.id, d.version, d.number, d.code, d.state, d.ending, d.procedure -> 'name' as procedure,
  d.procedure_code as "procedureCode", d.procedure -> 'fieldName' as field, d.agency ->> 'name' as agency, d.channel,
  d.applicant ->> 'name' as applicant, coalesce(d.linked_opened_at, d.filed_at) as "filedAt", d.due_at as "dueAt", d.warn_fifth_at as "warnAt",
  d.officer ->> 'name' as officer, d.linked_whole is not null or d.linked_from is not null as linked,
  d.desk_queue = 'sign' as "awaitsSignature"`;

/** $10…$17: filters; null where there is none. Everything asked stands in the index. */
const FILTERED = `($10::text is null or d.procedure_code = $10) and ($11::text is null or d.field_code = $11)
  and ($12::text is null or d.channel = $12) and ($13::text is null or coalesce(d.officer_id, '-') = $13)
  and ($14::timestamptz is null or d.filed_at >= $14) and ($15::timestamptz is null or d.filed_at < $15)
  and ($16::text is null or d.desk_queue in ('take', 'held')
    or ($16 = 'amber') = (coalesce(d.warn_fifth_at, d.desk_at - interval '1 day') <= $17::timestamptz))`;

type Params = [
  agencies: string[],
  queues: string[],
  after: string[],
  until: string[],
  officers: string[],
  officersQueues: string[],
  officersAfter: string[],
  officersUntil: string[],
  limit: number,
  procedure: string | null,
  field: string | null,
  channel: string | null,
  officer: string | null,
  filedFrom: Date | null,
  filedBefore: Date | null,
  light: string | null,
  now: Date,
  at: string,
  id: string,
];

/**
 * Each lane gives its own first rows out of the index, and the first of these are the page: what stands behind it costs
 * nothing, whether the scope is one commune or a province. The rows themselves are read for the page alone. The key's instant is
 * part of the lane's own stretch: beside another beginning the pair is only a filter (measured at page 1,000: five times the time).
 */
const pageText = (than: ">" | "<", order: "" | "desc") => {
  const stretch =
    than === ">"
      ? "d.desk_at > greatest(l.after, $18::timestamptz - interval '1 microsecond') and d.desk_at <= l.until"
      : "d.desk_at > l.after and d.desk_at <= least(l.until, $18::timestamptz)";
  const lane = (of: string) => `lateral (select d.id, d.desk_at from dossier d where ${of} and d.desk_queue = l.queue
      and d.desk_queue is not null and ${stretch} and (d.desk_at, d.id) ${than} ($18::timestamptz, $19::uuid) and ${FILTERED}
      order by d.desk_at ${order}, d.id ${order} limit $9) k`;
  return `select ${ROW}, d.desk_at::text as at from (
    select id from (
      select k.id, k.desk_at from unnest($1::text[]) a (agency),
        unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) l (queue, after, until), ${lane("d.agency_id = a.agency")}
      union all
      select k.id, k.desk_at from unnest($5::text[]) o (officer),
        unnest($6::text[], $7::timestamptz[], $8::timestamptz[]) l (queue, after, until),
        ${lane("d.officer_id = o.officer and d.agency_id = any ($1)")}
    ) lanes order by desk_at ${order}, id ${order} limit $9
  ) page join dossier d using (id) order by d.desk_at ${order}, d.id ${order}`;
};

const forth = oncePlanned<InboxRow & { at: string }, Params>("inbox.forth", pageText(">", ""));
const back = oncePlanned<InboxRow & { at: string }, Params>("inbox.back", pageText("<", "desc"));

const countOf = (tab: Tab) => `(select count(*)::int from (
  select from unnest($1::text[]) a (agency), unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[])
      l (tab, queue, after, until), lateral (select from dossier d where d.agency_id = a.agency and d.desk_queue = l.queue
        and d.desk_queue is not null and d.desk_at > l.after and d.desk_at <= l.until limit $8) k where l.tab = '${tab}'
  ${
    tab === "mine"
      ? `union all
  select from unnest($6::text[]) o (officer), unnest($7::text[]) l (queue), lateral (select from dossier d
    where d.officer_id = o.officer and d.desk_queue = l.queue and d.agency_id = any ($1) limit $8) k`
      : ""
  } limit $8) counted) as "${tab}"`;

const counts = oncePlanned<
  Record<Tab, number>,
  [
    agencies: string[],
    tabs: string[],
    queues: string[],
    after: string[],
    until: string[],
    officers: string[],
    officersQueues: string[],
    most: number,
  ]
>("inbox.counts", `select ${TABS.map(countOf).join(",\n")}`);

/** One page of a tab: open work by what is due first, what is over newest first. */
export async function listInbox(
  database: Database,
  owner: InboxOwner,
  query: InboxQuery & { readonly moments: Moments; readonly limit?: number },
): Promise<InboxPage> {
  const limit = Math.min(query.limit ?? PAGE, PAGE_MOST);
  const newestFirst = query.tab === "done";
  const key = readKey(query.after) ?? (newestFirst ? LAST : FIRST);
  const params = paramsOf(owner, query, query.moments, limit + 1, key);
  const rows = await database.forTenant(owner.tenant).many(newestFirst ? back : forth, params);
  const shown = rows.slice(0, limit).map((row) => Object.assign(row, { key: makeKey(row) }));
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? last.key : null };
}

/** The dossier beside the one with this key in a list; undefined at either end. */
export async function findNeighbour(
  database: Database,
  owner: InboxOwner,
  query: InboxQuery & { readonly moments: Moments; readonly key: string; readonly towards: "next" | "previous" },
): Promise<{ readonly id: string; readonly key: string } | undefined> {
  const key = readKey(query.key);
  if (!key) return undefined;
  const newestFirst = query.tab === "done";
  const way = (query.towards === "next") === newestFirst ? back : forth;
  const [row] = await database.forTenant(owner.tenant).many(way, paramsOf(owner, query, query.moments, 1, key));
  return row && { id: row.id, key: makeKey(row) };
}

/** Rows of each tab without filters, counted up to COUNT_MOST. */
export async function countInbox(database: Database, owner: InboxOwner, moments: Moments): Promise<InboxCounts> {
  const lanes = TABS.map((tab) => ({ tab, ...lanesOf(tab, owner.role, moments) }));
  const ofUnits = lanes.flatMap(({ tab, ofUnits }) => ofUnits.map((lane) => ({ tab, lane })));
  const mine = lanes.find(({ tab }) => tab === "mine")?.ofOfficers ?? [];
  return database
    .forTenant(owner.tenant)
    .one(counts, [
      [...owner.agencyIds],
      ofUnits.map(({ tab }) => tab),
      ...stretches(ofUnits.map(({ lane }) => lane)),
      officersOf(owner),
      mine.map(({ queue }) => queue),
      COUNT_MOST,
    ]);
}

interface Key {
  readonly at: string;
  readonly id: string;
}
const FIRST: Key = { at: "-infinity", id: "00000000-0000-0000-0000-000000000000" };
const LAST: Key = { at: "infinity", id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };

function paramsOf(owner: InboxOwner, { tab, filters }: InboxQuery, moments: Moments, limit: number, key: Key): Params {
  const lanes = lanesOf(tab, owner.role, moments, filters);
  const { agency, light } = filters;
  return [
    agency ? owner.agencyIds.filter((one) => one === agency) : [...owner.agencyIds],
    ...stretches(lanes.ofUnits),
    lanes.ofOfficers.length > 0 ? officersOf(owner) : [],
    ...stretches(lanes.ofOfficers),
    limit,
    ...conditionsOf(filters),
    tab !== "late" && (light === "amber" || light === "green") ? light : null,
    moments.now,
    key.at,
    key.id,
  ];
}

function conditionsOf(
  filters: Filters,
): [string | null, string | null, string | null, string | null, Date | null, Date | null] {
  return [
    filters.procedure ?? null,
    filters.field ?? null,
    filters.channel ?? null,
    filters.officer ?? null,
    filters.from ? instantOf(filters.from) : null,
    filters.to ? instantOf(addDays(filters.to, 1)) : null,
  ];
}

function officersOf(owner: InboxOwner): string[] {
  return [owner.officerId, ...(owner.standsInFor ?? [])];
}

function stretches(lanes: readonly Lane[]): [string[], string[], string[]] {
  return [
    lanes.map(({ queue }) => queue),
    lanes.map(({ after }) => after?.toISOString() ?? "-infinity"),
    lanes.map(({ until }) => until?.toISOString() ?? "infinity"),
  ];
}

/** The key keeps the database's microseconds, which a Date would lose (and with them rows of the next page). */
function makeKey(row: { readonly at: string; readonly id: string }): string {
  return Buffer.from(`${row.at}|${row.id}`, "utf8").toString("base64url");
}

function readKey(after: string | undefined): Key | undefined {
  if (!after) return undefined;
  const [at = "", id = ""] = Buffer.from(after, "base64url").toString("utf8").split("|");
  const good = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(at) && /^[0-9a-f-]{36}$/.test(id);
  return good ? { at, id } : undefined;
}
