/** `/quan-tri/quy-trinh`: the list, what uses which process, and how a process begins. */
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanText } from "#kit/vietnamese.ts";
import { sayNext } from "#province/admin/index.ts";
import { listProcesses, problemText, saveProcess, stepMessages, useProcessFor } from "#province/steps/index.ts";
import { FILE_FORM_MOST, readDrawingForm, takeDrawing } from "./file-of-process.ts";
import { messages } from "./messages.ts";
import { processesPage, type UseRow } from "./pages/processes-page.ts";
import { PROCESSES_HOME, processPaths } from "./pages/step-designer-paths.ts";
import { actorOf, type Asked, asked, framedOf, type Room } from "./step-designer-room.ts";
import { blankDrawing, listTemplates } from "./templates.ts";
import { type ChosenProcedure, listFileable } from "./used-procedures-view.ts";

const NAME_MOST = 200;

export function processListRoutes(room: Room): void {
  room.site.get(
    PROCESSES_HOME,
    asked(room, (now) => showList(now)),
  );
  room.site.post(PROCESSES_HOME, asked(room, create));
  room.site.post(`${PROCESSES_HOME}/nhap`, { bodyLimit: FILE_FORM_MOST }, asked(room, take));
  room.site.post(`${PROCESSES_HOME}/dung`, asked(room, choose));
}

interface Refused {
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

async function showList(now: Asked, refused: Refused = { typed: {}, errors: [] }): Promise<unknown> {
  const { lang } = now.request;
  const [processes, procedures] = await Promise.all([listProcesses(now.room.db), listFileable(now.room.db)]);
  const choices = choicesOf(procedures, lang);
  const labels = new Map(choices.map(({ value, label }) => [value, label]));
  const uses: UseRow[] = processes.flatMap((process) =>
    process.uses.map(({ scope, code }) => ({
      scope,
      code,
      name: labels.get(`${scope}:${code}`) ?? code,
      processId: process.id,
      process: process.name,
    })),
  );
  const page = processesPage({
    ...framedOf(now),
    processes,
    uses: uses.toSorted((a, b) => a.name.localeCompare(b.name, "vi")),
    choices,
    templates: listTemplates(),
    ...refused,
  });
  return sendPage(now.reply, page, refused.errors.length > 0 ? 422 : 200);
}

/** Fields first, then procedures; each as "scope:code". */
export function choicesOf(
  procedures: readonly ChosenProcedure[],
  lang: "vi" | "en",
): readonly { readonly value: string; readonly label: string }[] {
  const fields = new Map(procedures.map(({ fieldCode, field }) => [fieldCode, field[lang]]));
  return [
    ...[...fields]
      .toSorted((a, b) => a[1].localeCompare(b[1], "vi"))
      .map(([code, name]) => ({ value: `field:${code}`, label: messages[lang].useField(name) })),
    ...procedures.map(({ code, name }) => ({ value: `procedure:${code}`, label: `${name[lang]} (${code})` })),
  ];
}

async function create(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const t = messages[request.lang];
  const values = formValues(request);
  const typed = {
    ten: cleanText(formText(values, "ten")).slice(0, NAME_MOST + 1),
    mau: formText(values, "mau").slice(0, 60),
  };
  const template = listTemplates().find(({ id }) => id === typed.mau);
  const errors: PageError[] = [];
  if (typed.ten === "" || typed.ten.length > NAME_MOST) errors.push({ field: "ten", message: t.wrong.name });
  if (!template && typed.mau !== "blank") errors.push({ field: "mau", message: t.wrong.from });
  if (errors.length > 0) return showList(now, { typed, errors });
  const xml = template?.xml ?? blankDrawing(typed.ten);
  const saved = await saveProcess(room.db, { name: typed.ten, xml, by: actorOf(now), units: room.units });
  if (!saved.ok)
    return showList(now, {
      typed,
      errors: [{ field: "ten", message: stepMessages[request.lang].refusals[saved.reason] }],
    });
  sayNext(request, t.said.created);
  return seeOther(reply, processPaths.one(saved.processId));
}

/** A file of another tool as a new process; what cannot be drawn on at all is refused with the reason. */
async function take(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const t = messages[request.lang];
  const { fields, file } = await readDrawingForm(request);
  const typed = { "ten-nhap": cleanText(fields["ten-nhap"] ?? "").slice(0, NAME_MOST + 1) };
  const refuse = (field: string, message: string): Promise<unknown> =>
    showList(now, { typed, errors: [{ field, message }] });
  if (file === undefined) return refuse("tep", t.wrong.file);
  const taken = await takeDrawing(file, room.units);
  if (!taken.ok) return refuse("tep", taken.problems.map((one) => problemText(one, request.lang)).join(" "));
  const name = typed["ten-nhap"] || taken.name;
  if (name === "" || name.length > NAME_MOST) return refuse("ten-nhap", t.wrong.name);
  const saved = await saveProcess(room.db, { name, xml: taken.xml, by: actorOf(now), units: room.units });
  if (!saved.ok) return refuse("tep", stepMessages[request.lang].refusals[saved.reason]);
  sayNext(request, t.said.imported);
  return seeOther(reply, `${processPaths.one(saved.processId)}${saved.problems.length > 0 ? "?kiem-tra=1" : ""}`);
}

async function choose(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const t = messages[request.lang];
  const values = formValues(request);
  const typed = { muc: formText(values, "muc").slice(0, 200), "quy-trinh": formText(values, "quy-trinh").slice(0, 60) };
  const [processes, procedures] = await Promise.all([listProcesses(room.db), listFileable(room.db)]);
  const [scope = "", code = ""] = typed.muc.split(/:(.*)/s);
  const errors: PageError[] = [];
  const kept = processes.some(({ uses }) => uses.some((use) => `${use.scope}:${use.code}` === typed.muc));
  if (!kept && !choicesOf(procedures, request.lang).some(({ value }) => value === typed.muc))
    errors.push({ field: "muc", message: t.wrong.what });
  const process = processes.find(({ id, published }) => id === typed["quy-trinh"] && published !== null);
  if (!process && typed["quy-trinh"] !== "none") errors.push({ field: "quy-trinh", message: t.wrong.process });
  if (errors.length > 0) return showList(now, { typed, errors });
  const used = await useProcessFor(room.db, {
    scope: scope === "field" ? "field" : "procedure",
    code,
    processId: process?.id ?? null,
    by: actorOf(now),
  });
  if (!used.ok) {
    const message = stepMessages[request.lang].refusals[used.reason];
    return showList(now, { typed, errors: [{ field: "quy-trinh", message }] });
  }
  sayNext(request, t.said.used);
  return seeOther(reply, PROCESSES_HOME);
}
