/** The side of those who are asked: the list, and one question with its answer. */
import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  emptyState,
  errorOf,
  errorSummary,
  fileField,
  hiddenField,
  notice,
  type PageError,
  radiosField,
  summaryList,
  table,
  textareaField,
} from "#kit/ui/index.ts";
import { UPLOAD_ACCEPT } from "#province/dossiers/index.ts";
import { messages } from "../messages.ts";
import { type AskedOpinion, TEXT_MAX, VERDICTS } from "../opinion.ts";
import { opinionAnswer, opinionDue, opinionFiles, opinionTag } from "./opinion-parts.ts";

export function askedListPage(props: {
  readonly lang: Lang;
  readonly now: Date;
  readonly open: readonly AskedOpinion[];
  readonly past: readonly AskedOpinion[];
  readonly next: string | undefined;
  readonly further: boolean;
}): Html {
  const { lang, open, past, next, further } = props;
  const t = messages[lang];
  const rows = (caption: string, hideCaption: boolean, list: readonly AskedOpinion[]) =>
    table({
      caption,
      hideCaption,
      rows: list,
      columns: [
        {
          label: t.code,
          head: true,
          cell: (one) => html`<a class="govuk-link tabular" href="/y-kien/${one.id}">${one.dossierCode ?? "–"}</a>`,
        },
        { label: t.procedure, cell: (one) => one.procedureName[lang] },
        { label: t.askedBy, cell: (one) => one.askedBy.name },
        { label: t.due, cell: (one) => html`<span class="tabular">${formatDateTime(one.dueAt)}</span>` },
        { label: t.state, cell: (one) => opinionTag(one, props.now, lang) },
      ],
    });
  const links = [
    further ? html`<a class="govuk-link" href="/y-kien">${t.newest}</a>` : null,
    next ? html`<a class="govuk-link" rel="next" href="/y-kien?truoc=${next}">${t.older}</a>` : null,
  ];
  return html`<h1 class="govuk-heading-l desk-title">${t.inbox}</h1><p class="govuk-body">${t.inboxLead}</p>${
    open.length === 0 ? emptyState({ title: t.inboxNone, text: t.inboxNoneText }) : rows(t.inbox, true, open)
  }${past.length === 0 ? null : rows(t.past, false, past)}<p class="cluster">${links}</p>`;
}

export interface TypedAnswer {
  readonly verdict: string;
  readonly answer: string;
  readonly kept: string;
  readonly keptNames: readonly string[];
}

export function askedPage(props: {
  readonly lang: Lang;
  readonly now: Date;
  readonly opinion: AskedOpinion;
  readonly mayAnswer: boolean;
  readonly typed: TypedAnswer | undefined;
  readonly errors: readonly PageError[];
  readonly said: string | undefined;
}): Html {
  const { lang, opinion, errors } = props;
  const t = messages[lang];
  const answered = opinionAnswer(opinion, lang);
  return html`${backLink(lang, "/y-kien", t.inbox)}${errorSummary(lang, errors)}${props.said ? notice({ tone: "success", title: props.said, live: true }) : null}<h1 class="govuk-heading-l desk-title">${opinion.procedureName[lang]}</h1><p>${opinionTag(opinion, props.now, lang)}</p>${summaryList(
    [
      { key: t.code, value: html`<span class="tabular">${opinion.dossierCode ?? "–"}</span>` },
      { key: t.askedBy, value: `${opinion.askedBy.name}, ${formatDateTime(opinion.askedAt)}` },
      { key: t.asked, value: opinion.officerName ? `${t.forYou}: ${opinion.officerName}` : opinion.agencyName },
    ],
  )}<section aria-labelledby="noi-dung"><h2 class="govuk-heading-m" id="noi-dung">${t.question}</h2><p class="prewrap">${opinion.question}</p>${opinionFiles(opinion.id, opinion.questionFiles)}${opinion.state === "asked" ? opinionDue(opinion, lang) : null}</section><section aria-labelledby="giay-to"><h2 class="govuk-heading-m" id="giay-to">${t.shownPapers}</h2>${opinionFiles(opinion.id, opinion.papers) ?? html`<p class="muted">${t.noPapers}</p>`}</section>${answered ? html`<section aria-labelledby="tra-loi"><h2 class="govuk-heading-m" id="tra-loi">${t.answerTitle}</h2>${answered}</section>` : null}${opinion.dossierOver ? notice({ tone: "info", body: html`<p>${t.dossierOver}</p>` }) : null}${props.mayAnswer ? form(props) : null}${!props.mayAnswer && props.typed ? kept(props.typed, lang) : null}`;
}

/** What was typed when somebody else was faster: nothing is lost. */
function kept({ verdict, answer }: TypedAnswer, lang: Lang): Html {
  const t = messages[lang];
  const known = VERDICTS.find((one) => one === verdict);
  return html`<section><h2 class="govuk-heading-s">${t.answer}</h2>${known ? html`<p>${t.verdicts[known]}</p>` : null}<p class="prewrap">${answer}</p></section>`;
}

function form({ lang, opinion, typed, errors }: Parameters<typeof askedPage>[0]): Html {
  const t = messages[lang];
  const files =
    typed && typed.keptNames.length > 0
      ? html`${hiddenField("kept", typed.kept)}<p>${t.kept}: ${typed.keptNames.join(", ")}</p>`
      : null;
  return html`<section aria-labelledby="tra-loi-moi"><h2 class="govuk-heading-m" id="tra-loi-moi">${t.answerTitle}</h2><form method="post" action="/y-kien/${opinion.id}" enctype="multipart/form-data" novalidate>${radiosField({ id: "verdict", lang, label: t.verdict, required: true, options: VERDICTS.map((value) => ({ value, label: t.verdicts[value] })), value: typed?.verdict, error: errorOf(errors, "verdict") })}${textareaField({ id: "answer", lang, label: t.answer, hint: t.answerHint, required: true, rows: 6, maxLength: TEXT_MAX, value: typed?.answer ?? "", error: errorOf(errors, "answer") })}${files}${fileField({ id: "files", lang, label: t.files, hint: t.filesHint, accept: UPLOAD_ACCEPT, multiple: true, error: errorOf(errors, "files") })}${button({ label: t.give, once: true })}</form></section>`;
}
