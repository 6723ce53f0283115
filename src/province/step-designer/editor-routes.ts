/** `/quan-tri/quy-trinh/:id`: the drawing of a process, its checks, its publishing. */
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanText } from "#kit/vietnamese.ts";
import { sayNext } from "#province/admin/index.ts";
import {
  listVersions,
  type ProcessSummary,
  type ProcessVersion,
  problemText,
  publishProcess,
  readProcess,
  saveProcess,
  stepMessages,
} from "#province/steps/index.ts";
import { boardOf } from "./board-of-process.ts";
import { FILE_FORM_MOST, readDrawingForm, takeDrawing, takeXml } from "./file-of-process.ts";
import { messages } from "./messages.ts";
import { editorPage } from "./pages/editor-page.ts";
import { placeId } from "./pages/process-parts.ts";
import { PROCESSES_HOME, processPaths } from "./pages/step-designer-paths.ts";
import { type PlacedProblem, placeProblems } from "./problem-place.ts";
import { choicesOf } from "./step-designer-routes.ts";
import {
  actorOf,
  type Asked,
  asked,
  framedOf,
  numberOf,
  processOf,
  type Room,
  unitNames,
  versionOf,
} from "./step-designer-room.ts";
import { longestWords, stepRows } from "./step-rows.ts";
import { listFileable } from "./used-procedures-view.ts";

const NAME_MOST = 200;
/** A form's text grows when it is sent: every Vietnamese letter becomes up to nine. */
const FORM_MOST = 6_000_000;

export function editorRoutes(room: Room): void {
  const { site } = room;
  site.get(
    `${PROCESSES_HOME}/:id`,
    asked(room, (now) => showEditor(now)),
  );
  site.post(`${PROCESSES_HOME}/:id/ban-ve`, { bodyLimit: FORM_MOST }, asked(room, save));
  site.post(`${PROCESSES_HOME}/:id/tep`, { bodyLimit: FILE_FORM_MOST }, asked(room, replace));
  site.post(`${PROCESSES_HOME}/:id/cong-bo`, asked(room, publish));
}

interface Refused {
  readonly errors: readonly PageError[];
  /** What was sent and is not kept. */
  readonly xml?: string;
  readonly name?: string;
  readonly conflict?: boolean;
}

async function showEditor(now: Asked, refused?: Refused): Promise<unknown> {
  const { room, request, reply } = now;
  const { lang } = request;
  const process = await processOf(now);
  const versions = await listVersions(room.db, process.id);
  const shown = await versionOf(now, process.id, process.draft ?? process.published ?? undefined);
  const xml = refused?.xml ?? shown.xml;
  const read = await readProcess(xml, { units: room.units });
  const problems = placeProblems(read.ok ? [] : read.problems, xml, lang);
  const names = unitNames(now);
  const asksProblems = (request.query as Record<string, unknown>)["kiem-tra"] === "1";
  const found = asksProblems && !refused ? problemErrors(now, problems) : [];
  const page = editorPage({
    ...framedOf(now),
    process,
    shown: {
      version: shown.version,
      revision: shown.revision,
      savedAt: shown.savedAt,
      isDraft: process.draft !== null,
      savedBy: shown.savedBy.name,
    },
    xml,
    name: refused?.name ?? shown.name,
    problems,
    steps: read.ok ? stepRows(read.process, names, lang) : null,
    total: read.ok ? longestWords(read.process, room.tenant, lang) : null,
    board: boardOf(room.tenant, problems, lang),
    own: shown.savedBy.kind === "officer" && shown.savedBy.id === now.officer.id,
    inForce: process.published,
    uses: await useWords(now, process),
    versions: versions.map(versionRow),
    errors: refused?.errors ?? found,
    conflict: refused?.conflict ?? false,
  });
  return sendPage(reply, page, refused ? 422 : 200);
}

/** Each place to correct as a line of the summary, which takes focus. */
function problemErrors(now: Asked, problems: readonly PlacedProblem[]): PageError[] {
  return problems.map((problem) => ({
    field: problem.elementId === "" ? "can-sua" : placeId(problem.elementId),
    message: `${problem.place}: ${problemText(problem, now.request.lang)}`,
  }));
}

