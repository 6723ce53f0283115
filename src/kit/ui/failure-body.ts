import type { FailureView } from "../http/index.ts";
import { html, type Html } from "../html.ts";

const words = {
  vi: { reference: "Mã tham chiếu", home: "Về trang chủ" },
  en: { reference: "Reference", home: "Home page" },
} as const;

/** Body of a failure page: what happened, what to try, the reference to give to the support line. */
export function failureBody(view: FailureView): Html {
  const t = words[view.lang];
  return html`<h1 class="govuk-heading-l">${view.title}</h1><p class="govuk-body">${view.explanation}</p><p class="govuk-body muted">${t.reference}: <strong>${view.reference}</strong></p><p><a class="govuk-button" href="/">${t.home}</a></p>`;
}
