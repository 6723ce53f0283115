/** Steps of the internal procedure: taken, given, done with words and papers; for officers of other agencies the only acts. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { readPostWithFiles, sealFiles } from "#province/conversation/index.ts";
import {
  assignStep,
  claimStep,
  completeStep,
  type Dossier,
  type Refusal,
  refusalText,
} from "#province/dossiers/index.ts";
import { forOfficer, type Officer } from "#province/officers/index.ts";
import type { StepFile, StepTask } from "#province/steps/index.ts";
import {
  type DeskSteps,
  dossierToRead,
  loadDeskSteps,
  receiversOfNext,
  receiversOfStep,
  stepOf,
} from "./desk-steps.ts";
import { sendDeskFile } from "./file-routes.ts";
import { actorOf, type HandlingDeps } from "./handling.ts";
import { noteReading } from "./note-reading.ts";
import { stepPage, type TypedStep } from "./pages/step-page.ts";
import { sayNext } from "./show-dossier.ts";
import { stepDeskMessages } from "./step-messages.ts";

const NOTHING: TypedStep = { content: "", way: "", receiver: "", to: "", note: "" };

interface AtStep {
  readonly officer: Officer;
  readonly dossier: Dossier;
  readonly view: DeskSteps;
  readonly task: StepTask;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export function stepRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  const atStep = (work: (at: AtStep) => Promise<FastifyReply>) =>
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { id, task: taskId } = request.params as { id?: string; task?: string };
      const dossier = await dossierToRead(deps, officer, id);
      const view = await loadDeskSteps(deps, officer, dossier.id);
      const task = stepOf(view, taskId);
      if (!view) throw new AppError("not-found", { message: "no process" });
      return work({ officer, dossier, view, task, request, reply });
    });

  site.get(
    "/ho-so/:id/buoc/:task",
    atStep(async (at) => showStep(deps, at)),
  );
  site.post(
    "/ho-so/:id/buoc/:task",
    atStep(async (at) => finish(deps, at)),
  );
  site.post(
    "/ho-so/:id/buoc/:task/nhan",
    atStep(async (at) => claim(deps, at)),
  );
  site.post(
    "/ho-so/:id/buoc/:task/giao",
    atStep(async (at) => give(deps, at)),
  );

  site.get(
    "/ho-so/:id/buoc/tep/:file",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { id, file: fileId } = request.params as { id?: string; file?: string };
      const dossier = await dossierToRead(deps, officer, id);
      const view = await loadDeskSteps(deps, officer, dossier.id);
      const file = isId(fileId)
        ? view?.steps.done.flatMap((task) => task.files).find((one) => one.id === fileId)
        : undefined;
      if (!file) throw new AppError("not-found", { message: "no such file of a step" });
      const detail = { dossier: dossier.id, form: "step" };
      await noteReading(deps.database, officer, { action: "file.read", subject: `file:${file.id}`, detail });
      return sendDeskFile(deps, reply, { ...file, download: false });
    }),
  );
}

interface Again {
  readonly typed: TypedStep;
  readonly files: readonly StepFile[];
  readonly errors: readonly PageError[];
  readonly status: number;
}

async function showStep(deps: HandlingDeps, at: AtStep, again?: Again): Promise<FastifyReply> {
  const { officer, dossier, view, task, request, reply } = at;
  // A step that is over, or is not this officer's, is read on the dossier's page.
  const leads = officer.role === "leader";
  if (!again && (task.state !== "open" || !(view.mine.has(task.id) || leads))) {
    return seeOther(reply, `/ho-so/${dossier.id}#steps-title`);
  }
  const files = again?.files ?? [];
  const page = stepPage({
    shell: deps.shell,
    lang: request.lang,
    viewer: officer,
    dossier,
    task,
    ways: view.mine.has(task.id) ? (view.steps.ways.get(task.id) ?? []) : [],
    receivers: await receiversOfNext(deps, dossier, task.node),
    others: await receiversOfStep(deps, task),
    typed: again?.typed ?? NOTHING,
    kept:
      files.length > 0
        ? { names: files.map(({ name }) => name), sealed: sealFiles(deps.dataKey, task.id, files) }
        : undefined,
    errors: again?.errors ?? [],
  });
  return sendPage(reply, page, again?.status ?? 200);
}

async function finish(deps: HandlingDeps, at: AtStep): Promise<FastifyReply> {
  const { officer, dossier, task, request, reply } = at;
  const post = await readPostWithFiles({ ...deps, secret: deps.dataKey }, request, task.id);
  const value = (name: string) => (post.values[name]?.[0] ?? "").normalize("NFC").trim();
  const typed: TypedStep = { ...NOTHING, content: value("content"), way: value("way"), receiver: value("receiver") };
  const again = (errors: readonly PageError[], status: number) =>
    showStep(deps, at, { typed, files: post.files, errors: [...post.errors, ...errors], status });
  if (post.errors.length > 0) return again([], 422);
  const receiver = isId(typed.receiver)
    ? (await receiversOfNext(deps, dossier, task.node)).find((one) => one.id === typed.receiver)
    : undefined;
  const done = await completeStep(deps.database, {
    tenant: deps.tenant.code,
    dossierId: dossier.id,
    taskId: task.id,
    revision: Number(value("revision")) || 0,
    actor: actorOf(officer),
    way: typed.way || undefined,
    content: typed.content,
    files: post.files,
    receiver,
  });
  if (!done.ok) return again([errorFor(done.reason, request)], done.reason === "conflict" ? 409 : 422);
  sayNext(request, { tone: "success", text: stepDeskMessages[request.lang].done(task.name) });
  // Somebody of another agency who had this step alone may still read the dossier.
  return seeOther(reply, `/ho-so/${dossier.id}`);
}

function errorFor(reason: Refusal, request: FastifyRequest): PageError {
  const t = stepDeskMessages[request.lang].page;
  if (reason === "way-missing") return { field: "way", message: t.chooseWay };
  if (reason === "content-missing") return { field: "content", message: t.writeContent };
  const field = reason === "receiver-unfit" ? "receiver" : "content";
  return { field, message: refusalText(reason, request.lang) };
}

async function claim(deps: HandlingDeps, { officer, dossier, task, request, reply }: AtStep): Promise<FastifyReply> {
  const done = await claimStep(deps.database, {
    ...seenStep(deps, dossier, task),
    revision: Number(formText(formValues(request), "buoc")) || 0,
    actor: actorOf(officer),
  });
  const t = stepDeskMessages[request.lang];
  sayNext(
    request,
    done.ok
      ? { tone: "success", text: t.claimed(task.name) }
      : { tone: "danger", text: refusalText(done.reason, request.lang) },
  );
  return seeOther(reply, `/ho-so/${dossier.id}`);
}

async function give(deps: HandlingDeps, at: AtStep): Promise<FastifyReply> {
  const { officer, dossier, task, request, reply } = at;
  const form = formValues(request);
  const typed: TypedStep = { ...NOTHING, to: formText(form, "to"), note: formText(form, "note") };
  const t = stepDeskMessages[request.lang];
  const to = (await receiversOfStep(deps, task)).find((one) => one.id === typed.to);
  const again = (message: string, status: number) =>
    showStep(deps, at, { typed, files: [], errors: [{ field: "to", message }], status });
  if (!to) return again(t.page.choosePerson, 422);
  const done = await assignStep(deps.database, {
    ...seenStep(deps, dossier, task),
    revision: Number(formText(form, "revision")) || 0,
    actor: actorOf(officer),
    to,
    note: typed.note,
  });
  if (!done.ok) return again(refusalText(done.reason, request.lang), 409);
  sayNext(request, { tone: "success", text: t.given(task.name, to.name) });
  return seeOther(reply, `/ho-so/${dossier.id}`);
}

function seenStep(deps: HandlingDeps, dossier: Dossier, task: StepTask) {
  return { tenant: deps.tenant.code, dossierId: dossier.id, taskId: task.id };
}
