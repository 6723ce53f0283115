import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { newId } from "#kit/ids.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  checkboxesField,
  errorOf,
  errorSummary,
  fileField,
  hiddenField,
  notice,
  type Option,
  type PageError,
  radiosField,
  selectField,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import { UPLOAD_ACCEPT } from "#province/dossiers/index.ts";
import { messages } from "../messages.ts";
import { type AnswerTime, type Opinion, TEXT_MAX, TIME_MAX, type TimeUnit } from "../opinion.ts";
import { askedName, opinionAnswer, opinionDue, opinionFiles, opinionTag } from "./opinion-parts.ts";

export interface TypedQuestion {
  readonly id: string;
  readonly to: string;
  readonly question: string;
  readonly days: string;
  readonly unit: TimeUnit;
  readonly papers: readonly string[];
  /** Files taken already, sealed, and their names. */
  readonly kept: string;
  readonly keptNames: readonly string[];
}

export interface DossierOpinionsProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly dossierId: string;
  readonly dossierName: string;
  readonly opinions: readonly Opinion[];
  /** This officer asks, and takes back. */
  readonly mayAsk: boolean;
  /** The dossier is where opinions are asked. */
  readonly open: boolean;
  readonly askable: readonly Option[];
  readonly papers: readonly Option[];
  readonly typed: TypedQuestion | undefined;
  /** What to offer when nothing was typed. */
  readonly time: AnswerTime | undefined;
  readonly errors: readonly PageError[];
  readonly said: string | undefined;
}

/** What was asked about a dossier and what came back, and the form for one more. */
export function dossierOpinionsPage(props: DossierOpinionsProps): Html {
  const { lang, opinions } = props;
  const t = messages[lang];
  return html`${backLink(lang, `/ho-so/${props.dossierId}`, props.dossierName)}${errorSummary(lang, props.errors)}${props.said ? notice({ tone: "success", title: props.said, live: true }) : null}<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="govuk-body">${t.lead}</p>${
    opinions.length === 0
      ? html`<p class="muted">${t.none}</p>`
      : html`<ol class="thread">${opinions.map((one) => row(one, props))}</ol>`
  }${props.mayAsk ? (props.open ? form(props) : notice({ tone: "info", body: html`<p>${t.notNow}</p>` })) : null}`;
}

function row(opinion: Opinion, { lang, now, mayAsk, dossierId }: DossierOpinionsProps): Html {
  const t = messages[lang];
  const back =
    mayAsk && opinion.state === "asked"
      ? html`<form method="post" action="/ho-so/${dossierId}/y-kien/${opinion.id}/thoi">${button({ label: t.takeBack, kind: "secondary", small: true, once: true, ariaLabel: `${t.takeBack}: ${askedName(opinion)}` })}</form>`
      : null;
  return html`<li class="thread__one opinion"><p class="thread__who"><strong>${askedName(opinion)}</strong> ${opinionTag(opinion, now, lang)}</p><p class="muted small">${t.askedBy} ${opinion.askedBy.name} · ${formatDateTime(opinion.askedAt)}</p><p class="thread__body prewrap">${opinion.question}</p>${opinionFiles(opinion.id, [...opinion.papers, ...opinion.questionFiles])}${opinion.state === "asked" ? opinionDue(opinion, lang) : null}${opinionAnswer(opinion, lang)}${back}</li>`;
}

function form(props: DossierOpinionsProps): Html {
  const { lang, errors, typed, askable } = props;
  const t = messages[lang];
  if (askable.length === 0) return notice({ tone: "info", body: html`<p>${t.nobodyElse}</p>` });
  const kept =
    typed && typed.keptNames.length > 0
      ? html`${hiddenField("kept", typed.kept)}<p>${t.kept}: ${typed.keptNames.join(", ")}</p>`
      : null;
  return html`<section aria-labelledby="hoi"><h2 class="govuk-heading-m" id="hoi">${t.form}</h2><form method="post" action="/ho-so/${props.dossierId}/y-kien" enctype="multipart/form-data" novalidate>${hiddenField("id", typed?.id ?? newId())}${selectField({ id: "to", lang, label: t.to, required: true, options: askable, value: typed?.to, error: errorOf(errors, "to") })}${textareaField({ id: "question", lang, label: t.question, hint: t.questionHint, required: true, rows: 5, maxLength: TEXT_MAX, value: typed?.question ?? "", error: errorOf(errors, "question") })}${textField({ id: "days", lang, label: t.days, hint: t.daysHint(TIME_MAX), required: true, width: 2, inputMode: "numeric", maxLength: 3, value: typed?.days ?? String(props.time?.count ?? ""), error: errorOf(errors, "days") })}${radiosField({ id: "unit", lang, label: t.unit, required: true, inline: true, options: (["days", "hours"] as const).map((value) => ({ value, label: t.units[value] })), value: typed?.unit ?? props.time?.unit ?? "days" })}${
    props.papers.length === 0
      ? null
      : checkboxesField({
          id: "papers",
          lang,
          label: t.papers,
          required: false,
          options: props.papers,
          values: typed?.papers ?? [],
        })
  }${kept}${fileField({ id: "files", lang, label: t.files, hint: t.filesHint, accept: UPLOAD_ACCEPT, multiple: true, error: errorOf(errors, "files") })}${button({ label: t.send, once: true })}</form></section>`;
}
