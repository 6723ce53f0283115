import type { Captcha } from "#kit/captcha.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, button, captchaField, errorOf, errorSummary, notice, textField, trapField } from "#kit/ui/index.ts";
import { nationalPage } from "#national/portal/index.ts";
import { messages } from "../messages.ts";
import { anotherCodePath, paths } from "../paths.ts";
import type { RegistrationFault } from "../registration-form.ts";
import { faultText } from "./registration-page.ts";

export type ForgotFaults = Partial<Record<"identityNumber" | "phone" | "captcha", RegistrationFault>>;

export interface ForgotPageProps {
  readonly lang: Lang;
  readonly typed: { readonly identityNumber: string; readonly phone: string };
  readonly faults: ForgotFaults;
  readonly captcha: Captcha | undefined;
  readonly trouble?: string | undefined;
}

export function forgotPage(props: ForgotPageProps): Html {
  const { lang, typed } = props;
  const t = messages[lang];
  const errors = (["identityNumber", "phone", "captcha"] as const).flatMap((field) => {
    const fault = props.faults[field];
    return fault ? [{ field, message: faultText(t, fault, typed) }] : [];
  });
  const body = html`${backLink(lang, "/dang-nhap")}${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.forgotTitle}</h1><p class="govuk-body">${t.forgotLead}</p>
${props.trouble ? notice({ tone: "warning", body: html`<p>${props.trouble}</p>`, live: true }) : null}
<form method="post" action="${paths.forgot}" novalidate>${trapField(lang)}
${textField({ id: "identityNumber", lang, value: typed.identityNumber, error: errorOf(errors, "identityNumber"), label: t.identityNumber, inputMode: "numeric", autocomplete: "username", maxLength: 20, width: 20, required: true })}
${textField({ id: "phone", lang, value: typed.phone, error: errorOf(errors, "phone"), label: t.phone, type: "tel", inputMode: "tel", autocomplete: "tel-national", maxLength: 20, width: 20, required: true })}
${props.captcha ? captchaField({ lang, captcha: props.captcha, error: errorOf(errors, "captcha"), another: anotherCodePath("forgot") }) : null}
${button({ label: t.forgotSubmit, once: true })}</form>`;
  const failed = errors.length > 0;
  return nationalPage({
    lang,
    title: t.forgotTitle,
    body,
    failed,
    plain: true,
    ...(failed || props.trouble ? {} : { path: paths.forgot }),
  });
}
