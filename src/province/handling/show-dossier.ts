/** Draws the page of a dossier, as a GET or as the answer to an action that was refused. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { isId } from "#kit/ids.ts";
import { sendPage } from "#kit/http/index.ts";
import { type Dossier, findDossier, type Refusal, refusalText } from "#province/dossiers/index.ts";
import { besideNav, urgencyOf } from "#province/inbox/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { calendarOf } from "#province/tenants/index.ts";
import { deskActions } from "./desk-actions.ts";
import { loadDeskDossier, uncopied } from "./desk-dossier.ts";
import { clockOf, type HandlingDeps } from "./handling.ts";
import { dossierPage, type DossierPageProps } from "./pages/dossier-page.ts";

/** What a browser shows by itself. */
const VIEWABLE = /^(image\/(jpeg|png|webp)|application\/pdf)$/;

export type Said = NonNullable<DossierPageProps["said"]>;

export async function showDossier(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  extra: { readonly said?: Said | undefined; readonly typedNote?: string | undefined; readonly status?: number } = {},
): Promise<FastifyReply> {
  const view = await loadDeskDossier(deps, dossier, request.lang);
  const asked = (request.query as Record<string, unknown>).tep;
  const chosen = isId(asked) ? view.papers.find((paper) => paper.id === asked) : undefined;
  const shown =
    chosen ?? (asked === undefined ? view.papers.find((paper) => VIEWABLE.test(paper.mediaType)) : undefined);
  const { state, dueAt } = dossier;
  const urgency = urgencyOf(
    { state, filedAt: dossier.filedAt ?? dossier.createdAt, dueAt, warnAt: warningOf(dossier) },
    calendarOf(deps.tenant),
    clockOf(deps).now(),
  );
  const page = dossierPage({
    shell: deps.shell,
    lang: request.lang,
    viewer: officer,
    view,
    actions: deskActions(dossier, officer, { uncopied: uncopied(view.papers) }),
    urgency,
    said: extra.said,
    typedNote: extra.typedNote,
    shown,
    unasked: chosen === undefined && shown !== undefined,
    beside: besideNav(request, dossier.id),
  });
  return sendPage(reply, page, extra.status ?? 200);
}

/** When a fifth of the working time is left, as it was worked out with the appointment. */
function warningOf({ dueExplanation }: Dossier): Date | null {
  const seconds = dueExplanation?.warnings?.fifth;
  return seconds === undefined ? null : new Date(seconds * 1000);
}

/** An action that was refused: the newest state of the dossier, why, and the note as typed. Nothing was changed. */
export async function showRefusal(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: { readonly dossier: Dossier; readonly reason: Refusal; readonly typedNote?: string | undefined },
): Promise<FastifyReply> {
  const key = { tenant: deps.tenant.code, dossierId: refused.dossier.id };
  const newest = (await findDossier(deps.database, key)) ?? refused.dossier;
  const said: Said = { tone: "danger", text: refusalText(refused.reason, request.lang) };
  return showDossier(deps, officer, request, reply, newest, { said, typedNote: refused.typedNote, status: 409 });
}

const FLASH = "handling-said";

/** Said once on the dossier's page after the redirect. */
export function sayNext(request: FastifyRequest, said: Said): void {
  request.session.set(FLASH, said);
}

export function takeSaid(request: FastifyRequest): Said | undefined {
  return request.session.take<Said>(FLASH);
}
