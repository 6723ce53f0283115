import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  emptyState,
  errorOf,
  errorSummary,
  notice,
  pagination,
  type PageError,
  selectField,
  statusTag,
  summaryList,
  table,
  textareaField,
} from "#kit/ui/index.ts";
import type { Feedback } from "../feedback-view.ts";
import { messages } from "../messages.ts";

const EXCERPT = 140;

export type FeedbackListProps = {
  readonly lang: Lang;
  readonly open: readonly Feedback[];
  readonly answered: readonly Feedback[];
  readonly next: string | undefined;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly said: string | undefined;
  /** The officer's, to narrow the list down. */
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly unit: string;
  nameOf(agencyId: string | null): string | undefined;
};

export function feedbackListPage(props: FeedbackListProps): Html {
  const { lang, open, answered } = props;
  const t = messages[lang];
  const excerpt = ({ body }: Feedback) => (body.length > EXCERPT ? `${body.slice(0, EXCERPT)}…` : body);
  const columns = (last: { label: string; cell: (row: Feedback) => Html }) => [
    {
      label: t.body,
      head: true,
      cell: (row: Feedback) => html`<a class="govuk-link" href="/phan-anh/${row.id}">${excerpt(row)}</a>`,
    },
    {
      label: t.desk.procedure,
      cell: (row: Feedback) => html`<span class="tabular">${row.procedureCode ?? t.desk.general}</span>`,
    },
    { label: t.desk.unit, cell: (row: Feedback) => html`${props.nameOf(row.agencyId) ?? t.desk.province}` },
    { label: t.sentAt, cell: (row: Feedback) => html`<span class="tabular">${formatDateTime(row.sentAt)}</span>` },
    last,
  ];
  const due = {
    label: t.due,
    cell: (row: Feedback) =>
      row.dueOn < props.today
        ? html`${statusTag({ tone: "danger", icon: "warning", label: t.desk.late })} <span class="tabular">${formatDate(row.dueOn)}</span>`
        : html`<span class="tabular">${formatDate(row.dueOn)}</span>`,
  };
  const done = {
    label: t.answeredAt,
    cell: (row: Feedback) => html`<span class="tabular">${row.answeredAt ? formatDateTime(row.answeredAt) : ""}</span>`,
  };
  return html`<h1 class="govuk-heading-l">${t.desk.title}</h1>${props.said ? notice({ tone: "success", body: html`<p>${props.said}</p>`, live: true }) : null}${unitFilter(props)}${
    open.length === 0
      ? emptyState({ title: t.desk.none })
      : table({ caption: t.desk.waiting, columns: columns(due), rows: open })
  }${pagination(lang, { next: props.next })}${answered.length > 0 ? table({ caption: t.desk.answered, columns: columns(done), rows: answered }) : null}`;
}

function unitFilter({ lang, units, unit }: FeedbackListProps): Html | null {
  const t = messages[lang].desk;
  if (units.length < 2) return null;
  return html`<form class="counter-form__unit" method="get" action="/phan-anh">${selectField({ id: "don-vi", lang, label: t.unit, required: false, placeholder: false, value: unit, options: [{ value: "", label: t.allUnits }, ...units.map(({ id, name }) => ({ value: id, label: name }))] })}${button({ label: t.narrow, kind: "secondary", small: true })}</form>`;
}

export type FeedbackAnswerProps = {
  readonly lang: Lang;
  readonly feedback: Feedback;
  readonly errors: readonly PageError[];
  readonly typed: string;
};

export function feedbackAnswerPage({ lang, feedback, errors, typed }: FeedbackAnswerProps): Html {
  const t = messages[lang];
  const from = [feedback.name, feedback.contact].filter((text) => text !== null).join(", ");
  return html`${errorSummary(lang, errors)}${backLink(lang, "/phan-anh", t.desk.back)}<h1 class="govuk-heading-l">${t.desk.title}</h1>${summaryList(
    [
      { key: t.desk.procedure, value: feedback.procedureCode ?? t.desk.general },
      { key: t.desk.from, value: from === "" ? t.desk.anonymous : from },
      { key: t.sentAt, value: formatDateTime(feedback.sentAt) },
      { key: t.due, value: formatDate(feedback.dueOn) },
      { key: t.body, value: html`<span class="prewrap">${feedback.body}</span>` },
    ],
  )}${
    feedback.answer !== null
      ? html`<h2 class="govuk-heading-m">${t.answer}</h2><p class="govuk-body prewrap">${feedback.answer}</p>`
      : html`<form method="post" action="/phan-anh/${feedback.id}/tra-loi" novalidate>${textareaField({ id: "answer", lang, label: t.desk.reply, hint: t.desk.replyHint, value: typed, error: errorOf(errors, "answer"), rows: 8, required: true })}${button({ label: t.desk.send, once: true })}</form>`
  }`;
}
