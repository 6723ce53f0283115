/** Writing processes: each statement is one SQL function of migration 0100. */
import { type Database, type Db, statement, tenantStatement } from "#kit/db.ts";
import type { StepAct, StepKind, StepRole } from "#protocols/internal-process/index.ts";
import type {
  ProcessModel,
  ProcessOutcome,
  ProcessProblem,
  ProcessUse,
  StepActor,
  StepFile,
  StepState,
  Token,
} from "./process.ts";
import type { MoveCause } from "./step-time.ts";

/** A step as it is given out. Instants travel as ISO text. */
export interface NewTask {
  readonly id: string;
  readonly token: number;
  readonly node: string;
  readonly name: string;
  readonly role: StepRole;
  readonly unitId: string;
  readonly unitName: string;
  readonly work: StepKind;
  readonly act: StepAct;
  readonly hours: number;
  readonly officer: { readonly id: string; readonly name: string } | null;
  readonly startedAt: Date;
  readonly dueAt: Date;
}

export interface NewTimer {
  readonly token: number;
  readonly startedAt: Date;
  readonly minutes: number;
  readonly firesAt: Date;
}

/** Everything that one move writes. */
export interface Change {
  readonly event: "start" | "done" | "overdue" | "waited";
  readonly gone: readonly number[];
  readonly born: readonly Token[];
  readonly path: readonly string[];
  readonly ended: boolean;
  readonly next: number;
  readonly tasks: readonly NewTask[];
  readonly timers: readonly NewTimer[];
  /** the step that is over with this move */
  readonly finish: {
    readonly task: string;
    readonly revision: number;
    readonly state: Extract<StepState, "done" | "overdue">;
    readonly way: string | null;
    readonly wayName: string | null;
    readonly content: string | null;
    readonly files: readonly StepFile[];
  } | null;
  /** token whose timer passed */
  readonly fired?: number;
  readonly opinion?: "given" | "overdue";
}

/** Where a process stands, as read for the next move. */
export interface StandingRow {
  readonly processId: string;
  readonly version: number;
  readonly revision: number;
  readonly next: number;
  readonly opinion: "none" | "given" | "overdue";
  readonly supplemented: boolean;
  readonly model: ProcessModel;
  readonly tokens: readonly Token[];
  readonly tasks: readonly OpenTask[];
  readonly timers: readonly {
    readonly token: number;
    readonly startedAt: string;
    readonly minutes: number;
    readonly firesAt: string;
  }[];
  /** officer who did a step before, by node */
  readonly before: { readonly [node: string]: { readonly id: string; readonly name: string } };
  readonly worker: {
    readonly role: string;
    readonly agencyId: string;
    readonly maySign: boolean;
    readonly standsInFor: readonly string[];
  } | null;
}

export interface OpenTask {
  readonly id: string;
  readonly token: number;
  readonly node: string;
  readonly name: string;
  readonly role: StepRole;
  readonly unitId: string;
  readonly act: StepAct;
  readonly work: StepKind;
  readonly officerId: string | null;
  readonly revision: number;
  readonly hours: number;
  readonly startedAt: string;
  readonly dueAt: string;
}

const standing = tenantStatement<
  { found: StandingRow | null },
  [dossier: string, officer: string | null, today: string]
>("steps.standing", "select process_standing($1, $2, $3, $4::date) as found");
const tenantOf = statement<{ tenant: string }, []>("steps.tenant", "select current_tenant() as tenant");

/** The code of the province whose `db` this is. */
export async function readTenant(db: Db): Promise<string> {
  return (await db.one(tenantOf, [])).tenant;
}

/** `db` is the tenant's; `today`: the local day, for who stands in for whom. */
export async function readStanding(
  db: Db,
  key: { readonly dossierId: string; readonly officerId: string | null; readonly today: string },
): Promise<StandingRow | undefined> {
  return (await db.one(standing, [key.dossierId, key.officerId, key.today])).found ?? undefined;
}

export interface Chosen {
  readonly processId: string;
  readonly version: number;
  readonly model: ProcessModel;
}

const chosen = statement<{ found: Chosen | null }, [tenant: string, procedure: string, field: string]>(
  "steps.chosen",
  "select process_for($1, $2, $3) as found",
);

export async function readChosen(
  db: Db,
  tenant: string,
  procedure: string,
  field: string,
): Promise<Chosen | undefined> {
  return (await db.one(chosen, [tenant, procedure, field])).found ?? undefined;
}

const start = statement<{ done: boolean }, [string, string, string, number, string, string]>(
  "steps.start",
  "select process_start($1, $2, $3, $4, $5::jsonb, $6::jsonb) as done",
);

export async function writeStart(
  db: Db,
  key: { readonly tenant: string; readonly dossierId: string },
  of: Chosen,
  actor: StepActor,
  change: Change,
): Promise<boolean> {
  const params = [key.tenant, key.dossierId, of.processId, of.version, text(actor), text(change)] as const;
  return (await db.one(start, [...params])).done;
}

