/** Reading processes: the drawings for administrators, the steps of a dossier, the steps that wait for an officer. */
import { type Db, statement } from "#kit/db.ts";
import type { ProcessModel, ProcessSummary, ProcessVersion, StepTask } from "./process.ts";

const VERSION = `process_id as "processId", version, name, xml, model, problems, saved_by as "savedBy", saved_at as "savedAt",
  published_by as "publishedBy", published_at as "publishedAt", revision`;

const summaries = statement<ProcessSummary, []>(
  "steps.processes",
  `select p.id, p.name,
     (select v.model ->> 'english' from process_version v where v.process_id = p.id order by v.published_at is null, v.version desc limit 1) as english,
     (select max(v.version) from process_version v where v.process_id = p.id and v.published_at is not null) as published,
     (select v.version from process_version v where v.process_id = p.id and v.published_at is null) as draft,
     (select count(*)::int from (select from process_instance i where i.process_id = p.id and i.state = 'running' limit 10000) n) as running,
     coalesce((select jsonb_agg(jsonb_build_object('scope', u.scope, 'code', u.code, 'processId', u.process_id) order by u.scope, u.code)
       from process_use u where u.process_id = p.id), '[]') as uses
   from process p order by p.name, p.id limit 200`,
);
const versions = statement<ProcessVersion, [id: string]>(
  "steps.versions",
  `select ${VERSION} from process_version where process_id = $1 order by version desc limit 200`,
);
const version = statement<ProcessVersion, [id: string, version: number]>(
  "steps.version",
  `select ${VERSION} from process_version where process_id = $1 and version = $2`,
);
const running = statement<RunningDossier, [id: string, version: number]>(
  "steps.running",
  `select i.dossier_id as "dossierId", d.code, d.number::int as number from process_instance i join dossier d on d.id = i.dossier_id
   where i.process_id = $1 and i.version = $2 and i.state = 'running' order by i.dossier_id limit 500`,
);

export interface RunningDossier {
  readonly dossierId: string;
  readonly code: string | null;
  readonly number: number;
}

/** By name; at most 200. */
export function listProcesses(db: Db): Promise<ProcessSummary[]> {
  return db.many(summaries, []);
}

/** Newest first. */
export function listVersions(db: Db, processId: string): Promise<ProcessVersion[]> {
  return db.many(versions, [processId]);
}

export function findVersion(db: Db, processId: string, number: number): Promise<ProcessVersion | undefined> {
  return db.maybe(version, [processId, number]);
}

/** Dossiers that run under a version, at most 500. */
export function listRunning(db: Db, processId: string, number: number): Promise<RunningDossier[]> {
  return db.many(running, [processId, number]);
}

export interface InstanceRow {
  readonly processId: string;
  readonly version: number;
  readonly state: "running" | "ended" | "cancelled";
  readonly revision: number;
  readonly xml: string;
  readonly model: ProcessModel;
  readonly name: string;
  /** every flow passed so far */
  readonly passed: readonly string[];
  /** nodes where a token waits for others or for time */
  readonly waiting: readonly string[];
  /** the dossier waits for the applicant: the steps' clock stands */
  readonly paused: boolean;
}

const instance = statement<InstanceRow, [dossier: string]>(
  "steps.instance",
  `select i.process_id as "processId", i.version, i.state, i.revision, v.xml, v.model, v.name,
     coalesce((select jsonb_agg(distinct p.flow) from process_log l, jsonb_array_elements_text(l.path) as p (flow)
       where l.dossier_id = i.dossier_id), '[]') as passed,
     coalesce((select jsonb_agg(distinct k.node) from process_token k where k.dossier_id = i.dossier_id and k.gone_at is null), '[]') as waiting,
     d.state in ('supplement-requested', 'fee-due') as paused
   from process_instance i join process_version v using (process_id, version) join dossier d on d.id = i.dossier_id where i.dossier_id = $1`,
);

export function findInstance(db: Db, dossierId: string): Promise<InstanceRow | undefined> {
  return db.maybe(instance, [dossierId]);
}

/** Of task t, by the drawing that its dossier runs through now. */
const ENGLISH = `(select v.model #>> array['nodes', t.node, 'english'] from process_instance i
  join process_version v using (process_id, version) where i.dossier_id = t.dossier_id) as english`;

const TASK = `t.id, t.dossier_id as "dossierId", t.token, t.node, t.name, ${ENGLISH}, t.role,
  jsonb_build_object('id', t.unit_id, 'name', t.unit_name) as unit, t.work, t.act, t.hours::float8 as hours, t.state, t.revision,
  t.officer, t.started_at as "startedAt", t.due_at as "dueAt", t.done_at as "doneAt", t.done_by as "doneBy", t.way_name as way,
  t.content, coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'sha256', f.sha256, 'size', f.size,
    'mediaType', f.media_type) order by f.position) from process_task_file f where f.task_id = t.id), '[]') as files,
  coalesce((select jsonb_agg(m || jsonb_build_object('at', l.at) order by l.revision)
    from process_log l, jsonb_array_elements(l.detail -> 'tasks') m
    where l.dossier_id = t.dossier_id and l.event = 'recount' and m ->> 'id' = t.id::text), '[]') as moves`;

const tasks = statement<StepTask, [dossier: string]>(
  "steps.tasks",
  `select ${TASK} from process_task t where t.dossier_id = $1 order by t.started_at, t.token limit 500`,
);
const task = statement<StepTask, [id: string, dossier: string]>(
  "steps.task",
  `select ${TASK} from process_task t where t.id = $1 and t.dossier_id = $2`,
);

/** Every step that was ever given out, in order. */
export function listTasks(db: Db, dossierId: string): Promise<StepTask[]> {
  return db.many(tasks, [dossierId]);
}

