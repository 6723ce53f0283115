import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, statusTag } from "#kit/ui/index.ts";
import { type PortalFrame, portalPage } from "./layout.ts";
import { type SignInFailure, signInMessages } from "./sign-in-messages.ts";

/** "Đăng nhập" of a province: with which account. */
export function signInPage(frame: PortalFrame, props: { readonly lang: Lang; readonly path: string }): Html {
  const t = signInMessages[props.lang];
  const local = frame.tenant.localAccounts
    ? html`<li class="choice choice--closed"><div class="choice__name">${t.local}${statusTag({ tone: "quiet", icon: "clock", label: t.notOpen })}</div><p class="choice__text">${t.localText}</p></li>`
    : null;
  const body = html`<h1 class="govuk-heading-l">${t.title}</h1><p class="govuk-body">${t.lead}</p>
<ul class="choices"><li class="choice"><a class="choice__link" href="/dang-nhap/dvcqg">${t.national}</a><p class="choice__text">${t.nationalText}</p></li>${local}</ul>
<p class="foot-note">${t.noAccount} <a href="${frame.national}/dang-ky">${t.register}</a></p>`;
  return portalPage(frame, { lang: props.lang, title: t.title, body, path: props.path, noIndex: true });
}

/** A sign-in that did not come to an end: why, and the way to try again. */
export function signInFailedPage(
  frame: PortalFrame,
  props: { readonly lang: Lang; readonly failure: SignInFailure; readonly reference: string },
): Html {
  const t = signInMessages[props.lang];
  const body = html`<h1 class="govuk-heading-l">${t.failedTitle}</h1><p class="govuk-body">${t.failed[props.failure]}</p><p class="govuk-body muted">${t.reference}: <strong>${props.reference}</strong></p>
<div class="govuk-button-group">${button({ label: t.again, href: "/dang-nhap" })}<a class="govuk-link" href="/">${t.home}</a></div>`;
  return portalPage(frame, { lang: props.lang, title: t.failedTitle, body, noIndex: true });
}
