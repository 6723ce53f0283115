/** `/quan-tri/soan` and the pages about a working copy as a whole. */
import { isDeepStrictEqual } from "node:util";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { AppError } from "#kit/errors.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanText } from "#kit/vietnamese.ts";
import { sayNext } from "#province/admin/index.ts";
import { proposeVersion } from "#province/catalogue/index.ts";
import { beginCopy, changeCopy, contentOfVersion, discardCopy, openCopy, startCopy } from "./change-copy.ts";
import type { Content } from "./content.ts";
import { type Asked, asked, CODE, codeOf, copyFramed, copyOf, editorOf, framedOf, type Room } from "./designer-room.ts";
import { contentDifferences } from "./differences.ts";
import { dayOf } from "./field-values.ts";
import { lintCopy } from "./lint-copy.ts";
import { messages } from "./messages.ts";
import { newProcedure } from "./new-things.ts";
import { copyDifferencePage, historyPage, proposePage, typedDay } from "./pages/compare-page.ts";
import { copiesPage } from "./pages/copies-page.ts";
import { copyPage, noCopyPage } from "./pages/copy-page.ts";
import { DESIGNER_HOME, designerPaths } from "./pages/designer-paths.ts";
import { findLastVersion, findRevision, listCopies, listRevisions, type WorkingCopy } from "./working-copy-view.ts";
import { formList } from "#kit/http/index.ts";

const MOST_COPIES = 200;
const PAGE = 50;
const LEAST_REASON = 10;

export function copyRoutes(room: Room): void {
  const { site } = room;
  site.get(
    DESIGNER_HOME,
    asked(room, (now) => showCopies(now)),
  );
  site.post(DESIGNER_HOME, asked(room, begin));
  site.get("/quan-tri/thu-tuc/:code/soan", asked(room, showCopy));
  site.post("/quan-tri/thu-tuc/:code/soan", asked(room, start));
  site.get("/quan-tri/thu-tuc/:code/soan/so-sanh", asked(room, showDifferences));
  site.get("/quan-tri/thu-tuc/:code/soan/lich-su", asked(room, showHistory));
  site.post("/quan-tri/thu-tuc/:code/soan/tra-ve", asked(room, restore));
  site.post("/quan-tri/thu-tuc/:code/soan/lay-moi", asked(room, rebase));
  site.post("/quan-tri/thu-tuc/:code/soan/bo", asked(room, discard));
  site.get(
    "/quan-tri/thu-tuc/:code/soan/de-xuat",
    asked(room, (now) => showPropose(now)),
  );
  site.post("/quan-tri/thu-tuc/:code/soan/de-xuat", asked(room, propose));
}

interface Refused {
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
  readonly problems?: readonly string[];
}

/** The list, also with what was refused. */
export async function showCopies(now: Asked, refused: Refused = { typed: {}, errors: [] }): Promise<unknown> {
  const copies = await listCopies(now.room.db, MOST_COPIES);
  const page = copiesPage({ ...framedOf(now), copies, problems: [], ...refused });
  return sendPage(now.reply, page, refused.errors.length > 0 ? 422 : 200);
}

async function begin(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const t = messages[request.lang].wrong;
  const values = formValues(request);
  const typed = Object.fromEntries(
    ["ma", "tenVi", "tenEn", "tu"].map((name) => [name, cleanText(formText(values, name).slice(0, 1_000))]),
  ) as Record<"ma" | "tenVi" | "tenEn" | "tu", string>;
  const errors: PageError[] = [];
  if (!CODE.test(typed.ma)) errors.push({ field: "ma", message: t.code });
  if (typed.tenVi === "") errors.push({ field: "tenVi", message: t.name });
  const from = typed.tu === "" ? null : await publishedContent(room, typed.tu);
  if (typed.tu !== "" && !from) errors.push({ field: "tu", message: t.from });
  if (errors.length > 0) return showCopies(now, { typed, errors });
  const name = { vi: typed.tenVi, en: typed.tenEn };
  const blank = newProcedure(typed.ma, name, room.today());
  const content: Content = from
    ? { definition: { ...from.definition, code: typed.ma, name, shortName: name }, form: from.form }
    : { definition: blank, form: null };
  const known = (await findLastVersion(room.db, typed.ma)) !== null;
  if (known || !(await beginCopy(room, typed.ma, content, null, editorOf(now))))
    return showCopies(now, { typed, errors: [{ field: "ma", message: t.exists }] });
  return seeOther(reply, designerPaths.copy(typed.ma));
}

