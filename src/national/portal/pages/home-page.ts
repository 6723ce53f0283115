import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, selectField, textField } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import { nationalPage, type Viewer } from "../national-page.ts";

export interface HomeProps {
  readonly lang: Lang;
  readonly viewer: Viewer | undefined;
  readonly provinces: readonly { readonly code: string; readonly name: string; readonly portal: string }[];
}

export function homePage(props: HomeProps): Html {
  const { lang, provinces } = props;
  const t = messages[lang];
  const cards = [
    ...(props.viewer
      ? []
      : [
          { href: "/dang-ky", label: t.register, text: t.registerText },
          { href: "/dang-nhap", label: t.signIn, text: t.signInText },
        ]),
    { href: "/dich-vu-cong-cua-toi", label: t.services, text: t.servicesText },
  ];
  const body = html`<h1 class="govuk-heading-l">${t.owner}</h1><p class="govuk-body-l">${t.homeLead}</p>
<section class="panel-box home-search" aria-labelledby="search-title"><h2 class="govuk-heading-m" id="search-title">${t.searchTitle}</h2><form method="get" action="/tim-kiem" role="search">
${textField({ id: "q", lang, label: t.searchLabel, hint: t.searchHint, type: "search", autocomplete: "off", maxLength: 200 })}
${selectField({ id: "tinh", lang, label: t.searchWhere, placeholder: t.searchEverywhere, options: provinces.map((p) => ({ value: p.code, label: p.name })) })}
${button({ label: t.searchButton })}</form></section>
<section aria-labelledby="paths-title"><h2 class="govuk-heading-m" id="paths-title">${t.pathsTitle}</h2><ul class="choices">${cards.map(
    (card) =>
      html`<li class="choice"><a class="choice__link" href="${card.href}">${card.label}</a><p class="choice__text">${card.text}</p></li>`,
  )}</ul></section>
<section aria-labelledby="provinces-title"><h2 class="govuk-heading-m" id="provinces-title">${t.provincesTitle}</h2><p class="govuk-body">${t.provincesText}</p><ul class="choices">${provinces.map(
    (p) => html`<li class="choice"><a class="choice__link" href="${p.portal}">${t.provincePortal(p.name)}</a></li>`,
  )}</ul></section>`;
  return nationalPage({
    lang,
    title: t.home,
    body,
    viewer: props.viewer,
    path: "/",
    current: "home",
    width: "wide",
    description: t.homeLead,
  });
}
