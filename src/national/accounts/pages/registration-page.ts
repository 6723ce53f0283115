import type { Captcha } from "#kit/captcha.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  captchaField,
  checkboxField,
  dateField,
  errorOf,
  errorSummary,
  notice,
  type PageError,
  textField,
  trapField,
} from "#kit/ui/index.ts";
import { nationalPage } from "#national/portal/index.ts";
import { type AccountsMessages, messages } from "../messages.ts";
import { anotherCodePath, paths } from "../paths.ts";
import {
  REGISTRATION_FIELDS,
  type RegistrationFault,
  type RegistrationFaults,
  type RegistrationTyped,
} from "../registration-form.ts";

export interface RegistrationPageProps {
  readonly lang: Lang;
  readonly typed: RegistrationTyped;
  readonly faults: RegistrationFaults;
  readonly captcha: Captcha | undefined;
  /** A trouble that is nobody's field: too many tries, the register is down. */
  readonly trouble?: string | undefined;
}

export function registrationPage(props: RegistrationPageProps): Html {
  const { lang, typed } = props;
  const t = messages[lang];
  const errors = errorsOf(props);
  const field = (id: "identityNumber" | "name" | "birthDate" | "phone" | "email") => ({
    id,
    lang,
    value: typed[id],
    error: errorOf(errors, id),
  });
  const body = html`${backLink(lang, paths.register)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.formTitle}</h1><p class="govuk-body">${t.formLead}</p>
${props.trouble ? notice({ tone: "warning", body: html`<p>${props.trouble}</p>`, live: true }) : null}
<form method="post" action="${paths.registerForm}" novalidate>${trapField(lang)}
${textField({ ...field("identityNumber"), label: t.identityNumber, hint: t.identityHint, inputMode: "numeric", autocomplete: "off", maxLength: 20, width: 20, required: true })}
${textField({ ...field("name"), label: t.name, hint: t.nameHint, autocomplete: "name", maxLength: 120, spellcheck: false, required: true })}
${dateField({ ...field("birthDate"), label: t.birthDate, hint: t.birthDateHint, autocomplete: "bday", required: true })}
${textField({ ...field("phone"), label: t.phone, hint: t.phoneHint, type: "tel", inputMode: "tel", autocomplete: "tel-national", maxLength: 20, width: 20, required: true })}
${textField({ ...field("email"), label: t.email, hint: t.emailHint, type: "email", inputMode: "email", autocomplete: "email", maxLength: 260, required: false })}
${props.captcha ? captchaField({ lang, captcha: props.captcha, error: errorOf(errors, "captcha"), another: anotherCodePath("register") }) : null}
${checkboxField({ id: "agree", lang, label: t.agree, hint: t.agreeHint, checked: typed.agree, error: errorOf(errors, "agree") })}
<p><a class="govuk-link" href="${paths.terms}" target="_blank" rel="noopener">${t.terms}</a></p>
${button({ label: t.register, once: true })}</form>
<p class="foot-note">${t.haveAccount} <a href="/dang-nhap">${t.signIn}</a></p>`;
  const failed = errors.length > 0;
  return nationalPage({
    lang,
    title: t.formTitle,
    body,
    failed,
    ...(failed || props.trouble ? {} : { path: paths.registerForm }),
  });
}

function errorsOf(props: RegistrationPageProps): PageError[] {
  const t = messages[props.lang];
  return REGISTRATION_FIELDS.flatMap((field) => {
    const fault = props.faults[field];
    return fault ? [{ field, message: faultText(t, fault, props.typed) }] : [];
  });
}

export function faultText(
  t: AccountsMessages,
  fault: RegistrationFault,
  typed: { identityNumber: string; phone: string },
): string {
  const text = t.errors[fault];
  if (typeof text === "string") return text;
  return text((fault === "phone-length" ? typed.phone : typed.identityNumber).replace(/\D/g, "").length);
}
