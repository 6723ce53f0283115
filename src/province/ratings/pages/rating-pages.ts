import { formatDate } from "#kit/calendar.ts";
import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  emptyState,
  errorOf,
  errorSummary,
  type PageError,
  table,
  textareaField,
} from "#kit/ui/index.ts";
import { placeName } from "#province/tenants/index.ts";
import { messages } from "../messages.ts";
import type { AgencyScore, Rating } from "../rating-view.ts";

export interface RatingFormProps {
  readonly lang: Lang;
  readonly dossierId: string;
  readonly name: string;
  readonly typed: { readonly score: string; readonly comment: string };
  readonly errors: readonly PageError[];
}

/** Five faces with their words, and a comment. */
export function ratingFormPage({ lang, dossierId, name, typed, errors }: RatingFormProps): Html {
  const t = messages[lang];
  const error = errorOf(errors, "score-1");
  return html`${backLink(lang, `/ho-so/${dossierId}`, name)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.title}</h1><p class="govuk-body">${t.lead}</p><form method="post" action="/ho-so/${dossierId}/danh-gia" novalidate><div class="govuk-form-group${error ? " govuk-form-group--error" : ""}"><fieldset class="govuk-fieldset"${attributes({ "aria-describedby": error ? "score-error" : undefined })}><legend class="govuk-fieldset__legend govuk-label">${t.score}</legend>${error ? html`<p class="govuk-error-message" id="score-error">${error}</p>` : null}<div class="faces">${t.scores.map((label, index) => option(index + 1, label, typed.score))}</div></fieldset></div>${textareaField({ id: "comment", lang, label: t.comment, hint: t.commentHint, value: typed.comment, error: errorOf(errors, "comment"), rows: 4, required: false })}${button({ label: t.send, once: true })}</form>`;
}

function option(score: number, label: string, chosen: string): Html {
  return html`<div class="faces__one"><input class="faces__input" type="radio" name="score"${attributes({ id: `score-${score}`, value: String(score), checked: chosen === String(score) })}><label class="faces__label" for="score-${score}">${face(score)}<span>${label}</span></label></div>`;
}

/** From a mouth that hangs to one that smiles; the words beside it say the same. */
export function face(score: number): Html {
  const bend = 29 + (score - 3) * 5;
  const corner = 29 - (score - 3) * 2;
  return html`<svg class="face" viewBox="0 0 44 44" aria-hidden="true" focusable="false"><circle cx="22" cy="22" r="19" fill="none" stroke="currentColor" stroke-width="2.5"></circle><circle cx="15.5" cy="17.5" r="2.2" fill="currentColor"></circle><circle cx="28.5" cy="17.5" r="2.2" fill="currentColor"></circle><path${attributes({ d: `M13 ${corner} Q22 ${bend} 31 ${corner}` })} fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round"></path></svg>`;
}

/** On the dossier's own page: what was rated, or the way to do it. */
export function ratingOf(lang: Lang, dossierId: string, rating: Rating | undefined): Html {
  const t = messages[lang];
  return rating
    ? html`<p class="rating">${face(rating.score)} <span>${t.yours}: <strong>${t.scores[rating.score - 1]}</strong>. <a class="govuk-link" href="/danh-gia">${t.publicTitle}</a></span></p>`
    : html`<p>${button({ label: t.rate, kind: "secondary", href: `/ho-so/${dossierId}/danh-gia` })}</p>`;
}

export function publicRatingsPage(lang: Lang, scores: readonly AgencyScore[], comments: readonly Rating[]): Html {
  const t = messages[lang];
  if (scores.length === 0)
    return html`<h1 class="govuk-heading-xl">${t.publicTitle}</h1>${emptyState({ title: t.noRatings, text: t.publicLead })}`;
  const number = (value: number): string => (lang === "vi" ? value.toFixed(1).replace(".", ",") : value.toFixed(1));
  return html`<h1 class="govuk-heading-xl">${t.publicTitle}</h1><p class="govuk-body">${t.publicLead}</p>${table({
    caption: t.publicTitle,
    hideCaption: true,
    columns: [
      { label: t.agency, cell: (row: AgencyScore) => placeName(row.agencyName, lang), head: true },
      { label: t.count, cell: (row: AgencyScore) => String(row.ratings), money: true },
      { label: t.average, cell: (row: AgencyScore) => number(row.average), money: true },
      { label: t.content, cell: (row: AgencyScore) => `${row.content}%`, money: true },
    ],
    rows: scores,
  })}${comments.length > 0 ? html`<h2 class="govuk-heading-m">${t.comments}</h2><ul class="said">${comments.map((one) => said(one, lang))}</ul>` : null}`;
}

function said(one: Rating, lang: Lang, below: Html | null = null): Html {
  const t = messages[lang];
  return html`<li class="said__one"><p class="rating">${face(one.score)} <span><strong>${t.scores[one.score - 1]}</strong></span></p><p class="prewrap">${one.comment}</p><p class="muted small">${one.procedureName[lang]} · ${placeName(one.agencyName, lang)} · ${formatDate(one.at)}</p>${below}</li>`;
}

export function deskRatingsPage(
  lang: Lang,
  waiting: readonly Rating[],
  decided: readonly Rating[],
  mayDecide: boolean,
): Html {
  const t = messages[lang];
  const buttons = (one: Rating): Html | null =>
    mayDecide
      ? html`<form method="post" action="/danh-gia/${one.dossierId}" class="cluster">${one.moderation === "shown" ? null : button({ label: t.show, name: "viec", value: "dang", kind: "secondary", small: true })}${one.moderation === "hidden" ? null : button({ label: t.hide, name: "viec", value: "an", kind: "secondary", small: true })}</form>`
      : null;
  const list = (rows: readonly Rating[], state: boolean): Html =>
    rows.length === 0
      ? html`<p class="muted">${t.none}</p>`
      : html`<ul class="said">${rows.map((one) => said(one, lang, html`${state ? html`<p><strong>${t.states[one.moderation]}</strong></p>` : null}${buttons(one)}`))}</ul>`;
  return html`<h1 class="govuk-heading-l">${t.deskTitle}</h1><p class="govuk-body">${t.deskLead}</p><h2 class="govuk-heading-m">${t.waiting}</h2>${list(waiting, false)}<h2 class="govuk-heading-m">${t.decided}</h2>${list(decided, true)}`;
}
