/** Draws the page of a dossier, as a GET or as the answer to an action that was refused. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Html } from "#kit/html.ts";
import { sendPage } from "#kit/http/index.ts";
import type { Lang } from "#kit/i18n.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import {
  blockedActs,
  type Dossier,
  findDossier,
  type HistoryEntry,
  listHistorySince,
  type Refusal,
  refusalText,
} from "#province/dossiers/index.ts";
import { besideNav, mayGive, urgencyOf } from "#province/inbox/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { calendarOf } from "#province/tenants/index.ts";
import { deskActions, type PagedAction } from "./desk-actions.ts";
import { loadDeskDossier, uncopied } from "./desk-dossier.ts";
import { loadDeskSteps } from "./desk-steps.ts";
import { clockOf, type HandlingDeps, isHandledInParts, isOpenTo } from "./handling.ts";
import type { Assigning } from "./pages/assign-block.ts";
import { difference, type KeptWords } from "./pages/difference.ts";
import { dossierPage, type DossierPageProps } from "./pages/dossier-page.ts";
import { messages } from "./messages.ts";
import { linkedBlock } from "./linked-block.ts";
import { receiversOf } from "./receivers.ts";

/** What a browser shows by itself. */
const VIEWABLE = /^(image\/(jpeg|png|webp)|application\/pdf)$/;

export type Said = NonNullable<DossierPageProps["said"]>;

export async function showDossier(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  extra: {
    readonly said?: Said | undefined;
    readonly changed?: Html | undefined;
    readonly typedNote?: string | undefined;
    readonly status?: number;
  } = {},
): Promise<FastifyReply> {
  const view = await loadDeskDossier(deps, dossier, request.lang);
  const asked = (request.query as Record<string, unknown>).tep;
  const chosen = isId(asked) ? view.papers.find((paper) => paper.id === asked) : undefined;
  const shown =
    chosen ?? (asked === undefined ? view.papers.find((paper) => VIEWABLE.test(paper.mediaType)) : undefined);
  const { state, dueAt } = dossier;
  const urgency = urgencyOf(
    {
      state,
      filedAt: dossier.linkedOpenedAt ?? dossier.filedAt ?? dossier.createdAt,
      dueAt,
      warnAt: warningOf(dossier),
    },
    calendarOf(deps.tenant),
    clockOf(deps).now(),
  );
  const steps = await loadDeskSteps(deps, officer, dossier.id);
  // Officers of another agency have their step here and nothing else.
  const own = isOpenTo(deps, officer, dossier);
  const running = steps?.steps.state === "running";
  const key = { tenant: deps.tenant.code, dossierId: dossier.id, officerId: officer.id };
  const blocked = new Set<string>(running ? await blockedActs(deps.database, key) : []);
  // A date is put off once.
  if (view.history.some((entry) => entry.action === "reschedule")) blocked.add("reschedule");
  if (!view.procedure?.substates?.some((one) => one.of === state)) blocked.add("set-substate");
  const page = dossierPage({
    shell: deps.shell,
    lang: request.lang,
    viewer: officer,
    view,
    steps,
    actions: own ? deskActions(dossier, officer, { uncopied: uncopied(view.papers) }, blocked) : [],
    urgency,
    assigning: own && !running ? await assigningOf(deps, officer, dossier) : { claim: false, receivers: [] },
    linked: await linkedBlock(deps, officer, dossier, request.lang),
    said: extra.said,
    changed: extra.changed,
    typedNote: extra.typedNote,
    shown,
    unasked: chosen === undefined && shown !== undefined,
    beside: besideNav(request, dossier.id),
  });
  return sendPage(reply, page, extra.status ?? 200);
}

const GIVEN_IN: readonly Dossier["state"][] = ["filed", "received", "processing", "result-ready"];

/** Whether this officer may take the dossier or give it to somebody; while an internal procedure runs, its steps are given. */
async function assigningOf(deps: HandlingDeps, officer: Officer, dossier: Dossier): Promise<Assigning> {
  const may = (action: "claim" | "assign") =>
    mayGive(officer, action) && GIVEN_IN.includes(dossier.state) && !isHandledInParts(dossier);
  return {
    claim: may("claim") && dossier.state === "filed" && dossier.officer === null,
    receivers: may("assign") ? await receiversOf(deps, dossier) : [],
  };
}

