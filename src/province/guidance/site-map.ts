import { escapeHtml } from "#kit/html.ts";
import { withLang } from "#kit/ui/index.ts";

/** The site map (sitemaps.org 0.9) of these paths, each with its other language. At most 50,000 addresses. */
export function siteMap(origin: string, paths: readonly string[]): string {
  const entry = (path: string) => {
    const address = escapeHtml(`${origin}${path}`);
    const english = escapeHtml(`${origin}${withLang(path, "en")}`);
    return `<url><loc>${address}</loc><xhtml:link rel="alternate" hreflang="vi" href="${address}"/><xhtml:link rel="alternate" hreflang="en" href="${english}"/></url>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${paths.slice(0, 50_000).map(entry).join("\n")}\n</urlset>\n`;
}
