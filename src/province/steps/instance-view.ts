/** Where a dossier's process stands, for people: the picture's marks, the list of steps, who has it now. */
import type { Db } from "#kit/db.ts";
import { OWN_UNIT } from "#protocols/internal-process/index.ts";
import { agencyOf, type Tenant } from "#province/tenants/index.ts";
import type { Flow, StepNode, StepTask } from "./process.ts";
import { stepsAfter, stepsRightAfter, waysOf } from "./steps-lifecycle.ts";
import { findInstance, listTasks } from "./steps-view.ts";

export interface PictureMark {
  readonly element: string;
  readonly mark: "done" | "current" | "late";
}

export interface InstancePicture {
  readonly name: string;
  readonly version: number;
  readonly state: "running" | "ended" | "cancelled";
  readonly xml: string;
  readonly marks: readonly PictureMark[];
}

/** The drawing of the dossier's own version with what was passed and where it stands; undefined without a process. */
export async function instancePicture(db: Db, dossierId: string, now: Date): Promise<InstancePicture | undefined> {
  const instance = await findInstance(db, dossierId);
  if (!instance) return undefined;
  const tasks = await listTasks(db, dossierId);
  const marks = new Map<string, PictureMark["mark"]>();
  for (const id of instance.passed) {
    const flow = instance.model.flows[id];
    marks.set(id, "done");
    // A passed flow has left its source; the source of a timer's flow is the timer itself.
    if (flow) marks.set(flow.from, "done");
    if (flow && instance.model.nodes[flow.to]?.kind === "end") marks.set(flow.to, "done");
  }
  if (instance.state === "running") for (const node of instance.waiting) marks.set(node, "current");
  const isLate = (task: StepTask) => !instance.paused && task.dueAt <= now;
  for (const task of tasks) if (task.state === "open") marks.set(task.node, isLate(task) ? "late" : "current");
  const { name, version, state, xml } = instance;
  return { name, version, state, xml, marks: [...marks].map(([element, mark]) => ({ element, mark })) };
}

export interface DossierSteps {
  readonly processId: string;
  readonly name: string;
  readonly english?: string | undefined;
  readonly version: number;
  readonly state: "running" | "ended" | "cancelled";
  /** the dossier waits for the applicant: what is open has no time until then */
  readonly paused: boolean;
  readonly done: readonly StepTask[];
  readonly now: readonly StepTask[];
  /** what comes after the open steps when each is done the usual way */
  readonly next: readonly StepNode[];
  /** ways that the officer of an open step may choose, by the step's id; the usual one first */
  readonly ways: ReadonlyMap<string, readonly Pick<Flow, "id" | "name" | "english">[]>;
}

/** Every step of a dossier in order; undefined without a process. */
export async function listSteps(db: Db, dossierId: string): Promise<DossierSteps | undefined> {
  const instance = await findInstance(db, dossierId);
  if (!instance) return undefined;
  const tasks = await listTasks(db, dossierId);
  const now = tasks.filter((task) => task.state === "open");
  const { processId, name, version, state, model, paused } = instance;
  return {
    processId,
    name,
    english: model.english,
    version,
    state,
    paused,
    done: tasks.filter((task) => task.state !== "open"),
    now,
    next: state === "running" ? stepsAfter(model, instance.waiting) : [],
    ways: new Map(now.map((task) => [task.id, waysOf(model, task.node)])),
  };
}

export interface Holder {
  readonly step: string;
  /** the step's name in English, where the drawing has one */
  readonly english?: string | null | undefined;
  readonly role: StepTask["role"];
  readonly unit: string;
  /** null: nobody has taken it yet */
  readonly officer: string | null;
  readonly since: Date;
  readonly until: Date;
  /** asked for an opinion only */
  readonly opinion: boolean;
}

/** Who has the dossier now and until when, by its open steps; empty when no process is running. */
export async function whoHasIt(db: Db, dossierId: string): Promise<Holder[]> {
  const tasks = await listTasks(db, dossierId);
  return tasks
    .filter((task) => task.state === "open")
    .map((task) => ({
      step: task.name,
      english: task.english,
      role: task.role,
      unit: task.unit.name,
      officer: task.officer?.name ?? null,
      since: task.startedAt,
      until: task.dueAt,
      opinion: task.work === "opinion",
    }));
}

/** What begins when a step is done, by any of its ways: role, unit and act, for choosing who gets it. */
export async function stepsNextTo(
  db: Db,
  tenant: Tenant,
  dossier: { readonly id: string; readonly agencyId: string },
  node: string,
): Promise<{ readonly role: StepNode["role"]; readonly unitId: string; readonly act: StepNode["act"] }[]> {
  const instance = await findInstance(db, dossier.id);
  if (instance?.state !== "running" || !instance.model.nodes[node]) return [];
  return stepsRightAfter(instance.model, node).map((step) => ({
    role: step.role,
    unitId: step.unit === OWN_UNIT ? dossier.agencyId : (agencyOf(tenant, step.unit)?.id ?? step.unit),
    act: step.act,
  }));
}
