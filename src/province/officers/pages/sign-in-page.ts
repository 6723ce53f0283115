import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  button,
  errorOf,
  errorSummary,
  hiddenField,
  notice,
  otpField,
  type PageError,
  textField,
} from "#kit/ui/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { messages } from "../messages.ts";

export interface SignInPageProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly username: string;
  readonly errors: readonly PageError[];
  /** Where to go after signing in. */
  readonly next: string;
  readonly note?: string;
}

export function signInPage(props: SignInPageProps): Html {
  const { lang, errors } = props;
  const t = messages[lang];
  return props.shell({
    lang,
    title: t.title,
    width: "narrow",
    path: "/dang-nhap",
    failed: errors.length > 0,
    body: html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.title}</h1>
${props.note ? notice({ tone: "warning", body: html`<p>${props.note}</p>` }) : null}<p class="govuk-body">${t.lead}</p>
<form method="post" action="/dang-nhap" novalidate>${hiddenField("next", props.next)}
${textField({ id: "username", lang, label: t.username, required: true, autocomplete: "username", spellcheck: false, width: 30, value: props.username, error: errorOf(errors, "username") })}
${textField({ id: "password", lang, label: t.password, type: "password", required: true, autocomplete: "current-password", width: 30, error: errorOf(errors, "password") })}
${button({ label: t.button, once: true })}</form>`,
  });
}

export function codePage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly errors: readonly PageError[];
}): Html {
  const { lang, errors } = props;
  const t = messages[lang];
  return props.shell({
    lang,
    title: t.codeTitle,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.codeTitle}</h1><p class="govuk-body">${t.codeLead}</p>
<form method="post" action="/dang-nhap/ma-xac-thuc" novalidate>
${otpField({ id: "code", lang, label: t.code, hint: t.codeHint, required: true, error: errorOf(errors, "code") })}
${button({ label: t.confirm, once: true })}</form>
<p class="govuk-body"><a class="govuk-link" href="/dang-nhap">${t.other}</a></p>`,
  });
}

/** The session ended while something was being typed: sign in in another tab, then send the same form again. */
export function signInAgainPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** False for forms with files, which a page cannot carry. */
  readonly resend: boolean;
}): Html {
  const { lang } = props;
  const t = messages[lang];
  const typed = props.fields.filter((field) => TYPED.has(field.name) && field.value !== "");
  return props.shell({
    lang,
    title: t.againTitle,
    width: "narrow",
    failed: true,
    body: html`<h1 class="govuk-heading-l">${t.againTitle}</h1><p class="govuk-body">${props.resend ? t.againLead : t.againFiles}</p>
<p class="govuk-body"><a class="govuk-link" href="/dang-nhap" target="_blank" rel="noopener">${t.againSignIn}</a></p>
${typed.map((field) => html`<blockquote class="govuk-inset-text">${field.value}</blockquote>`)}
${props.resend ? html`<form method="post" action="${props.action}">${props.fields.map((field) => hiddenField(field.name, field.value))}${button({ label: t.againSend })}</form>` : null}`,
  });
}

/** Fields worth showing: what people wrote, not versions and choices. */
const TYPED = new Set(["note", "reason", "chung"]);