export function findTask(db: Db, dossierId: string, taskId: string): Promise<StepTask | undefined> {
  return db.maybe(task, [taskId, dossierId]);
}

const opens = statement<{ opens: boolean }, [dossier: string, agencies: string[]]>(
  "steps.opens",
  `select exists (select from process_task t join process_instance i using (dossier_id)
     where t.dossier_id = $1 and t.unit_id = any ($2)
       and (t.state = 'open' or (t.state in ('done', 'overdue') and i.state = 'running'))) as opens`,
);

/**
 * Has one of these agencies a step of the dossier, or did it have one of the process that still runs? Then its officers may
 * see the dossier. No longer than that: afterwards they have no business with the applicant's papers.
 */
export async function hasStepAt(db: Db, dossierId: string, agencyIds: readonly string[]): Promise<boolean> {
  return (await db.one(opens, [dossierId, [...agencyIds]])).opens;
}

const away = statement<{ id: string }, [officer: string, today: string]>(
  "steps.stands-in-for",
  `select officer_id as id from officer_absence where substitute_id = $1 and ended_at is null and $2::date between from_date and to_date
   limit 50`,
);

/** Officers who are away that day and whom this one stands in for. */
export async function substitutesFor(db: Db, officerId: string, today: string): Promise<string[]> {
  return (await db.many(away, [officerId, today])).map(({ id }) => id);
}

/** A row of an officer's list of steps: no identity number, no phone. */
export interface WaitingStep {
  readonly taskId: string;
  readonly dossierId: string;
  readonly code: string | null;
  readonly number: number;
  readonly procedure: { readonly vi: string; readonly en: string };
  readonly applicant: string;
  readonly step: string;
  /** the step's name in English, where the drawing has one */
  readonly english: string | null;
  readonly revision: number;
  /** the act on the dossier that ends it */
  readonly act: StepTask["act"];
  readonly opinion: boolean;
  readonly unit: string;
  /** the dossier waits for the applicant: the step's clock stands */
  readonly paused: boolean;
  /** given to the officer (or to whom they stand in for) by name */
  readonly mine: boolean;
  readonly startedAt: Date;
  readonly dueAt: Date;
}

export interface StepOwner {
  readonly officerId: string;
  readonly role: string;
  readonly agencyIds: readonly string[];
  readonly standsInFor?: readonly string[];
}

type LaneParams = [agencies: string[], role: string, officers: string[], after: string, id: string, limit: number];

// Each unit and each officer is a walk along an index of its own, as the desk's lists are.
const waiting = statement<WaitingStep & { key: string }, LaneParams>(
  "steps.waiting",
  `select t.id as "taskId", t.dossier_id as "dossierId", d.code, d.number::int as number, d.procedure -> 'name' as procedure,
     d.applicant ->> 'name' as applicant, t.name as step, ${ENGLISH}, t.revision, t.act, t.work = 'opinion' as opinion,
     d.state in ('supplement-requested', 'fee-due') as paused, t.unit_name as unit,
     t.officer_id is not null as mine, t.started_at as "startedAt", t.due_at as "dueAt", t.due_at::text || '|' || t.id as key
   from (
     select id, due_at from (
       select k.id, k.due_at from unnest($1::text[]) a (unit), lateral (
         select p.id, p.due_at from process_task p where p.unit_id = a.unit and p.role = $2 and p.state = 'open'
           and p.officer_id is null and (p.due_at, p.id) > ($4::timestamptz, $5::uuid) order by p.due_at, p.id limit $6) k
       union all
       select k.id, k.due_at from unnest($3::text[]) o (officer), lateral (
         select p.id, p.due_at from process_task p where p.officer_id = o.officer and p.state = 'open'
           and (p.due_at, p.id) > ($4::timestamptz, $5::uuid) order by p.due_at, p.id limit $6) k
     ) lanes order by due_at, id limit $6
   ) page join process_task t using (id) join dossier d on d.id = t.dossier_id
   order by t.due_at, t.id`,
);

const count = statement<{ count: number }, [agencies: string[], role: string, officers: string[], most: number]>(
  "steps.count",
  `select count(*)::int as count from (
     select from unnest($1::text[]) a (unit), lateral (select from process_task p where p.unit_id = a.unit and p.role = $2
       and p.state = 'open' and p.officer_id is null limit $4) k
     union all
     select from unnest($3::text[]) o (officer), lateral (select from process_task p where p.officer_id = o.officer
       and p.state = 'open' limit $4) k limit $4) counted`,
);

const PAGE = 50;

/** Open steps of the officer's role and units that nobody has, and those given by name; the most urgent first. */
export async function listWaitingSteps(
  db: Db,
  owner: StepOwner,
  after?: string,
): Promise<{ readonly rows: readonly WaitingStep[]; readonly next: string | null }> {
  const [at = "-infinity", id = "00000000-0000-0000-0000-000000000000"] = readKey(after);
  const found = await db.many(waiting, [[...owner.agencyIds], owner.role, officersOf(owner), at, id, PAGE + 1]);
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  return { rows, next: found.length > PAGE && last ? Buffer.from(last.key).toString("base64url") : null };
}

/** At most `most`. */
export async function countWaitingSteps(db: Db, owner: StepOwner, most: number): Promise<number> {
  return (await db.one(count, [[...owner.agencyIds], owner.role, officersOf(owner), most])).count;
}

function officersOf(owner: StepOwner): string[] {
  return [owner.officerId, ...(owner.standsInFor ?? [])];
}

function readKey(after: string | undefined): string[] {
  const [at = "", id = ""] = Buffer.from(after ?? "", "base64url")
    .toString("utf8")
    .split("|");
  const good = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(at) && /^[0-9a-f-]{36}$/.test(id);
  return good ? [at, id] : [];
}
