import type { Captcha } from "#kit/captcha.ts";
import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  button,
  captchaField,
  errorOf,
  errorSummary,
  hiddenField,
  notice,
  type PageError,
  selectField,
  summaryList,
  textareaField,
  textField,
  trapField,
} from "#kit/ui/index.ts";
import type { Feedback } from "../feedback-view.ts";
import { messages } from "../messages.ts";

export type FeedbackFormProps = {
  readonly lang: Lang;
  readonly captcha: Captcha;
  readonly errors: readonly PageError[];
  readonly values: { readonly body: string; readonly name: string; readonly contact: string; readonly agency: string };
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly procedure: { readonly code: string; readonly name: string } | undefined;
  readonly answerDays: number;
};

export function feedbackFormPage(props: FeedbackFormProps): Html {
  const { lang, captcha, errors, values, procedure } = props;
  const t = messages[lang];
  return html`${errorSummary(lang, errors)}<h1 class="govuk-heading-xl">${t.title}</h1><p class="govuk-body">${t.lead(props.answerDays)}</p>${
    procedure ? html`<p class="govuk-body"><strong>${t.about(procedure.name)}</strong></p>` : null
  }<form method="post" action="/gop-y" novalidate>${procedure ? hiddenField("procedure", procedure.code) : null}${textareaField(
    {
      id: "body",
      lang,
      label: t.body,
      hint: t.bodyHint,
      value: values.body,
      error: errorOf(errors, "body"),
      rows: 8,
      required: true,
    },
  )}${selectField({ id: "agency", lang, label: t.optional(t.agency), hint: t.agencyHint, required: false, value: values.agency, options: props.agencies.map(({ id, name }) => ({ value: id, label: name })) })}${textField({ id: "name", lang, label: t.optional(t.name), value: values.name, error: errorOf(errors, "name"), autocomplete: "name", maxLength: 200 })}${textField({ id: "contact", lang, label: t.contact, hint: t.contactHint, value: values.contact, error: errorOf(errors, "contact"), maxLength: 200 })}${captchaField({ lang, captcha, error: errorOf(errors, "captcha") })}${trapField(lang)}${button({ label: t.send, once: true })}</form><p class="govuk-body"><a class="govuk-link" href="/gop-y/tra-cuu">${t.read}</a></p>`;
}

export type FeedbackReadProps = {
  readonly lang: Lang;
  readonly code: string;
  readonly feedback: Feedback | undefined;
  /** Just sent: the code is shown to be kept. */
  readonly fresh: boolean;
};

export function feedbackReadPage({ lang, code, feedback, fresh }: FeedbackReadProps): Html {
  const t = messages[lang];
  const unknown = code !== "" && !feedback;
  const errors = unknown ? [{ field: "ma", message: t.unknown }] : [];
  const form = html`<form method="get" action="/gop-y/tra-cuu">${textField({ id: "ma", lang, label: t.code, hint: t.readLead, value: code, error: errorOf(errors, "ma"), maxLength: 40, width: 20, autocomplete: "off", spellcheck: false })}${button({ label: t.open, kind: "secondary" })}</form>`;
  if (!feedback) return html`${errorSummary(lang, errors)}<h1 class="govuk-heading-xl">${t.read}</h1>${form}`;
  return html`<h1 class="govuk-heading-xl">${fresh ? t.sent : t.title}</h1>${
    fresh
      ? notice({
          tone: "success",
          title: t.keep,
          body: html`<p class="feedback-code tabular">${code}</p>`,
          live: true,
        })
      : null
  }${summaryList([
    { key: t.sentAt, value: formatDateTime(feedback.sentAt) },
    { key: t.due, value: formatDate(feedback.dueOn) },
    { key: t.body, value: html`<span class="prewrap">${feedback.body}</span>` },
  ])}<h2 class="govuk-heading-l">${t.answer}</h2>${
    feedback.answer === null || feedback.answeredAt === null
      ? html`<p class="govuk-body">${t.notYet}</p>`
      : html`<p class="govuk-body prewrap">${feedback.answer}</p><p class="govuk-body muted">${t.answeredAt} ${formatDateTime(feedback.answeredAt)}</p>`
  }${form}`;
}
