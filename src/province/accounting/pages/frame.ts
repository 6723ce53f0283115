import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { errorSummary, notice, type PageError } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { messages } from "../messages.ts";

export interface Framed {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly said?: string | undefined;
}

const PAGES = [
  ["day", "/ke-toan"],
  ["waiting", "/ke-toan/cho-xu-ly"],
  ["cash", "/ke-toan/tien-mat"],
  ["statement", "/ke-toan/sao-ke"],
  ["post", "/ke-toan/buu-chinh"],
  ["receipts", "/ke-toan/bien-lai"],
  ["ledger", "/ke-toan/so-cai"],
] as const;

export type AccountingPage = (typeof PAGES)[number][0];

/** The accountant's pages: one title, the four places, what was just done. */
export function accountingFrame(
  { shell, lang, viewer, said }: Framed,
  page: {
    readonly current: AccountingPage;
    readonly title: string;
    readonly body: Html;
    readonly errors?: readonly PageError[];
    readonly path?: string;
  },
): Html {
  const t = messages[lang];
  const errors = page.errors ?? [];
  // Whoever takes cash has a till and no accounts.
  const pages = PAGES.filter(([name]) => viewer.role !== "one-stop" || name === "cash");
  const navigation = html`<nav class="accounts-nav" aria-label="${t.nav}"><ul>${pages.map(([name, href]) => html`<li><a class="govuk-link" href="${href}"${name === page.current ? html` aria-current="page"` : null}>${t.pages[name]}</a></li>`)}</ul></nav>`;
  return shell({
    lang,
    title: page.title,
    viewer,
    width: "wide",
    failed: errors.length > 0,
    ...(page.path ? { path: page.path } : {}),
    body: html`${errorSummary(lang, errors)}${said ? notice({ tone: "success", live: true, body: html`<p>${said}</p>` }) : null}
${pages.length > 1 ? navigation : null}
<h1 class="govuk-heading-l desk-title">${page.title}</h1>${page.body}`,
  });
}