/** When a fifth of the working time is left, as it was worked out with the appointment. */
function warningOf({ dueExplanation }: Dossier): Date | null {
  const seconds = dueExplanation?.warnings?.fifth;
  return seconds === undefined ? null : new Date(seconds * 1000);
}

/** An act that was refused: why, from which version, and what was typed for it. */
export interface RefusedAct {
  readonly dossier: Dossier;
  readonly reason: Refusal;
  /** The version that the officer looked at. */
  readonly seen?: number;
  readonly typedNote?: string | undefined;
}

/**
 * The newest state of the dossier, why nothing was changed, what others did since the officer opened the page, and what was
 * typed.
 */
export async function showRefusal(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: RefusedAct & { readonly kept?: readonly KeptWords[] },
): Promise<FastifyReply> {
  const { lang } = request;
  const { newest, changes } = await differenceOf(deps, refused);
  const said: Said = { tone: "danger", text: refusalText(refused.reason, lang) };
  const { typedNote } = refused;
  // A note that can no longer be saved has no field on the page: what was typed stands there to copy.
  const isOver = !deskActions(newest, officer, { uncopied: 0 }).includes("note");
  const kept = refused.kept ?? (isOver && typedNote ? [{ label: messages[lang].note, text: typedNote }] : undefined);
  const isStale = refused.seen !== undefined && newest.version !== refused.seen;
  const changed =
    isStale || kept ? difference({ lang, newest, changes, typedNote, ...(kept ? { kept } : {}) }) : undefined;
  return showDossier(deps, officer, request, reply, newest, { said, changed, typedNote, status: 409 });
}

/**
 * The same for an act with a page of its own: its form again with everything typed, as long as the act can still be done;
 * else the dossier's page with the words to copy.
 */
export async function showFormAgain(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: RefusedAct & {
    readonly action: PagedAction;
    /** The field at which the refusal is said. */
    readonly field: string;
    readonly kept: readonly KeptWords[];
    readonly form: (newest: Dossier, errors: readonly PageError[], changed: Html | undefined) => Html | Promise<Html>;
  },
): Promise<FastifyReply> {
  const { lang } = request;
  const { newest, changes } = await differenceOf(deps, refused);
  if (!deskActions(newest, officer, { uncopied: 0 }).includes(refused.action))
    return showRefusal(deps, officer, request, reply, refused);
  const errors = [{ field: refused.field, message: refusalText(refused.reason, lang) }];
  const changed = newest.version === refused.seen ? undefined : difference({ lang, newest, changes });
  return sendPage(reply, await refused.form(newest, errors, changed), 409);
}

/** For a form that stays where it is: what others did since the page of this version was opened; undefined for nothing. */
export async function changedFor(
  deps: HandlingDeps,
  lang: Lang,
  refused: { readonly dossier: Dossier; readonly seen: number },
): Promise<Html | undefined> {
  const { newest, changes } = await differenceOf(deps, refused);
  return newest.version === refused.seen ? undefined : difference({ lang, newest, changes });
}

async function differenceOf(
  deps: HandlingDeps,
  { dossier, seen = -1 }: Pick<RefusedAct, "dossier" | "seen">,
): Promise<{ readonly newest: Dossier; readonly changes: readonly HistoryEntry[] }> {
  const key = { tenant: deps.tenant.code, dossierId: dossier.id };
  const [newest, changes] = await Promise.all([
    findDossier(deps.database, key),
    listHistorySince(deps.database, { ...key, version: seen }),
  ]);
  return { newest: newest ?? dossier, changes: seen < 0 ? [] : changes };
}

const FLASH = "handling-said";

/** Said once on the dossier's page after the redirect: on that dossier's, whatever else is open beside it. */
export function sayNext(request: FastifyRequest, said: Said): void {
  request.session.set(FLASH, { ...said, of: dossierIn(request) });
}

export function takeSaid(request: FastifyRequest): Said | undefined {
  const kept = request.session.get<Said & { readonly of?: string }>(FLASH);
  return kept && kept.of === dossierIn(request) ? request.session.take<Said>(FLASH) : undefined;
}

function dossierIn(request: FastifyRequest): string | undefined {
  return (request.params as { id?: string }).id;
}