async function publishedContent(room: Room, code: string): Promise<Content | undefined> {
  const version = CODE.test(code) ? await findLastVersion(room.db, code) : null;
  return version === null ? undefined : contentOfVersion(room, code, version);
}

async function showCopy(now: Asked): Promise<unknown> {
  const { room, reply } = now;
  const code = codeOf(now);
  const [copy, last] = await Promise.all([openCopy(room, code), findLastVersion(room.db, code)]);
  const newest = last === null ? undefined : await contentOfVersion(room, code, last);
  if (!copy) {
    if (!newest) throw new AppError("not-found", { message: "no such procedure" });
    return sendPage(reply, noCopyPage({ ...framedOf(now), code, name: newest.definition.shortName[now.request.lang] }));
  }
  const published = newest !== undefined && sameContent(newest, copy);
  const newer = last !== null && last !== copy.baseVersion ? last : null;
  return sendPage(reply, copyPage({ ...copyFramed(now, copy), newer, published }));
}

function sameContent(a: Content, b: Content): boolean {
  return isDeepStrictEqual([a.definition, a.form], [b.definition, b.form]);
}

async function start(now: Asked): Promise<unknown> {
  const code = codeOf(now);
  if (!(await startCopy(now.room, code, editorOf(now))))
    throw new AppError("not-found", { message: "no such procedure" });
  return seeOther(now.reply, designerPaths.copy(code));
}

async function showDifferences(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const { lang } = request;
  const t = messages[lang];
  const copy = await copyOf(now);
  const { tu, den } = request.query as Record<string, unknown>;
  const [from, to] = [numberOf(tu), numberOf(den)];
  if (from !== undefined && to !== undefined) {
    const [before, after] = await Promise.all([
      findRevision(room.db, copy.id, from),
      findRevision(room.db, copy.id, to),
    ]);
    if (!before || !after) throw new AppError("not-found", { message: "no such revisions" });
    const differences = contentDifferences(before, after, lang);
    return sendPage(
      reply,
      copyDifferencePage({ ...copyFramed(now, copy), against: `${t.revisionName(from)} → ${to}`, differences }),
    );
  }
  const { content, name } = await newestContent(now, copy);
  const differences = contentDifferences(content, copy, lang);
  return sendPage(reply, copyDifferencePage({ ...copyFramed(now, copy), against: name, differences }));
}

