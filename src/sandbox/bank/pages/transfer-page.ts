import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, errorSummary, textField } from "#kit/ui/index.ts";
import type { SandboxShell } from "../../shell/index.ts";
import { messages } from "../../words/index.ts";

/** The payer's bank app: account, amount and content, each to be changed at will. */
export function transferPage(props: {
  readonly shell: SandboxShell;
  readonly lang: Lang;
  readonly typed: Readonly<Partial<Record<"tai-khoan" | "so-tien" | "noi-dung", string>>>;
  readonly wrong?: string;
}): Html {
  const { lang, typed, wrong } = props;
  const t = messages[lang];
  const reasons: Readonly<Record<string, string>> = {
    "tai-khoan": t.bankWrongAccount,
    "so-tien": t.bankWrongAmount,
    "noi-dung": t.bankWrongContent,
  };
  const errors = wrong ? [{ field: wrong, message: reasons[wrong] ?? t.wrongField }] : [];
  const error = (field: string) => errors.find((one) => one.field === field)?.message;
  return props.shell({
    lang,
    title: t.bankTitle,
    of: t.navBank,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.bankTitle}</h1><p class="govuk-body">${t.bankLead}</p>
<form method="post" action="/bank/chuyen-khoan" novalidate>
${textField({ id: "tai-khoan", lang, label: t.bankAccount, required: true, inputMode: "numeric", width: 20, autocomplete: "off", value: typed["tai-khoan"] ?? "", error: error("tai-khoan") })}
${textField({ id: "so-tien", lang, label: t.bankAmount, required: true, inputMode: "numeric", width: 10, autocomplete: "off", value: typed["so-tien"] ?? "", error: error("so-tien") })}
${textField({ id: "noi-dung", lang, label: t.bankContent, required: true, autocomplete: "off", value: typed["noi-dung"] ?? "", error: error("noi-dung") })}
${button({ label: t.bankSend, once: true })}
</form>`,
  });
}
