import { attributes, html, type Html } from "../html.ts";
import type { Lang } from "../i18n.ts";
import { assetPath } from "./assets.ts";
import { icon, mark } from "./icon.ts";

/** Whose site it is. */
export interface Brand {
  /** "Cổng Dịch vụ công tỉnh Tây Ninh" */
  readonly owner: string;
  readonly tagline?: string;
  readonly home: string;
  readonly system: "national" | "portal" | "desk" | "sandbox" | "start";
  /** Lines of the footer: hotline, contacts. */
  readonly contacts?: readonly string[];
}

export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly current?: boolean;
}

export interface ShellProps {
  readonly lang: Lang;
  readonly title: string;
  readonly description?: string;
  readonly brand: Brand;
  readonly nav?: readonly NavItem[];
  /** Right side of the header: account, sign-in, sign-out. */
  readonly tools?: Html;
  /** Address of this page without the language, for the language switch. Pages after a POST leave it out. */
  readonly path?: string;
  readonly width?: "narrow" | "wide" | "full";
  readonly body: Html;
  /** The page has errors: said first in the title, so that a screen reader says it first. */
  readonly failed?: boolean;
  readonly noIndex?: boolean;
  /** More of the document's head: canonical address, preview for Zalo and Facebook, structured data. */
  readonly head?: Html | undefined;
  readonly footLinks?: readonly NavItem[];
  /** Reloads by itself after so many seconds: pages that wait, when there is no JavaScript. */
  readonly refreshSeconds?: number;
}

const words = {
  vi: {
    skip: "Bỏ qua đến nội dung chính",
    error: "Lỗi: ",
    language: "English",
    main: "Mục chính",
    menu: "Danh mục",
    band: "MÔI TRƯỜNG THỬ",
    source: "Mã nguồn mở: motcua, giấy phép Apache-2.0",
    tools: "Tài khoản và ngôn ngữ",
  },
  en: {
    skip: "Skip to main content",
    error: "Error: ",
    language: "Tiếng Việt",
    main: "Main",
    menu: "Menu",
    band: "TEST ENVIRONMENT",
    source: "Open source: motcua, Apache-2.0 licence",
    tools: "Account and language",
  },
} as const;

/** The whole document around a page's body. */
export function pageShell(props: ShellProps): Html {
  const t = words[props.lang];
  const { brand } = props;
  const width = props.width === "full" ? "frame frame--full" : "frame";
  const main = props.width === "narrow" ? "frame frame--narrow" : width;
  const other = props.lang === "vi" ? "en" : "vi";
  return html`<!DOCTYPE html>
<html lang="${props.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${props.failed ? t.error : ""}${props.title} – ${brand.owner}</title>
${props.description ? html`<meta name="description" content="${props.description}">` : null}
${props.noIndex ? html`<meta name="robots" content="noindex">` : null}
${props.head ?? null}
${props.refreshSeconds ? html`<noscript><meta http-equiv="refresh" content="${props.refreshSeconds}"></noscript>` : null}
${[
  "be-vietnam-pro-latin-400-normal.woff2",
  "be-vietnam-pro-vietnamese-400-normal.woff2",
  "be-vietnam-pro-latin-700-normal.woff2",
  "be-vietnam-pro-vietnamese-700-normal.woff2",
].map(
  (font) => html`<link rel="preload" as="font" type="font/woff2" crossorigin="anonymous" href="${assetPath(font)}">`,
)}
<link rel="stylesheet" href="${assetPath("app.css")}">
<link rel="stylesheet" href="/theme.css">
<link rel="icon" type="image/svg+xml" href="${assetPath("mark.svg")}">
<script src="${assetPath("app.js")}" defer blocking="render"></script>
</head>
<body class="page page--${brand.system}">
<a class="govuk-skip-link" href="#main">${t.skip}</a>
${brand.system === "sandbox" ? html`<div class="sandbox-band" role="region" aria-label="${t.band}">${t.band}</div>` : null}
<header class="masthead">
<div class="${width} masthead__row">
<a class="masthead__brand" href="${brand.home}">${mark()}<span><span class="masthead__owner">${brand.owner}</span>${brand.tagline ? html`<span class="masthead__tagline">${brand.tagline}</span>` : null}</span></a>
<div class="masthead__tools" role="group" aria-label="${t.tools}">${props.tools ?? null}${props.path ? html`<a href="${withLang(props.path, other)}" lang="${other}" hreflang="${other}">${t.language}</a>` : null}</div>
</div>
</header>
${props.nav && props.nav.length > 0 ? navigation(props.nav, width, t) : null}
<main class="main ${main}${brand.system === "desk" ? " main--desk" : ""}" id="main" tabindex="-1">${props.body}</main>
<footer class="foot"><div class="${width} foot__inner">
${(brand.contacts ?? []).map((line) => html`<p>${line}</p>`)}
${props.footLinks && props.footLinks.length > 0 ? html`<ul class="foot__links">${props.footLinks.map((link) => html`<li><a href="${link.href}">${link.label}</a></li>`)}</ul>` : null}
<p class="muted">${t.source}</p>
</div></footer>
</body>
</html>`;
}

/** On a phone more than two places would take half the screen: they fold into one line that says where one is. */
const PLACES_IN_A_ROW = 2;

function navigation(
  items: readonly NavItem[],
  width: string,
  t: { readonly main: string; readonly menu: string },
): Html {
  const list = html`<ul class="nav__list">${items.map(
    (item) =>
      html`<li><a class="nav__link" href="${item.href}"${attributes({ "aria-current": item.current ? "page" : undefined })}>${item.label}</a></li>`,
  )}</ul>`;
  const here = items.find((item) => item.current)?.label;
  const folded = html`<details class="nav__menu"><summary class="nav__summary">${icon("menu")}<span>${t.menu}</span>${here ? html`<span class="nav__here">${here}</span>` : null}</summary>${list}</details>`;
  return html`<nav class="nav" aria-label="${t.main}"><div class="${width}">${items.length > PLACES_IN_A_ROW ? folded : list}</div></nav>`;
}

/** The same address in another language. */
export function withLang(path: string, lang: Lang): string {
  const [before = "/", query = ""] = path.split("?");
  const parameters = new URLSearchParams(query);
  parameters.set("lang", lang);
  return `${before}?${parameters.toString()}`;
}

/** A sign-out or other small action in the header: a form, because it changes something. */
export function headerAction(action: string, label: string): Html {
  return html`<form method="post" action="${action}"><button class="link-button" type="submit">${label}</button></form>`;
}
