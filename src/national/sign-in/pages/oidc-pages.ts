import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, hiddenField } from "#kit/ui/index.ts";
import { nationalPage } from "#national/portal/index.ts";
import { messages } from "../messages.ts";

const EXPIRED = new Set(["session_not_found", "SessionNotFound", "access_denied", "expired_token"]);
const CLIENT = new Set(["invalid_client", "invalid_redirect_uri", "unauthorized_client"]);

/** A sign-in request that was refused and may not be sent back (RFC 6749 §4.1.2.1): said here, to the person. */
export function oidcErrorPage(lang: Lang, code: string): Html {
  const t = messages[lang];
  const text = CLIENT.has(code) ? t.oidcErrors.client : EXPIRED.has(code) ? t.oidcErrors.expired : t.oidcErrors.other;
  const body = html`<h1 class="govuk-heading-l">${t.oidcErrorTitle}</h1><p class="govuk-body">${text}</p><p class="govuk-body muted">${t.errorCode}: <code>${code}</code></p><p>${button({ label: t.home, href: "/" })}</p>`;
  return nationalPage({ lang, title: t.oidcErrorTitle, body, plain: true });
}

/** After leaving a province's portal: whether to leave this one too (OpenID Connect RP-Initiated Logout 1.0 §2). */
export function logoutPage(lang: Lang, form: { readonly action: string; readonly secret: string }): Html {
  const t = messages[lang];
  const body = html`<h1 class="govuk-heading-l">${t.logoutTitle}</h1><p class="govuk-body">${t.logoutAsk}</p><p class="govuk-body">${t.logoutAskShared}</p>
<form method="post" action="${form.action}">${hiddenField("xsrf", form.secret)}<div class="govuk-button-group">${button({ label: t.logoutYes, name: "logout", value: "yes" })}${button({ label: t.logoutNo, kind: "secondary" })}</div></form>`;
  return nationalPage({ lang, title: t.logoutTitle, body, plain: true });
}

export function logoutDonePage(lang: Lang): Html {
  const t = messages[lang];
  const body = html`<h1 class="govuk-heading-l">${t.logoutTitle}</h1><p class="govuk-body">${t.logoutDone}</p><p>${button({ label: t.home, href: "/" })}</p>`;
  return nationalPage({ lang, title: t.logoutTitle, body, plain: true });
}
