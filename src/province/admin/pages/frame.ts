import type { FastifyRequest } from "fastify";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { errorSummary, notice, type PageError } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { messages } from "../messages.ts";
import { type AdminPlace, PLACES } from "../places.ts";

/** What every page under `/quan-tri` is drawn with. */
export interface AdminFramed {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  /** What has just been done; shown once. */
  readonly said?: string | undefined;
}

const SAID = "admin-said";

/** The frame's props of one request: language, who looks, and what was done by the request before. */
export function adminFramed(shell: DeskShell, viewer: DeskViewer, request: FastifyRequest): AdminFramed {
  const said = request.session.take<string>(SAID);
  return { shell, lang: request.lang, viewer, ...(said ? { said } : {}) };
}

/** Says this on the next page under `/quan-tri`: for the redirect after a POST. */
export function sayNext(request: FastifyRequest, text: string): void {
  request.session.set(SAID, text);
}

/** The administrator's pages: navigation, errors or what was just done, one title. */
export function adminFrame(
  { shell, lang, viewer, said }: AdminFramed,
  page: {
    /** Undefined on the landing page. */
    readonly current?: AdminPlace;
    readonly title: string;
    readonly body: Html;
    readonly errors?: readonly PageError[];
    /** Address for the language switch; pages after a POST leave it out. */
    readonly path?: string;
    readonly width?: "narrow" | "wide" | "full";
  },
): Html {
  const errors = page.errors ?? [];
  return shell({
    lang,
    title: page.title,
    viewer,
    width: page.width ?? "wide",
    failed: errors.length > 0,
    ...(page.path ? { path: page.path } : {}),
    body: html`${errorSummary(lang, errors)}${said ? notice({ tone: "success", live: true, body: html`<p>${said}</p>` }) : null}
<nav class="admin-nav" aria-label="${messages[lang].nav}"><ul>${PLACES.map(({ name, href, title }) => html`<li><a class="govuk-link" href="${href}"${name === page.current ? html` aria-current="page"` : null}>${title[lang]}</a></li>`)}</ul></nav>
<h1 class="govuk-heading-l desk-title">${page.title}</h1>${page.body}`,
  });
}
