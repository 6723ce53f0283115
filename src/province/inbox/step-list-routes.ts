/** `/buoc`: the steps of internal procedures that wait for an officer, whichever dossiers they belong to. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formList, formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { agenciesInScope, forOfficer, listOfficers, type Officer } from "#province/officers/index.ts";
import { findTask, listWaitingSteps, type StepOwner } from "#province/steps/index.ts";
import { BATCH_MOST, type BatchTarget, STEP_BATCH_ACTIONS } from "./batch.ts";
import { type InboxDeps, lookingOf } from "./looking.ts";
import { stepListPage } from "./pages/step-list-page.ts";
import { startStepBatch } from "./run-batch.ts";
import { stepListMessages } from "./step-list-messages.ts";

/** Characters: what was done in a step, and a message to who gets it. */
const NOTE_MOST = 4_000;
const MESSAGE_MOST = 500;

export function stepListRoutes(site: FastifyInstance, deps: InboxDeps): void {
  site.get(
    "/buoc",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const after = (request.query as Record<string, unknown>).sau;
      return showSteps(deps, officer, request, reply, { after: typeof after === "string" ? after : undefined });
    }),
  );

  site.post(
    "/buoc/hang-loat",
    forOfficer(deps.officerOf, async (officer, request, reply) => doMany(deps, officer, request, reply)),
  );
}

interface Shown {
  readonly after: string | undefined;
  readonly typed?: { readonly note: string; readonly to: string; readonly chosen: readonly string[] };
  readonly errors?: readonly PageError[];
}

async function showSteps(
  deps: InboxDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  { after, typed, errors = [] }: Shown,
): Promise<FastifyReply> {
  const { owner, moments } = await lookingOf(deps, officer);
  const db = deps.database.forTenant(deps.tenant.code);
  const [{ rows, next }, officers] = await Promise.all([
    listWaitingSteps(db, owner, after),
    listOfficers(deps.database, deps.tenant.code, ["one-stop", "specialist", "leader", "accountant"]),
  ]);
  const inScope = new Set(owner.agencyIds);
  const page = stepListPage({
    shell: deps.shell,
    lang: request.lang,
    viewer: officer,
    rows,
    after,
    next,
    now: moments.now,
    batchId: newId(),
    officers: officers.filter((one) =>
      agenciesInScope(deps.tenant.agencies, one.agencyId).some((agency) => inScope.has(agency)),
    ),
    typed: typed ?? { note: "", to: "", chosen: [] },
    errors,
  });
  return sendPage(reply, page, errors.length > 0 ? 422 : 200);
}

async function doMany(
  deps: InboxDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = formValues(request);
  const action = STEP_BATCH_ACTIONS.find((one) => one === formText(form, "viec"));
  const id = formText(form, "lo");
  if (!action || !isId(id)) throw new AppError("invalid", { reason: "action", message: "no such action on steps" });
  const typed = {
    note: formText(form, "note").normalize("NFC").trim(),
    to: formText(form, "can-bo"),
    chosen: formList(form, "d").slice(0, BATCH_MOST),
  };
  const t = stepListMessages[request.lang].bulk;
  const { owner } = await lookingOf(deps, officer);
  const items = await reachable(deps, owner, typed.chosen);
  const target = action === "assign-step" ? await targetOf(deps, typed.to) : undefined;
  const errors: PageError[] = [];
  if (items.length === 0) errors.push({ field: "danh-sach", message: t.nothing });
  if (action === "assign-step" && !target) errors.push({ field: "can-bo", message: t.noTarget });
  const most = action === "assign-step" ? MESSAGE_MOST : NOTE_MOST;
  if (typed.note.length > most) errors.push({ field: "note", message: t.noteTooLong(most) });
  if (errors.length > 0)
    return showSteps(deps, officer, request, reply, { after: formText(form, "sau") || undefined, typed, errors });
  const note = typed.note || null;
  await startStepBatch(deps, officer, request.lang, { id, action, target: target ?? null, note, items });
  return seeOther(reply, `/hang-loat/${id}`);
}

async function targetOf(deps: InboxDeps, chosen: string): Promise<BatchTarget | undefined> {
  const all = await listOfficers(deps.database, deps.tenant.code, ["one-stop", "specialist", "leader", "accountant"]);
  const found = all.find((one) => one.id === chosen);
  return found && { id: found.id, name: found.name, agencyId: found.agencyId, unit: found.unit };
}

/** The chosen steps that this officer could have seen in the list; whatever else was sent is not asked about. */
async function reachable(deps: InboxDeps, owner: StepOwner, chosen: readonly string[]) {
  const db = deps.database.forTenant(deps.tenant.code);
  const officers = new Set([owner.officerId, ...(owner.standsInFor ?? [])]);
  const items: { id: string; task: string; revision: number }[] = [];
  for (const value of chosen) {
    const [id = "", task = "", revision = ""] = value.split(":");
    if (!isId(id) || !isId(task) || !/^\d{1,9}$/.test(revision)) continue;
    const found = await findTask(db, id, task);
    if (!found || !(owner.agencyIds.includes(found.unit.id) || officers.has(found.officer?.id ?? ""))) continue;
    items.push({ id, task, revision: Number(revision) });
  }
  return items;
}
