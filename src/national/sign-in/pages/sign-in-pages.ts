import type { Captcha } from "#kit/captcha.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  captchaField,
  errorOf,
  errorSummary,
  notice,
  type PageError,
  statusTag,
  textField,
  trapField,
} from "#kit/ui/index.ts";
import { accountPaths, anotherCodePath, passwordInput } from "#national/accounts/index.ts";
import { nationalPage } from "#national/portal/index.ts";
import { messages } from "../messages.ts";
import { stepsOf } from "../paths.ts";

export interface ChoosePageProps {
  readonly lang: Lang;
  /** Address of the journey. */
  readonly base: string;
  /** Whose portal asked, for its name. */
  readonly goingTo?: string | undefined;
  readonly said?: "password-changed" | undefined;
}

/** "Chọn loại tài khoản": whose account it is. */
export function choosePage(props: ChoosePageProps): Html {
  const { lang, base } = props;
  const t = messages[lang];
  const said = props.said === "password-changed" ? t.passwordChanged : undefined;
  const body = html`${said ? notice({ tone: "success", body: html`<p>${said}</p>`, live: true }) : null}<h1 class="govuk-heading-l">${t.title}</h1><p class="govuk-body">${t.chooseLead}</p>
<ul class="choices"><li class="choice"><a class="choice__link" href="${stepsOf(base).form}">${t.national}</a><p class="choice__text">${t.nationalText}</p></li>
<li class="choice choice--closed"><div class="choice__name">${t.post}${statusTag({ tone: "quiet", icon: "clock", label: t.notOpen })}</div><p class="choice__text">${t.postText}</p></li></ul>
${props.goingTo ? html`<p class="govuk-body">${t.goingTo(props.goingTo)}</p>` : null}
<p class="foot-note">${t.noAccount} <a href="${accountPaths.register}">${t.register}</a></p>`;
  return nationalPage({ lang, title: t.title, body, plain: true, path: base });
}

export interface SignInPageProps {
  readonly lang: Lang;
  readonly base: string;
  readonly username: string;
  readonly faults: SignInFaults;
  readonly captcha: Captcha | undefined;
  readonly trouble?: string | undefined;
  readonly goingTo?: string | undefined;
}

export interface SignInFaults {
  readonly username?: "missing" | "wrong";
  readonly password?: "missing";
  readonly captcha?: string;
}

export function signInPage(props: SignInPageProps): Html {
  const { lang, base } = props;
  const t = messages[lang];
  const errors = errorsOf(props);
  const failed = errors.length > 0;
  const form = stepsOf(base).form;
  const body = html`${backLink(lang, base)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.title}</h1>
<ul class="ways" aria-label="${t.waysLabel}"><li class="ways__item ways__item--current" aria-current="true">${t.ways.identity}</li>${[
    t.ways.usb,
    t.ways.sim,
  ].map((way) => html`<li class="ways__item">${way}<span class="ways__closed">${t.notOpen}</span></li>`)}</ul>
${props.trouble ? notice({ tone: "warning", body: html`<p>${props.trouble}</p>`, live: true }) : null}
<form method="post" action="${form}" novalidate>${trapField(lang)}
${textField({ id: "username", lang, label: t.username, hint: t.usernameHint, value: props.username, error: errorOf(errors, "username"), inputMode: "numeric", autocomplete: "username", maxLength: 20, width: 20, spellcheck: false, required: true })}
${passwordInput({ lang, label: t.password, error: errorOf(errors, "password"), autocomplete: "current-password" })}
${props.captcha ? captchaField({ lang, captcha: props.captcha, error: errorOf(errors, "captcha"), another: anotherCodePath("sign-in") }) : null}
<div class="govuk-button-group">${button({ label: t.submit, once: true })}<a class="govuk-link" href="${accountPaths.forgot}">${t.forgot}</a></div></form>
${props.goingTo ? html`<p class="govuk-body">${t.goingTo(props.goingTo)}</p>` : null}
<p class="foot-note">${t.noAccount} <a href="${accountPaths.register}">${t.register}</a></p>`;
  return nationalPage({
    lang,
    title: `${t.title}: ${t.ways.identity}`,
    body,
    failed,
    plain: true,
    ...(failed || props.trouble ? {} : { path: form }),
  });
}

function errorsOf(props: SignInPageProps): PageError[] {
  const t = messages[props.lang];
  const { faults } = props;
  const errors: PageError[] = [];
  if (faults.username)
    errors.push({ field: "username", message: faults.username === "missing" ? t.usernameMissing : t.wrong });
  if (faults.password) errors.push({ field: "password", message: t.passwordMissing });
  if (faults.captcha) errors.push({ field: "captcha", message: faults.captcha });
  return errors;
}

/** A journey that is over (expired, finished, another browser's). */
export function overPage(lang: Lang): Html {
  const t = messages[lang];
  const body = html`<h1 class="govuk-heading-l">${t.overTitle}</h1><p class="govuk-body">${t.over}</p><p>${button({ label: t.home, href: "/" })}</p>`;
  return nationalPage({ lang, title: t.overTitle, body, plain: true });
}