async function newestContent(
  { room, request }: Asked,
  copy: WorkingCopy,
): Promise<{ content: Content | undefined; name: string }> {
  const t = messages[request.lang];
  const last = await findLastVersion(room.db, copy.code);
  return last === null
    ? { content: undefined, name: t.nothingPublished }
    : { content: await contentOfVersion(room, copy.code, last), name: t.version(last) };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "string" && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

async function showHistory(now: Asked): Promise<unknown> {
  const copy = await copyOf(now);
  const before = numberOf((now.request.query as Record<string, unknown>)["truoc"]);
  const rows = await listRevisions(now.room.db, copy.id, before, PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  const next = last ? { next: `${designerPaths.part(copy.code, "lich-su")}?truoc=${last.revision}` } : {};
  return sendPage(now.reply, historyPage({ ...copyFramed(now, copy), revisions: rows.slice(0, PAGE), ...next }));
}

async function restore(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const copy = await copyOf(now);
  const wanted = numberOf(formText(formValues(request), "lan"));
  const content = wanted === undefined ? undefined : await findRevision(room.db, copy.id, wanted);
  if (!content || wanted === undefined) throw new AppError("not-found", { message: "no such revision" });
  await changeCopy(room, copy.code, editorOf(now), "restore", () => content);
  sayNext(request, messages[request.lang].said.restored(wanted));
  return seeOther(reply, designerPaths.copy(copy.code));
}

/** Whoever looked at what another version changed takes it as the base: only then can the copy be proposed. */
async function rebase(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const copy = await copyOf(now);
  const last = await findLastVersion(room.db, copy.code);
  if (last === null || numberOf(formText(formValues(request), "phien-ban")) !== last)
    throw new AppError("conflict", { message: "another version has come since" });
  await changeCopy(room, copy.code, editorOf(now), "base", (content) => content, last);
  sayNext(request, messages[request.lang].said.rebased(last));
  return seeOther(reply, designerPaths.copy(copy.code));
}

async function discard(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const copy = await copyOf(now);
  const revision = numberOf(formText(formValues(request), "revision")) ?? 0;
  const ended = await discardCopy(room, { code: copy.code, copy: copy.id, revision, ...editorOf(now) });
  if (!ended) throw new AppError("conflict", { message: "somebody changed the copy since" });
  sayNext(request, messages[request.lang].said.ended);
  return seeOther(reply, DESIGNER_HOME);
}

interface Proposal {
  readonly typed: { readonly day: string; readonly note: string; readonly acknowledged: readonly string[] };
  readonly errors: readonly PageError[];
  readonly problems: readonly string[];
}

async function showPropose(now: Asked, failed?: Proposal): Promise<unknown> {
  const { room, request, reply } = now;
  const copy = await copyOf(now);
  const { content } = await newestContent(now, copy);
  const page = proposePage({
    ...copyFramed(now, copy),
    differences: contentDifferences(content, copy, request.lang),
    ...(failed ?? { typed: { day: typedDay(room.today()), note: "", acknowledged: [] }, errors: [], problems: [] }),
  });
  return sendPage(reply, page, failed ? 422 : 200);
}

async function propose(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const t = messages[request.lang];
  const copy = await copyOf(now);
  const values = formValues(request);
  const typed = {
    day: formText(values, "ngay").slice(0, 20),
    note: formText(values, "ly-do").slice(0, 1_000),
    acknowledged: formList(values, "luu-y"),
  };
  const day = dayOf(typed.day);
  const findings = lintCopy(copy, room.tenant);
  const errors: PageError[] = [];
  const open = findings.filter(({ severity, key }) => severity === "warning" && !typed.acknowledged.includes(key));
  if (findings.some(({ severity }) => severity === "error")) errors.push({ field: "main", message: t.wrong.errors });
  else if (open.length > 0) errors.push({ field: "luu-y", message: t.wrong.acknowledge });
  if (day === undefined) errors.push({ field: "ngay", message: t.wrong.day });
  else if (day < room.today()) errors.push({ field: "ngay", message: t.wrong.past });
  if (typed.note.length < LEAST_REASON) errors.push({ field: "ly-do", message: t.wrong.note });
  if ((await findLastVersion(room.db, copy.code)) !== copy.baseVersion)
    errors.push({ field: "main", message: t.wrong.stale });
  if (errors.length > 0 || day === undefined) return showPropose(now, { typed, errors, problems: [] });
  const { definition, form } = copy;
  const proposed = await proposeVersion(room.database, room.tenant, {
    definition,
    form,
    effectiveFrom: day,
    note: typed.note,
    ...editorOf(now),
  });
  if (!proposed.ok) {
    const reason = proposed.reason === "same" || proposed.reason === "other-open" ? proposed.reason : "errors";
    const problems = proposed.reason === "invalid" ? proposed.problems.slice(0, 100) : [];
    return showPropose(now, { typed, errors: [{ field: "ly-do", message: t.wrong[reason] }], problems });
  }
  sayNext(request, t.said.proposed);
  return seeOther(reply, `/quan-tri/cong-bo/${proposed.id}`);
}