function versionRow(row: ProcessVersion) {
  return {
    version: row.version,
    published: row.publishedAt !== null,
    savedBy: row.savedBy.name,
    publishedBy: row.publishedBy?.name ?? null,
    at: row.publishedAt ?? row.savedAt,
    comparable: row.model !== null,
  };
}

async function useWords(now: Asked, { uses }: ProcessSummary): Promise<string[]> {
  if (uses.length === 0) return [];
  const labels = new Map(
    choicesOf(await listFileable(now.room.db), now.request.lang).map(({ value, label }) => [value, label]),
  );
  return uses.map(({ scope, code }) => labels.get(`${scope}:${code}`) ?? code);
}

/** Keeps the drawing as the draft, also one with places to correct; what is no drawing at all changes nothing. */
async function save(now: Asked): Promise<unknown> {
  const { request } = now;
  const t = messages[request.lang];
  const values = formValues(request);
  const name = cleanText(formText(values, "ten")).slice(0, NAME_MOST + 1);
  const xml = formText(values, "ban-ve");
  const taken = await takeXml(xml, now.room.units);
  const errors: PageError[] = [];
  if (name === "" || name.length > NAME_MOST) errors.push({ field: "ten", message: t.wrong.name });
  if (!taken.ok)
    errors.push({
      field: "tep",
      message: `${taken.problems.map((one) => problemText(one, request.lang)).join(" ")} ${t.wrong.kept}`,
    });
  if (!taken.ok) return showEditor(now, { errors, name });
  if (errors.length > 0) return showEditor(now, { errors, xml, name });
  return keep(now, { name, xml, revision: numberOf(formText(values, "lan")) });
}

async function replace(now: Asked): Promise<unknown> {
  const { room, request } = now;
  const t = messages[request.lang];
  const process = await processOf(now);
  const { fields, file } = await readDrawingForm(request);
  if (file === undefined) return showEditor(now, { errors: [{ field: "tep", message: t.wrong.file }] });
  const taken = await takeDrawing(file, room.units);
  if (!taken.ok) {
    const message = `${taken.problems.map((one) => problemText(one, request.lang)).join(" ")} ${t.wrong.kept}`;
    return showEditor(now, { errors: [{ field: "tep", message }] });
  }
  return keep(now, { name: process.name, xml: taken.xml, revision: numberOf(fields["lan"] ?? "") });
}

async function keep(
  now: Asked,
  drawing: { readonly name: string; readonly xml: string; readonly revision: number | undefined },
): Promise<unknown> {
  const { room, request, reply } = now;
  const { lang } = request;
  const t = messages[lang];
  const process = await processOf(now);
  const saved = await saveProcess(room.db, {
    processId: process.id,
    ...drawing,
    by: actorOf(now),
    units: room.units,
  });
  if (!saved.ok) {
    const conflict = saved.reason === "conflict";
    const message = conflict ? t.wrong.conflict : stepMessages[lang].refusals[saved.reason];
    return showEditor(now, { ...drawing, errors: [{ field: "ten", message }], conflict });
  }
  const count = saved.problems.length;
  if (count === 0) sayNext(request, t.said.saved);
  else sayNext(request, t.said.savedWithProblems(count));
  return seeOther(reply, `${processPaths.one(process.id)}${count > 0 ? "?kiem-tra=1" : ""}`);
}

async function publish(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const { lang } = request;
  const process = await processOf(now);
  const values = formValues(request);
  const done = await publishProcess(room.db, {
    processId: process.id,
    version: numberOf(formText(values, "phien-ban")) ?? 0,
    revision: numberOf(formText(values, "lan")) ?? 0,
    by: actorOf(now),
    units: room.units,
  });
  if (!done.ok)
    return showEditor(now, { errors: [{ field: "cong-bo", message: stepMessages[lang].refusals[done.reason] }] });
  sayNext(request, messages[lang].said.published(done.version));
  return seeOther(reply, processPaths.one(process.id));
}
