/**
 * The preview: the citizen's own pages of the working copy's form in two frames. Answers are kept in the administrator's
 * session only; nothing becomes a dossier.
 */
import type { FastifyReply } from "fastify";
import { formatTime } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { Html } from "#kit/html.ts";
import { unitsFor } from "#province/dossiers/index.ts";
import {
  type Answers,
  type FieldError,
  type FormDefinition,
  type FormPage,
  marksOf,
  readFormAction,
  readFormPost,
  validateAnswers,
  writeMarks,
} from "#province/forms/index.ts";
import { type Asked, asked, copyFramed, copyOf, type Room } from "./designer-room.ts";
import { previewMessages } from "./preview-messages.ts";
import { designerPaths } from "./pages/designer-paths.ts";
import { frameFormPage, frameMessagePage, frameResultPage, previewPage } from "./pages/preview-page.ts";
import { previewContext, previewResult } from "./preview-dossier.ts";
import { isReadable } from "./shape.ts";
import type { WorkingCopy } from "./working-copy-view.ts";

/** Test answers larger than this are not kept: they are somebody's experiment, not a form. */
const MOST_ANSWERS = 60_000;
const RESULT = "ket-qua";

export function previewRoutes(room: Room): void {
  const at = "/quan-tri/thu-tuc/:code/soan/xem-thu";
  room.site.get(at, asked(room, show));
  room.site.get(
    `${at}/khung`,
    asked(room, (now) => showFrame(now)),
  );
  room.site.post(`${at}/khung`, asked(room, fill));
  room.site.post(`${at}/xoa`, asked(room, clear));
}

const keyOf = (copy: WorkingCopy): string => `preview:${copy.id}`;

function answersOf({ request }: Asked, copy: WorkingCopy): Answers {
  return request.session.get<Answers>(keyOf(copy)) ?? {};
}

async function show(now: Asked): Promise<unknown> {
  const copy = await copyOf(now);
  const wanted = (now.request.query as Record<string, unknown>)["trang"];
  const page =
    copy.form?.pages.find(({ id }) => id === wanted)?.id ??
    (wanted === RESULT ? RESULT : (copy.form?.pages[0]?.id ?? RESULT));
  return sendPage(
    now.reply,
    previewPage({ ...copyFramed(now, copy), page, result: RESULT, readable: isReadable(copy) }),
  );
}

async function clear(now: Asked): Promise<unknown> {
  const copy = await copyOf(now);
  now.request.session.delete(keyOf(copy));
  return seeOther(now.reply, designerPaths.part(copy.code, "xem-thu"));
}

/** Only this site may show it in a frame; every other page of ours is shown in none. */
function sendFrame(reply: FastifyReply, page: Html, status = 200): FastifyReply {
  const policy = String(reply.getHeader("content-security-policy") ?? "");
  reply.header("content-security-policy", policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"));
  return sendPage(reply, page, status);
}

interface Filled {
  readonly answers: Answers;
  readonly errors: readonly FieldError[];
  readonly checked: boolean;
}

async function showFrame(now: Asked, filled?: Filled): Promise<unknown> {
  const { room, request, reply } = now;
  const { lang } = request;
  const copy = await copyOf(now);
  const { form } = copy;
  const t = previewMessages[lang];
  const frame = { tenant: room.tenant, lang, code: copy.code };
  if (!isReadable(copy)) return sendFrame(reply, frameMessagePage({ ...frame, text: t.broken }));
  const context = previewContext(copy, room.tenant, room.today(), lang);
  const answers = filled?.answers ?? answersOf(now, copy);
  const step = stepOf(now, form);
  if (!form || !step) {
    const result = previewResult(copy, answers, context, room.tenant, room.now());
    return sendFrame(reply, frameResultPage({ ...frame, form, answers, context, ...result }));
  }
  const units = await unitsFor(step);
  const body = frameFormPage({
    ...frame,
    copy: copy.id,
    step: step.id,
    steps: form.pages.map(({ id, title }) => ({ id, title: title[lang] })),
    errors: filled?.errors ?? [],
    checked: filled?.checked ?? false,
    shown: writeMarks(marksOf(form, step, answers, context)),
    questions: { form, page: step, answers, context, lang, ...(units ? { units } : {}) },
  });
  return sendFrame(reply, body, filled && filled.errors.length > 0 ? 422 : 200);
}

function stepOf({ request }: Asked, form: FormDefinition | null): FormPage | undefined {
  const wanted = (request.query as Record<string, unknown>)["trang"];
  if (wanted === RESULT) return undefined;
  return form?.pages.find(({ id }) => id === wanted) ?? form?.pages[0];
}

async function fill(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const copy = await copyOf(now);
  const { form } = copy;
  const step = isReadable(copy) ? stepOf(now, form) : undefined;
  if (!form || !step) throw new AppError("not-found", { message: "no such page of the form" });
  const body = formValues(request);
  const context = previewContext(copy, room.tenant, room.today(), request.lang);
  const answers = readFormPost(form, step, body, answersOf(now, copy), await unitsFor(step));
  if (JSON.stringify(answers).length > MOST_ANSWERS) throw new AppError("too-large", { message: "test answers" });
  request.session.set(keyOf(copy), answers);
  if (request.headers["x-live"] === "json") {
    const shown = writeMarks(marksOf(form, step, answers, context));
    return reply.send({ savedAt: formatTime(room.now()), shown, taken: [], answers: {} });
  }
  const action = readFormAction(body);
  const here = `${designerPaths.part(copy.code, "xem-thu/khung")}?trang=`;
  if (action.kind !== "next" || request.headers["x-live"] !== undefined)
    return showFrame(now, { answers, errors: [], checked: false });
  const { errors } = validateAnswers(form, answers, { ...context, page: step.id });
  if (errors.length > 0) return showFrame(now, { answers, errors, checked: true });
  const next = form.pages[form.pages.indexOf(step) + 1]?.id ?? RESULT;
  return seeOther(reply, here + next);
}
