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
import { messages } from "../messages.ts";
import { operatorPage } from "../operator-shell.ts";
import { operatorPaths } from "../paths.ts";

export interface SignInPageProps {
  readonly lang: Lang;
  readonly username: string;
  readonly errors: readonly PageError[];
  /** Where to go after signing in. */
  readonly next: string;
  readonly note?: string;
}

export function signInPage({ lang, errors, username, next, note }: SignInPageProps): Html {
  const t = messages[lang];
  return operatorPage({
    lang,
    title: t.title,
    width: "narrow",
    path: operatorPaths.signIn,
    failed: errors.length > 0,
    body: html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.title}</h1>
${note ? notice({ tone: "warning", body: html`<p>${note}</p>` }) : null}<p class="govuk-body">${t.lead}</p>
<form method="post" action="${operatorPaths.signIn}" novalidate>${hiddenField("next", next)}
${textField({ id: "username", lang, label: t.username, required: true, autocomplete: "username", spellcheck: false, width: 30, value: username, error: errorOf(errors, "username") })}
${textField({ id: "password", lang, label: t.password, type: "password", required: true, autocomplete: "current-password", width: 30, error: errorOf(errors, "password") })}
${button({ label: t.button, once: true })}</form>`,
  });
}

export function codePage({ lang, errors }: { readonly lang: Lang; readonly errors: readonly PageError[] }): Html {
  const t = messages[lang];
  return operatorPage({
    lang,
    title: t.codeTitle,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.codeTitle}</h1><p class="govuk-body">${t.codeLead}</p>
<form method="post" action="${operatorPaths.code}" novalidate>
${otpField({ id: "code", lang, label: t.code, hint: t.codeHint, required: true, error: errorOf(errors, "code") })}
${button({ label: t.confirm, once: true })}</form>
<p class="govuk-body"><a class="govuk-link" href="${operatorPaths.signIn}">${t.other}</a></p>`,
  });
}
