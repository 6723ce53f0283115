/** Versions of a process: looked at, compared, sent as a file; running dossiers moved from one to another. */
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { AppError } from "#kit/errors.ts";
import type { PageError } from "#kit/ui/index.ts";
import { sayNext } from "#province/admin/index.ts";
import { listVersions, readProcess } from "#province/steps/index.ts";
import { messages } from "./messages.ts";
import { moveRunning, planRunning, RUNNING_MOST } from "./move-running.ts";
import { movePage } from "./pages/move-page.ts";
import { PROCESSES_HOME, processPaths } from "./pages/step-designer-paths.ts";
import { compareProcessPage, versionPage } from "./pages/version-page.ts";
import { placeProblems } from "./problem-place.ts";
import { processDifferences } from "./process-differences.ts";
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

export function versionRoutes(room: Room): void {
  const { site } = room;
  site.get(`${PROCESSES_HOME}/:id/phien-ban/:version`, asked(room, showVersion));
  site.get(`${PROCESSES_HOME}/:id/phien-ban/:version/tep.bpmn`, asked(room, sendFile));
  site.get(`${PROCESSES_HOME}/:id/so-sanh`, asked(room, compare));
  site.get(
    `${PROCESSES_HOME}/:id/chuyen`,
    asked(room, (now) => showMove(now)),
  );
  site.post(`${PROCESSES_HOME}/:id/chuyen`, asked(room, move));
}

async function showVersion(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const { lang } = request;
  const process = await processOf(now);
  const shown = await versionOf(now, process.id, numberOf((request.params as { version: string }).version));
  const read = shown.model ? undefined : await readProcess(shown.xml, { units: room.units });
  const page = versionPage({
    ...framedOf(now),
    process,
    version: shown.version,
    xml: shown.xml,
    steps: shown.model ? stepRows(shown.model, unitNames(now), lang) : null,
    problems: placeProblems(read && !read.ok ? read.problems : [], shown.xml, lang),
    total: shown.model ? longestWords(shown.model, room.tenant, lang) : null,
  });
  return sendPage(reply, page);
}

async function sendFile(now: Asked): Promise<unknown> {
  const process = await processOf(now);
  const shown = await versionOf(now, process.id, numberOf((now.request.params as { version: string }).version));
  return now.reply
    .type("application/xml; charset=utf-8")
    .header("content-disposition", `attachment; filename="quy-trinh-${process.id}-${shown.version}.bpmn"`)
    .send(Buffer.from(shown.xml));
}

async function compare(now: Asked): Promise<unknown> {
  const { request, reply } = now;
  const process = await processOf(now);
  const { tu, den } = request.query as Record<string, unknown>;
  const before = await versionOf(now, process.id, numberOf(tu));
  const after = await versionOf(now, process.id, numberOf(den));
  // A draft that cannot run has no steps to compare yet; no page links to it.
  if (!before.model || !after.model) throw new AppError("not-found", { message: "a version that cannot run" });
  const differences = processDifferences(before.model, after.model, unitNames(now), request.lang);
  const page = compareProcessPage({
    ...framedOf(now),
    process,
    from: before.version,
    to: after.version,
    xml: after.xml,
    differences,
  });
  return sendPage(reply, page);
}

async function showMove(now: Asked, errors: readonly PageError[] = []): Promise<unknown> {
  const { room, request, reply } = now;
  const t = messages[request.lang];
  const process = await processOf(now);
  const versions = (await listVersions(room.db, process.id))
    .filter(({ publishedAt }) => publishedAt !== null)
    .map(({ version }) => version);
  const { tu, den } = request.query as Record<string, unknown>;
  const [from, to] = [numberOf(tu), numberOf(den)];
  const isAsked = tu !== undefined || den !== undefined;
  const fine =
    from !== undefined && to !== undefined && from !== to && [from, to].every((one) => versions.includes(one));
  const wrong: readonly PageError[] = isAsked && !fine ? [{ field: "tu", message: t.wrong.versions }] : errors;
  const page = movePage({
    ...framedOf(now),
    process,
    versions,
    from: from ?? versions[1],
    to: to ?? versions[0],
    plan: fine ? await planRunning(room.db, process.id, from, to) : undefined,
    most: RUNNING_MOST,
    errors: wrong,
  });
  return sendPage(reply, page, wrong.length > 0 ? 422 : 200);
}

async function move(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const t = messages[request.lang];
  const process = await processOf(now);
  const values = formValues(request);
  const [from, to] = [numberOf(formText(values, "tu")), numberOf(formText(values, "den"))];
  if (from === undefined || to === undefined || from === to)
    return showMove(now, [{ field: "tu", message: t.wrong.versions }]);
  const { moved, stayed } = await moveRunning(room.db, process.id, { from, to, by: actorOf(now) });
  sayNext(request, t.move.done(moved, stayed));
  return seeOther(reply, `${processPaths.part(process.id, "chuyen")}?tu=${from}&den=${to}`);
}
