/** How one opinion looks, for both sides. Pure. */
import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { details, icon, statusTag } from "#kit/ui/index.ts";
import { fileSize } from "#province/dossiers/index.ts";
import { messages } from "../messages.ts";
import type { Opinion, OpinionFile } from "../opinion.ts";

export function opinionTag(opinion: Pick<Opinion, "state" | "dueAt">, now: Date, lang: Lang): Html {
  const t = messages[lang];
  if (opinion.state === "answered") return statusTag({ tone: "success", icon: "check", label: t.states.answered });
  if (opinion.state === "taken-back") return statusTag({ tone: "quiet", icon: "cross", label: t.states["taken-back"] });
  if (opinion.dueAt <= now) return statusTag({ tone: "danger", icon: "warning", label: t.overdue });
  return statusTag({ tone: "info", icon: "clock", label: t.states.asked });
}

/** The limit, with its reasons. */
export function opinionDue(opinion: Pick<Opinion, "dueAt" | "dueExplanation">, lang: Lang): Html {
  const t = messages[lang];
  const lines = opinion.dueExplanation.lines.map((line) => html`<li>${pick(line, lang)}</li>`);
  return html`<p>${t.due}: <strong class="tabular">${formatDateTime(opinion.dueAt)}</strong></p>${details(t.why, html`<ul class="govuk-list">${lines}</ul>`)}`;
}

export function opinionFiles(opinionId: string, files: readonly OpinionFile[]): Html | null {
  if (files.length === 0) return null;
  return html`<ul class="govuk-list">${files.map(
    (file) =>
      html`<li>${icon("file", 16)} <a class="govuk-link" href="/y-kien/${opinionId}/tep/${file.id}">${file.name}</a> <span class="muted small">${fileSize(file.size)}</span></li>`,
  )}</ul>`;
}

/** The answer, when there is one: what, by whom, when, and whether it came late. */
export function opinionAnswer(opinion: Opinion, lang: Lang): Html | null {
  const t = messages[lang];
  const { verdict, answeredBy, answeredAt } = opinion;
  if (!verdict || !answeredBy || !answeredAt) return null;
  const late = answeredAt > opinion.dueAt ? html` · <strong>${t.lateBy}</strong>` : null;
  return html`<div class="opinion__answer"><p><strong>${t.verdicts[verdict]}</strong></p>${opinion.answer ? html`<p class="prewrap">${opinion.answer}</p>` : null}${opinionFiles(opinion.id, opinion.answerFiles)}<p class="muted small">${t.answeredAt(formatDateTime(answeredAt), answeredBy.name)}${late}</p></div>`;
}

/** Who is asked: the officer with the unit, or the unit. */
export function askedName(opinion: Pick<Opinion, "officerName" | "agencyName">): string {
  return [opinion.officerName, opinion.agencyName].filter(Boolean).join(", ");
}
