import type { PlainDate } from "#kit/calendar.ts";
import type { Database, Db } from "#kit/db.ts";
import { statement } from "#kit/db.ts";
import type { CalendarDay } from "#province/deadlines/index.ts";

interface DayRow {
  readonly date: string;
  readonly kind: CalendarDay["kind"];
  readonly vi: string;
  readonly en: string;
  readonly basis: string;
}

const readDays = statement<DayRow, []>(
  "holidays.read",
  `select to_char(date, 'YYYY-MM-DD') as date, kind, name_vi as vi, name_en as en, basis
   from calendar_day order by date limit 5000`,
);

/** Every decision of the province; a few a year. `db` is the tenant's. */
export async function readDecided(db: Db): Promise<CalendarDay[]> {
  const rows = await db.many(readDays, []);
  return rows.map(({ date, kind, vi, en, basis }) => ({ date, kind, name: { vi, en }, basis }));
}

const putDays = statement<{ count: number }, [string, string, string]>(
  "holidays.put",
  "select calendar_days_put($1, $2::jsonb, $3) as count",
);

export async function writeDecided(
  database: Database,
  input: { readonly tenant: string; readonly days: readonly CalendarDay[]; readonly actor: string },
): Promise<void> {
  const days = input.days.map(({ date, kind, name, basis }) => ({
    date,
    kind,
    nameVi: name.vi,
    nameEn: name.en,
    basis,
  }));
  await database.one(putDays, [input.tenant, JSON.stringify(days), input.actor]);
}

const touched = statement<{ id: string }, [from: PlainDate, after: string | null, limit: number]>(
  "holidays.touched-dossiers",
  `select id from dossier
   where tenant = current_tenant() and state in ('received', 'processing', 'result-ready') and due_at is not null
     and (due_at >= ($1::date - 1)::timestamptz or exists (select from process_task t
       where t.dossier_id = dossier.id and t.state = 'open' and t.due_at >= ($1::date - 1)::timestamptz))
     and ($2::uuid is null or id > $2)
   order by id limit $3`,
);

/**
 * Dossiers whose limit, or whose open step's, may run over that day or a later one, in the order of their ids. A limit that
 * ended before cannot move; one that began later is worked out anew all the same and stays.
 */
export async function listTouched(db: Db, from: PlainDate, after: string | null, limit: number): Promise<string[]> {
  return (await db.many(touched, [from, after, limit])).map(({ id }) => id);
}

const nextBatch = statement<{ id: string }, [tenant: string, payload: string]>(
  "holidays.next-batch",
  "select job_put('calendar-moved', $1, $2::jsonb)::text as id",
);

export async function askNextBatch(db: Db, tenant: string, payload: { from: PlainDate; after: string }): Promise<void> {
  await db.one(nextBatch, [tenant, JSON.stringify(payload)]);
}
