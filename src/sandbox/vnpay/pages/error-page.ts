import { html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { notice } from "#kit/ui/index.ts";
import type { SandboxShell } from "../../shell/index.ts";
import { messages } from "../../words/index.ts";
import { ERROR_PAGE_TEXTS } from "../vnpay-codes.ts";

/** VNPAY's error page: the order never came to be, so there is no address to go back to. */
export function errorPage(props: { readonly shell: SandboxShell; readonly lang: Lang; readonly code: string }): Html {
  const t = messages[props.lang];
  const text = ERROR_PAGE_TEXTS[props.code];
  return props.shell({
    lang: props.lang,
    title: t.vnpayErrorTitle,
    of: "VNPAY",
    width: "narrow",
    failed: true,
    body: html`<h1 class="govuk-heading-l">${t.vnpayErrorTitle}</h1>
${notice({ tone: "danger", ...(text ? { title: pick(text, props.lang) } : {}), body: html`<p>${t.errorCode}: ${props.code}</p>` })}
<p class="govuk-body">${t.vnpayErrorLead}</p>`,
  });
}
