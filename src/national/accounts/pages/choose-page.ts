import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { statusTag } from "#kit/ui/index.ts";
import { nationalPage } from "#national/portal/index.ts";
import { messages } from "../messages.ts";
import { paths } from "../paths.ts";

/** "Đăng ký": whose account, and how they confirm who they are. What is not open says what it would need. */
export function choosePage(lang: Lang): Html {
  const t = messages[lang];
  const closed = (name: string, text: string, level?: string): Html =>
    html`<li class="choice choice--closed"><div class="choice__name">${name}${statusTag({ tone: "quiet", icon: "clock", label: t.notOpen })}</div><p class="choice__text">${text}</p>${level ? html`<p class="choice__level">${level}</p>` : null}</li>`;
  const body = html`<h1 class="govuk-heading-l">${t.registerTitle}</h1><p class="govuk-body">${t.registerLead}</p>
<nav aria-label="${t.kindsLabel}"><ul class="ways"><li class="ways__item"><a href="#citizen">${t.kinds.citizen}</a></li><li class="ways__item"><a href="#business">${t.kinds.business}</a></li><li class="ways__item"><a href="#agency">${t.kinds.agency}</a></li></ul></nav>
<h2 class="govuk-heading-m" id="citizen">${t.kinds.citizen}</h2><ul class="choices">
<li class="choice"><a class="choice__link" href="${paths.registerForm}">${t.methodMobile}</a><p class="choice__text">${t.methodMobileText}</p><p class="choice__level">${t.ial2}</p></li>
${closed(t.methodPost, t.methodPostText, t.ial3)}${closed(t.methodSignature, t.methodSignatureText, t.ial3)}</ul>
<h2 class="govuk-heading-m" id="business">${t.kinds.business}</h2><ul class="choices">${closed(t.methodSignature, t.businessText, t.ial3)}</ul>
<h2 class="govuk-heading-m" id="agency">${t.kinds.agency}</h2><ul class="choices">${closed(t.kinds.agency, t.agencyText)}</ul>
<p class="foot-note">${t.haveAccount} <a href="/dang-nhap">${t.signIn}</a></p>`;
  return nationalPage({ lang, title: t.registerTitle, body, path: paths.register, width: "wide" });
}

export function termsPage(lang: Lang): Html {
  const t = messages[lang];
  const body = html`<h1 class="govuk-heading-l">${t.termsTitle}</h1>${t.termsParts.map(
    ([title, text]) => html`<h2 class="govuk-heading-m">${title}</h2><p class="govuk-body">${text}</p>`,
  )}`;
  return nationalPage({ lang, title: t.termsTitle, body, path: paths.terms });
}