const apply = statement<{ done: boolean }, [string, string, number, string, string]>(
  "steps.apply",
  "select process_apply($1, $2, $3, $4::jsonb, $5::jsonb) as done",
);

/** False when the process was moved since it was read: nothing is written then. */
export async function writeMove(
  db: Db,
  key: { readonly tenant: string; readonly dossierId: string; readonly revision: number },
  actor: StepActor,
  change: Change,
): Promise<boolean> {
  return (await db.one(apply, [key.tenant, key.dossierId, key.revision, text(actor), text(change)])).done;
}

type Given = { ok: true; dossierId: string; version: number } | { ok: false; reason: "wrong-state" | "conflict" };

const give = statement<{ outcome: Given }, [string, string, string, number, string, string, string, string | null]>(
  "steps.give",
  "select process_task_give($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8) as outcome",
);

export async function writeGiving(
  db: Db,
  input: {
    readonly tenant: string;
    readonly dossierId: string;
    readonly taskId: string;
    readonly revision: number;
    readonly how: "claim" | "assign";
    readonly actor: StepActor;
    readonly officer: { readonly id: string; readonly name: string };
    readonly note: string | null;
  },
): Promise<Given> {
  const { tenant, dossierId, taskId, revision, how, actor, officer, note } = input;
  const params = [tenant, dossierId, taskId, revision, how, text(actor), text(officer), note] as const;
  return (await db.one(give, [...params])).outcome;
}

const recount = statement<{ done: boolean }, [string, string, number, string, string]>(
  "steps.recount",
  "select process_resume($1, $2, $3, $4::jsonb, $5::jsonb) as done",
);

/** Due times of open steps and timers; those that are others than before are logged. */
export async function writeRecount(
  db: Db,
  key: { readonly tenant: string; readonly dossierId: string; readonly revision: number },
  tasks: readonly { readonly id: string; readonly dueAt: Date; readonly why: readonly MoveCause[] }[],
  timers: readonly { readonly token: number; readonly firesAt: Date; readonly why: readonly MoveCause[] }[],
): Promise<boolean> {
  return (await db.one(recount, [key.tenant, key.dossierId, key.revision, text(tasks), text(timers)])).done;
}

const move = statement<{ done: boolean }, [string, string, number, number, string, string, string, string]>(
  "steps.move",
  "select process_move($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7::jsonb, $8::jsonb) as done",
);

export async function writeVersionMove(
  db: Db,
  key: { readonly tenant: string; readonly dossierId: string; readonly revision: number; readonly version: number },
  actor: StepActor,
  tokens: readonly Token[],
  tasks: readonly Omit<NewTask, "token" | "unitId" | "unitName" | "officer" | "startedAt">[],
  timers: readonly NewTimer[],
): Promise<boolean> {
  const { tenant, dossierId, revision, version } = key;
  const params = [tenant, dossierId, revision, version, text(actor), text(tokens), text(tasks), text(timers)] as const;
  return (await db.one(move, [...params])).done;
}

type Saved = ProcessOutcome<{ processId: string; version: number; revision: number }>;

const save = tenantStatement<
  { outcome: Saved },
  [
    id: string,
    name: string,
    xml: string,
    model: string | null,
    problems: string,
    revision: number | null,
    actor: string,
  ]
>("steps.save", "select process_save($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8::jsonb) as outcome");

export async function writeDraft(
  db: Database,
  draft: {
    readonly processId: string;
    readonly name: string;
    readonly xml: string;
    readonly model: ProcessModel | null;
    readonly problems: readonly ProcessProblem[];
    readonly revision: number | null;
    readonly by: StepActor;
  },
): Promise<Saved> {
  const { processId, name, xml, model, problems, revision, by } = draft;
  const params = [processId, name, xml, model ? text(model) : null, text(problems), revision, text(by)] as const;
  return (await db.one(save, [...params])).outcome;
}

const publish = tenantStatement<{ outcome: ProcessOutcome<{ version: number }> }, [string, number, number, string]>(
  "steps.publish",
  "select process_publish($1, $2, $3, $4, $5::jsonb) as outcome",
);

export async function writePublication(
  db: Database,
  key: { readonly processId: string; readonly version: number; readonly revision: number; readonly by: StepActor },
): Promise<ProcessOutcome<{ version: number }>> {
  return (await db.one(publish, [key.processId, key.version, key.revision, text(key.by)])).outcome;
}

const use = tenantStatement<{ outcome: ProcessOutcome }, [string, string, string | null, string]>(
  "steps.use",
  "select process_use_put($1, $2, $3, $4, $5::jsonb) as outcome",
);

export async function writeUse(
  db: Database,
  choice: Omit<ProcessUse, "processId"> & { readonly processId: string | null; readonly by: StepActor },
): Promise<ProcessOutcome> {
  return (await db.one(use, [choice.scope, choice.code, choice.processId, text(choice.by)])).outcome;
}

/** pg would turn arrays into PostgreSQL arrays: JSON is always sent as text. */
function text(value: unknown): string {
  return JSON.stringify(value);
}
