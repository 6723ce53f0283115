import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, statusTag } from "#kit/ui/index.ts";
import { processPicture } from "#province/step-designer/index.ts";
import { drawnName, drawnText, stepMessages, type StepTask } from "#province/steps/index.ts";
import { placeName } from "#province/tenants/index.ts";
import type { DeskSteps } from "../desk-steps.ts";
import { stepDeskMessages } from "../step-messages.ts";

/** "Quy trình nội bộ": the picture, and the same as a list: what was done, what is being done and by whom, what comes. */
export function stepsSection(view: DeskSteps, dossierId: string, lang: Lang): Html {
  const t = stepDeskMessages[lang];
  const { steps, picture } = view;
  const over = steps.state === "ended" ? t.ended : steps.state === "cancelled" ? t.cancelled : null;
  const list = html`${over ? html`<p class="muted">${over}</p>` : null}<ol class="case-steps">${steps.now.map((task) => openStep(task, view, dossierId, lang))}${steps.done.map((task) => doneStep(task, dossierId, lang))}${steps.next.map(
    (step) =>
      html`<li class="case-step case-step--next"><p class="case-step__name"><span class="muted">${t.groups.next}:</span> ${drawnName(step, lang)}</p><p class="case-step__facts">${stepMessages[lang].roles[step.role]} · ${t.hours(hoursOf(step.hours, lang))}</p></li>`,
  )}</ol>`;
  const marks = Object.fromEntries(picture.marks.map(({ element, mark }) => [element, mark]));
  return html`<section class="case__steps" aria-labelledby="steps-title"><h2 class="govuk-heading-m" id="steps-title">${t.title}</h2><p class="muted">${t.version(drawnText(steps, lang), steps.version)}</p>${processPicture({ lang, xml: picture.xml, marks, list })}</section>`;
}

function openStep(task: StepTask, view: DeskSteps, dossierId: string, lang: Lang): Html {
  const t = stepDeskMessages[lang];
  const { paused } = view.steps;
  const tag = paused
    ? statusTag({ tone: "warning", icon: "clock", label: t.paused })
    : task.dueAt <= view.now
      ? statusTag({ tone: "danger", icon: "warning", label: t.late })
      : statusTag({ tone: "info", icon: "clock", label: t.groups.now });
  const mine = view.mine.has(task.id);
  const at = `/ho-so/${dossierId}/buoc/${task.id}`;
  const about = html`<span class="govuk-visually-hidden">: ${drawnName(task, lang)}</span>`;
  return html`<li class="case-step case-step--now"><p class="case-step__name">${drawnName(task, lang)} ${tag}</p><p class="case-step__facts">${who(task, lang)} · ${paused ? t.hours(hoursOf(task.hours, lang)) : html`${t.due} <span class="tabular">${formatDateTime(task.dueAt)}</span> (${t.hours(hoursOf(task.hours, lang))})`}</p>
${moved(task, lang)}${mine && task.act !== "none" ? html`<p class="case-step__facts">${t.byAct(stepMessages[lang].acts[task.act])}</p>` : null}
${mine ? html`<p class="case-step__acts">${view.free.has(task.id) ? button({ label: t.claim, kind: "secondary", small: true, formAction: `${at}/nhan`, name: "buoc", value: String(task.revision), once: true }) : null}<a class="govuk-link" href="${at}">${task.act === "none" ? t.open : t.other}${about}</a></p>` : null}</li>`;
}

function doneStep(task: StepTask, dossierId: string, lang: Lang): Html {
  const t = stepDeskMessages[lang];
  const words = stepMessages[lang].states[task.state];
  const by = task.doneBy?.kind === "officer" ? task.doneBy.name : null;
  return html`<li class="case-step case-step--done"><p class="case-step__name">${drawnName(task, lang)} ${statusTag(task.state === "done" ? { tone: "success", icon: "check", label: words } : { tone: "warning", icon: "clock", label: words })}</p><p class="case-step__facts">${by ? html`${by} · ` : null}${placeName(task.unit.name, lang)}${task.doneAt ? html` · ${t.finished} <span class="tabular">${formatDateTime(task.doneAt)}</span>` : null}${task.way ? html` · ${t.way}: ${drawnName({ name: task.way }, lang)}` : null}</p>${moved(task, lang)}${task.content ? html`<p class="case-step__content">${task.content}</p>` : null}${task.files.length > 0 ? html`<p class="case-step__facts">${t.files}: ${task.files.map((file, index) => html`${index > 0 ? ", " : ""}<a class="govuk-link" href="/ho-so/${dossierId}/buoc/tep/${file.id}">${file.name}</a>`)}</p>` : null}</li>`;
}

/** Every time that the step's due time moved, and why. */
function moved(task: StepTask, lang: Lang): Html[] {
  const t = stepDeskMessages[lang];
  return task.moves.map(({ from, to, why }) => {
    const [before, now] = [formatDateTime(new Date(from)), formatDateTime(new Date(to))];
    return html`<p class="case-step__facts">${t.moved(before, now, why.map((one) => t.movedWhy[one]).join(", "))}</p>`;
  });
}

function who(task: StepTask, lang: Lang): Html {
  const t = stepDeskMessages[lang];
  return html`${stepMessages[lang].roles[task.role]}, ${placeName(task.unit.name, lang)}: <strong>${task.officer?.name ?? t.nobody}</strong>`;
}

/** 4.5 → "4,5" in Vietnamese. */
function hoursOf(hours: number, lang: Lang): string {
  return lang === "vi" ? String(hours).replace(".", ",") : String(hours);
}
