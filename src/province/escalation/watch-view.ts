/** What the watch reads. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import {
  type Counts,
  type Level,
  type OfficerLoad,
  type Section,
  USUAL_SETTING,
  type WatchedDossier,
  type WatchSetting,
} from "./watch.ts";

const setting = statement<WatchSetting, []>(
  "escalation.setting",
  `select warn_half as "warnHalf", warn_fifth as "warnFifth", digest, digest_minute as "digestMinute" from watch_setting`,
);

export async function readSetting(db: Db): Promise<WatchSetting> {
  return (await db.maybe(setting, [])) ?? USUAL_SETTING;
}

const mark = statement<{ at: Date }, [what: string]>("escalation.mark", "select at from watch_mark where what = $1");

/** How far the watch has looked for this level; undefined when it never has. */
export async function readMark(db: Db, level: Level): Promise<Date | undefined> {
  return (await db.maybe(mark, [level]))?.at;
}

const RUNNING = "d.desk_queue in ('received', 'work', 'sign', 'return')";
/** $1 agencies, $2 now, $3 the last moment of filing whose 8 working hours are over. */
const IN: Readonly<Record<Section, string>> = {
  late: `${RUNNING} and d.due_at <= $2`,
  soon: `${RUNNING} and d.due_at > $2 and d.warn_fifth_at <= $2`,
  unreceived: `d.desk_queue in ('take', 'held') and d.filed_at <= $3`,
};
/** What each list is ordered by, the most urgent first. */
const BY: Readonly<Record<Section, string>> = { late: "d.due_at", soon: "d.due_at", unreceived: "d.filed_at" };

const COUNT_MOST = 10_000;
const count = (section: Section) => `(select count(*)::int from (select from dossier d
  where d.tenant = current_tenant() and d.agency_id = any ($1) and ${IN[section]} limit ${COUNT_MOST}) n)`;
const counts = statement<Counts, [agencies: string[], now: Date, filedLate: Date]>(
  "escalation.counts",
  `select ${count("late")} as late, ${count("soon")} as soon, ${count("unreceived")} as unreceived`,
);

/** At most 10,000 each. */
export async function countWatched(
  db: Db,
  agencies: readonly string[],
  at: { readonly now: Date; readonly filedLate: Date },
): Promise<Counts> {
  const { late, soon, unreceived } = await db.one(counts, [[...agencies], at.now, at.filedLate]);
  return { late, soon, unreceived };
}

const loads = statement<OfficerLoad, [agencies: string[], now: Date]>(
  "escalation.loads",
  `select officer, count(*) filter (where late)::int as late, count(*) filter (where not late)::int as soon
   from (select d.officer ->> 'name' as officer, d.due_at <= $2 as late from dossier d
     where d.tenant = current_tenant() and d.agency_id = any ($1) and ${RUNNING}
       and (d.due_at <= $2 or d.warn_fifth_at <= $2) limit ${COUNT_MOST}) w
   group by officer order by count(*) filter (where late) desc, count(*) desc, officer limit 30`,
);

/** Who has how many of them, the heaviest first. */
export function listLoads(db: Db, agencies: readonly string[], now: Date): Promise<OfficerLoad[]> {
  return db.many(loads, [[...agencies], now]);
}

const PAGE = 25;
type ListParams = [
  string[],
  now: Date,
  filedLate: Date,
  afterMicros: number | null,
  afterId: string | null,
  startOfDay: Date,
];
const listOf = (name: string, section: Section) =>
  statement<WatchedDossier & { micros: number }, ListParams>(
    name,
    `select d.id, d.code, d.number, d.state, d.procedure -> 'name' as procedure, d.agency ->> 'name' as agency,
       d.officer ->> 'name' as officer, d.due_at as "dueAt", d.filed_at as "filedAt", (extract(epoch from ${BY[section]}) * 1000000)::bigint as micros,
       coalesce(d.due_explanation -> 'lines', '[]') as lines,
       exists (select from dossier_history h where h.dossier_id = d.id and h.action = 'reschedule') as "putOff",
       exists (select from dossier_history h where h.dossier_id = d.id and h.action = 'urge' and h.at >= $6) as "urgedToday"
     from dossier d where d.tenant = current_tenant() and d.agency_id = any ($1) and ${IN[section]}
       and $2::timestamptz is not null and $3::timestamptz is not null
       and ($4::bigint is null or (${BY[section]}, d.id) > (timestamptz 'epoch' + $4 * interval '1 microsecond', $5::uuid))
     order by ${BY[section]}, d.id limit ${PAGE + 1}`,
  );
const lists = {
  late: listOf("escalation.list-late", "late"),
  soon: listOf("escalation.list-soon", "soon"),
  unreceived: listOf("escalation.list-unreceived", "unreceived"),
} as const;

/**
 * One page, the most urgent first; `next` names the last row: its moment in microseconds, as exactly as it is stored (a moment
 * cut to milliseconds lies before its own row, which would come twice), and its id.
 */
export async function listWatched(
  db: Db,
  section: Section,
  agencies: readonly string[],
  at: { readonly now: Date; readonly filedLate: Date; readonly startOfDay: Date },
  after: { readonly micros: number; readonly id: string } | undefined,
): Promise<{ readonly rows: readonly WatchedDossier[]; readonly next: string | undefined }> {
  const found = await db.many(lists[section], [
    [...agencies],
    at.now,
    at.filedLate,
    after?.micros ?? null,
    after?.id ?? null,
    at.startOfDay,
  ]);
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  return { rows, next: found.length > PAGE && last ? `${last.micros}.${last.id}` : undefined };
}
