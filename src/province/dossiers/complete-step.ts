import { systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { mayWork, planDone, standingOf, type StepFile, waysOf } from "#province/steps/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import type { OfficerActor } from "./change-dossier.ts";
import type { Outcome, Refused, Stand } from "./dossier.ts";
import { placeOf, receiverOf, refusalOf, stepDetail, writeBoth } from "./dossier-process.ts";
import { decide, isPaused } from "./dossier-lifecycle.ts";
import { findDossier } from "./dossier-view.ts";

export interface CompleteStep {
  readonly tenant: string;
  readonly dossierId: string;
  readonly taskId: string;
  /** of the step, as the officer saw it */
  readonly revision: number;
  readonly actor: OfficerActor;
  /** the chosen flow, where the drawing leaves the way to the officer */
  readonly way?: string | undefined;
  /** nội dung xử lý, at most 4000 characters */
  readonly content: string;
  readonly files: readonly StepFile[];
  /** officer to whom the next step is given */
  readonly receiver?: { readonly id: string; readonly name: string } | undefined;
}

/** Two parallel steps finished in the same moment are no conflict: the second looks at the dossier again. */
const TRIES = 4;

/**
 * A step is done by its officer. `conflict` when the step was changed since it was seen; `step-by-act` when an act of the
 * dossier's life finishes it (its other ways, e.g. back to an earlier step, are chosen here); an opinion, and a way that is
 * not the usual one, need words (`content-missing`).
 */
export async function completeStep(database: Database, input: CompleteStep): Promise<Outcome<Stand>> {
  for (let tries = 1; ; tries += 1) {
    const done = await attempt(database, input);
    if (done.ok || done.reason !== "conflict" || tries >= TRIES || "stale" in done) return done;
  }
}

type Attempted = Outcome<Stand> | (Refused & { readonly stale: true });

async function attempt(database: Database, input: CompleteStep): Promise<Attempted> {
  const tenant = findTenant(input.tenant);
  const now = systemClock.now();
  const dossier = await findDossier(database, input);
  if (!dossier) return { ok: false, reason: "not-found" };
  const { dossierId, actor } = input;
  const found = await standingOf(database.forTenant(tenant.code), tenant, { dossierId, officerId: actor.id, now });
  const task = found?.standing.tasks.find((one) => one.id === input.taskId);
  if (!found || !task || task.revision !== input.revision) return { ok: false, reason: "conflict", stale: true };
  if (!found.worker || !mayWork(task, found.worker)) return { ok: false, reason: "step-not-yours" };
  const decision = decide(dossier, "step", actor.kind);
  if (!decision.ok) return decision;
  if (isPaused(dossier.state) && task.work !== "opinion") return { ok: false, reason: "wrong-state" };
  const content = input.content.normalize("NFC").trim().slice(0, 4_000);
  const refused = checkWay(found.standing.model, task, input.way, content);
  if (refused) return refused;
  const receiver = await receiverOf(database, tenant, input.receiver);
  const place = placeOf(tenant, dossier, now, receiver);
  const plan = planDone(found.standing, task, place, { way: input.way, content: content || null, files: input.files });
  if (!plan.ok) return { ok: false, reason: refusalOf(plan.reason) };
  const way = plan.change.finish?.wayName ?? null;
  return writeBoth(
    database,
    found.standing.revision,
    {
      tenant: input.tenant,
      dossierId,
      from: dossier.state,
      version: dossier.version,
      to: decision.to,
      action: "step",
      actor,
      patch: { resumeState: decision.resumeState },
      detail: { ...stepDetail(task, plan.change), opinion: task.work === "opinion", way, note: content || null },
    },
    plan.change,
  );
}

function checkWay(
  model: Parameters<typeof waysOf>[0],
  task: { readonly node: string; readonly act: string; readonly work: string },
  way: string | undefined,
  content: string,
): Refused | undefined {
  const ways = waysOf(model, task.node);
  const [usual] = ways;
  const elsewhere = way !== undefined && way !== usual?.id;
  if (way !== undefined && !ways.some((flow) => flow.id === way)) return { ok: false, reason: "way-missing" };
  if (task.act !== "none" && !elsewhere) return { ok: false, reason: "step-by-act" };
  if (ways.length > 0 && way === undefined) return { ok: false, reason: "way-missing" };
  if ((elsewhere || task.work === "opinion") && content === "") return { ok: false, reason: "content-missing" };
  return undefined;
}
