import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, errorSummary, textField } from "#kit/ui/index.ts";
import { nationalPage } from "#national/portal/index.ts";
import { messages } from "../messages.ts";
import type { PasswordFault } from "../password.ts";
import { paths } from "../paths.ts";

export interface PasswordPageProps {
  readonly lang: Lang;
  readonly purpose: "register" | "reset";
  readonly fault?: PasswordFault | undefined;
}

export function passwordPage(props: PasswordPageProps): Html {
  const { lang } = props;
  const t = messages[lang];
  const registers = props.purpose === "register";
  const action = registers ? paths.registerPassword : paths.forgotPassword;
  const title = registers ? t.passwordTitle : t.passwordResetTitle;
  const error = props.fault ? t.passwordErrors[props.fault] : undefined;
  const body = html`${errorSummary(lang, error ? [{ field: "password", message: error }] : [])}<h1 class="govuk-heading-l">${title}</h1><p class="govuk-body">${registers ? t.passwordLead : t.passwordResetLead}</p>
<form method="post" action="${action}" novalidate>${passwordInput({ lang, label: t.passwordLabel, hint: t.passwordHint, error, autocomplete: "new-password" })}
${button({ label: registers ? t.passwordSubmit : t.passwordResetSubmit, once: true })}</form>`;
  return nationalPage({
    lang,
    title,
    body,
    failed: error !== undefined,
    plain: true,
    ...(error ? {} : { path: action }),
  });
}

const words = { vi: { show: "Hiện", hide: "Ẩn" }, en: { show: "Show", hide: "Hide" } } as const;

/** A password field with the button that shows what is typed (with JavaScript). */
export function passwordInput(props: {
  readonly lang: Lang;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly autocomplete: "new-password" | "current-password";
}): Html {
  const field = textField({ id: "password", type: "password", spellcheck: false, required: true, ...props });
  return html`<password-field${attributes({ "data-show": words[props.lang].show, "data-hide": words[props.lang].hide })}>${field}</password-field>`;
}

export function hasAccountPage(lang: Lang): Html {
  const t = messages[lang];
  const body = html`<h1 class="govuk-heading-l">${t.hasAccountTitle}</h1><p class="govuk-body">${t.hasAccountText}</p><div class="govuk-button-group">${button({ label: t.signIn, href: "/dang-nhap" })}<a class="govuk-link" href="${paths.forgot}">${t.forgotLink}</a></div>`;
  return nationalPage({ lang, title: t.hasAccountTitle, body, plain: true });
}
