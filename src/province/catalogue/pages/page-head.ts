/** What other programs read of a page: its one address, the preview that Zalo and Facebook show, structured data. */
import { html, type Html, unescapedHtml } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { assetPath } from "#kit/ui/index.ts";

export type PageHeadProps = {
  readonly lang: Lang;
  readonly origin: string;
  /** Path of the page without the language. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly siteName: string;
  /** A schema.org thing; a data block, which no browser runs. */
  readonly thing?: Readonly<Record<string, unknown>>;
};

export function pageHead(props: PageHeadProps): Html {
  const address = `${props.origin}${props.path}`;
  return html`<link rel="canonical" href="${address}">
<meta property="og:type" content="website"><meta property="og:locale" content="${props.lang === "vi" ? "vi_VN" : "en_GB"}"><meta property="og:site_name" content="${props.siteName}"><meta property="og:title" content="${props.title}"><meta property="og:description" content="${props.description}"><meta property="og:url" content="${address}"><meta property="og:image" content="${props.origin}${assetPath("share.png")}"><meta property="og:image:width" content="1200"><meta property="og:image:height" content="630"><meta name="twitter:card" content="summary_large_image">${props.thing ? dataBlock(props.thing) : null}`;
}

/** "<" is written as an escape, so that no text of the data can end the block. */
function dataBlock(thing: Readonly<Record<string, unknown>>): Html {
  const text = JSON.stringify({ "@context": "https://schema.org", ...thing }).replaceAll("<", "\\u003c");
  return unescapedHtml(`<script type="application/ld+json">${text}</script>`);
}
