/** The supplement rounds of a dossier on its page: what was asked, by when, what came, and what the figures make of it. */
import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import type { SupplementRound } from "#province/dossiers/index.ts";
import { indexEffect } from "#province/procedure/index.ts";
import { askMessages } from "../ask-messages.ts";
import type { DeskDossier } from "../desk-dossier.ts";
import { answersAround, supplementDifference } from "../supplement-difference.ts";

/** Title and body of the block; null without a round. */
export function roundsOf(view: DeskDossier, lang: Lang): { readonly title: string; readonly body: Html } | null {
  const t = askMessages[lang];
  const count = view.supplements.length;
  if (count === 0) return null;
  const effect = indexEffect(count);
  const index = html`<p class="case-index${effect === "late" ? " case-index--late" : ""}">${t.index[effect]}</p>`;
  return {
    title: `${t.rounds} (${t.times(count)})`,
    body: html`${index}${view.supplements.toReversed().map((round) => oneRound(view, round, lang))}`,
  };
}

function oneRound(view: DeskDossier, round: SupplementRound, lang: Lang): Html {
  const t = askMessages[lang];
  const at = `/ho-so/${view.dossier.id}/bo-sung/${round.round}`;
  const items = round.items.map((item, index) => {
    const { example } = item;
    const sample = example?.file
      ? html` <a class="govuk-link" href="${at}/mau/${index + 1}" target="_blank" rel="noopener">${example.file.name}</a>`
      : null;
    return html`<li><strong>${item.label}</strong>${item.reason ? html`: ${item.reason}` : null}${example ? html`<br><span class="muted">${t.sample}: ${example.text ?? ""}${sample}</span>` : null}</li>`;
  });
  return html`<div class="case-round"><p class="case-round__head"><strong>${t.round(round.round)}</strong> · ${formatDateTime(round.requestedAt)}</p>${round.text ? html`<p>${round.text}</p>` : null}<ul class="govuk-list govuk-list--bullet">${items}</ul>${standing(view, round, lang).map((line) => html`<p class="muted">${line}</p>`)}${changes(view, round, lang)}</div>`;
}

function standing({ dossier }: DeskDossier, round: SupplementRound, lang: Lang): readonly string[] {
  const t = askMessages[lang];
  if (round.answeredAt) return [`${t.answered} ${formatDateTime(round.answeredAt)}`];
  return [
    dossier.state === "supplement-requested" ? t.waiting : "",
    round.answerBy ? t.until(formatDateTime(round.answerBy)) : "",
    round.remindedAt ? t.reminded(formatDateTime(round.remindedAt)) : "",
    round.expiredAt ? t.expired(formatDateTime(round.expiredAt)) : "",
  ].filter(Boolean);
}

/** What is different after the citizen's answer: old words struck through, new ones beside them. */
function changes(view: DeskDossier, round: SupplementRound, lang: Lang): Html | null {
  const t = askMessages[lang];
  const found = view.changes.get(round.round);
  if (!found) return null;
  const lines = linesOf(view, round, lang);
  if (lines.length === 0 && found.files.length === 0) return html`<p>${t.unchanged}</p>`;
  const side = (label: string, value: string | undefined) =>
    html`<span class="govuk-visually-hidden">${label}: </span>${value === undefined ? t.notThere : value || t.blank}`;
  const fields = lines.map(
    (line) =>
      html`<li><strong>${line.label}</strong>: <del>${side(t.was, line.before)}</del> <ins>${side(t.now, line.after)}</ins></li>`,
  );
  const files = found.files.map(
    (file) =>
      html`<li><strong>${view.componentName(file.component)}</strong>: <a class="govuk-link" href="/tep/${file.fileId}" target="_blank" rel="noopener">${file.change === "added" ? t.fileAdded : t.fileRemoved}</a></li>`,
  );
  return html`<p class="case-round__head"><strong>${t.changed}</strong></p><ul class="govuk-list govuk-list--bullet case-changes">${fields}${files}</ul><p><a class="govuk-link" href="/ho-so/${view.dossier.id}/bo-sung/${round.round}">${t.compare}</a></p>`;
}

/** Line by line as the form says it; by the stored keys where the form is gone. */
function linesOf(view: DeskDossier, round: SupplementRound, lang: Lang) {
  const { form, dossier, supplements, changes: all } = view;
  if (form) return supplementDifference(form, dossier, answersAround(supplements, dossier.answers, round.round), lang);
  return all.get(round.round)?.fields ?? [];
}
