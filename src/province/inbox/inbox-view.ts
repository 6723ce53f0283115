import { type Database, statement } from "#kit/db.ts";
import type { DossierState } from "#province/dossiers/index.ts";
import type { OfficerRole } from "#province/officers/index.ts";
import type { InboxRow, Tab } from "./inbox.ts";

/** Whose inbox, and how far the officer may look. */
export interface InboxOwner {
  readonly tenant: string;
  readonly officerId: string;
  readonly role: OfficerRole;
  /** Units whose dossiers the officer may open. */
  readonly agencyIds: readonly string[];
}

export interface InboxPage {
  readonly rows: readonly InboxRow[];
  /** Key of the following page; null at the end. */
  readonly next: string | null;
}

export interface InboxCounts extends Readonly<Record<Tab, number>> {}

const PAGE = 25;
/** Counting stops here: nobody reads a larger number in a tab, and it must stay cheap with ten million dossiers. */
export const COUNT_MOST = 1000;

const OPEN = ["filed", "received", "processing", "result-ready"] as const satisfies readonly DossierState[];
const STATES: Readonly<Record<Tab, readonly DossierState[]>> = {
  mine: [...OPEN, "fee-due"],
  unit: OPEN,
  waiting: ["supplement-requested", "fee-due"],
  done: ["returned", "declined", "stopped", "withdrawn"],
};

const ROW = `id, number, code, state, ending, procedure -> 'name' as procedure, agency ->> 'name' as agency,
  applicant ->> 'name' as applicant, filed_at as "filedAt", due_at as "dueAt", officer ->> 'name' as officer,
  state = 'processing' and result_id is not null and not result_signed as "awaitsSignature"`;

/** What is an officer's own to do: $1 role, $2 officer. The one-stop unit's new dossiers belong to whoever takes them. */
const MINE = `(officer_id = $2 and state in ('filed', 'received', 'processing')
  or $1 = 'one-stop' and (state = 'filed' and officer_id is null or state = 'result-ready')
  or $1 = 'leader' and state = 'processing' and result_id is not null and not result_signed
  or $1 = 'accountant' and state = 'fee-due')`;

/**
 * $7: what has a digit is part of a code, a number or a procedure's code; other words are looked for without marks in the
 * names of applicant and procedure (a hundred times dearer, so only then).
 */
const MATCHES = `($7::text is null or case when $7 ~ '[0-9]'
  then code ilike '%' || $7 || '%' or number::text = $7 or procedure_code = $7
  else fold(applicant ->> 'name') like '%' || fold($7) || '%' or fold(procedure -> 'name' ->> 'vi') like '%' || fold($7) || '%' end)`;

type Params = [
  role: OfficerRole,
  officerId: string,
  mine: boolean,
  states: DossierState[],
  agencies: string[],
  limit: number,
  text: string | null,
  at: string | null,
  id: string | null,
];

const openRows = statement<InboxRow & { at: string }, Params>(
  "inbox.open",
  `select ${ROW}, coalesce(due_at, filed_at)::text as at from dossier
   where state in ('filed', 'received', 'processing', 'supplement-requested', 'fee-due', 'result-ready')
     and state = any ($4) and agency_id = any ($5) and (not $3 or ${MINE}) and ${MATCHES}
     and ($8::timestamptz is null or (coalesce(due_at, filed_at), id) > ($8::timestamptz, $9::uuid))
   order by coalesce(due_at, filed_at), id limit $6`,
);

const overRows = statement<InboxRow & { at: string }, Params>(
  "inbox.over",
  `select ${ROW}, updated_at::text as at from dossier
   where state in ('returned', 'declined', 'stopped', 'withdrawn')
     and state = any ($4) and agency_id = any ($5) and (not $3 or ${MINE}) and ${MATCHES}
     and ($8::timestamptz is null or (updated_at, id) < ($8::timestamptz, $9::uuid))
   order by updated_at desc, id desc limit $6`,
);

const counts = statement<
  { mine: number; unit: number; waiting: number; done: number },
  [role: OfficerRole, officerId: string, agencies: string[], most: number]
>(
  "inbox.counts",
  `select
    (select count(*) from (select from dossier where agency_id = any ($3)
       and state in ('filed', 'received', 'processing', 'fee-due', 'result-ready') and ${MINE} limit $4) a) as mine,
    (select count(*) from (select from dossier where agency_id = any ($3)
       and state in ('filed', 'received', 'processing', 'result-ready') limit $4) b) as unit,
    (select count(*) from (select from dossier where agency_id = any ($3)
       and state in ('supplement-requested', 'fee-due') limit $4) c) as waiting,
    (select count(*) from (select from dossier where agency_id = any ($3)
       and state in ('returned', 'declined', 'stopped', 'withdrawn') limit $4) d) as done`,
);

/** One page of a tab: open work by what is due first, what is over newest first. `after`: `next` of the page before. */
export async function listInbox(
  database: Database,
  owner: InboxOwner,
  query: { readonly tab: Tab; readonly text?: string; readonly after?: string; readonly limit?: number },
): Promise<InboxPage> {
  const limit = Math.min(query.limit ?? PAGE, 100);
  const key = readKey(query.after);
  const text =
    query.text
      ?.normalize("NFC")
      .trim()
      .slice(0, 100)
      .replace(/[%_\\]/g, "\\$&") || null;
  const rows = await database
    .forTenant(owner.tenant)
    .many(query.tab === "done" ? overRows : openRows, [
      owner.role,
      owner.officerId,
      query.tab === "mine",
      [...STATES[query.tab]],
      [...owner.agencyIds],
      limit + 1,
      text,
      key?.at ?? null,
      key?.id ?? null,
    ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? makeKey(last) : null };
}

/** Rows of each tab, counted up to COUNT_MOST. */
export async function countInbox(database: Database, owner: InboxOwner): Promise<InboxCounts> {
  return database.forTenant(owner.tenant).one(counts, [owner.role, owner.officerId, [...owner.agencyIds], COUNT_MOST]);
}

/** The key keeps the database's microseconds, which a Date would lose (and with them rows of the next page). */
function makeKey(row: { readonly at: string; readonly id: string }): string {
  return Buffer.from(`${row.at}|${row.id}`, "utf8").toString("base64url");
}

function readKey(after: string | undefined): { at: string; id: string } | undefined {
  if (!after) return undefined;
  const [at = "", id = ""] = Buffer.from(after, "base64url").toString("utf8").split("|");
  const good = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(at) && /^[0-9a-f-]{36}$/.test(id);
  return good ? { at, id } : undefined;
}
