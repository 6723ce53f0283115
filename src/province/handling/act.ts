/** The path of every action of the desk: who, which dossier, which version was seen, the note typed beside it. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { formText, formValues, type FormValues, seeOther } from "#kit/http/index.ts";
import { type ActInput, type Dossier, findDossier, type Refusal, saveOfficerNote } from "#province/dossiers/index.ts";
import { type DeskAction, forOfficer, mayDo, type Officer } from "#province/officers/index.ts";
import { actorOf, dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
import { type Said, sayNext, showRefusal } from "./show-dossier.ts";

export interface Acting {
  readonly officer: Officer;
  readonly dossier: Dossier;
  readonly input: ActInput;
  readonly form: FormValues;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What an action did: said on the dossier's page, or why it was refused. */
export type Did = { readonly ok: true; readonly said: Said } | { readonly ok: false; readonly reason: Refusal };

/**
 * A click on the action bar: saves the note when it was changed, does the action, goes back to the dossier's page. A
 * refusal (two officers at once, a step that is over) shows the newest state with what was typed, and changes nothing.
 */
export function onClick(deps: HandlingDeps, action: DeskAction, work: (acting: Acting) => Promise<Did>) {
  return forOfficer(deps.officerOf, async (officer, request, reply) => {
    requireRole(officer, action);
    const dossier = await dossierOf(deps, officer, request);
    const form = formValues(request);
    const typedNote = formText(form, "note");
    const noted = await saveTypedNote(deps, officer, dossier, form);
    const seen = versionOf(form);
    if (!noted.ok)
      return showRefusal(deps, officer, request, reply, { dossier, reason: noted.reason, seen, typedNote });
    const did = await work({ officer, dossier, input: noted.input, form, request, reply });
    if (!did.ok)
      return showRefusal(deps, officer, request, reply, {
        dossier,
        reason: did.reason,
        // The note was this officer's own change.
        seen: noted.input.expectedVersion,
        typedNote,
      });
    sayNext(request, did.said);
    return seeOther(reply, `/ho-so/${dossier.id}`);
  });
}

/** Keeps a changed note before anything else happens, so that nothing typed is lost on the way to another page. */
export async function saveTypedNote(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
  form: FormValues,
): Promise<{ readonly ok: true; readonly input: ActInput } | { readonly ok: false; readonly reason: Refusal }> {
  const input = inputOf(deps, officer, dossier, form);
  const note = formText(form, "note");
  const changed = form.note !== undefined && note !== (dossier.note ?? "");
  if (!changed || !mayDo(officer, "note")) return { ok: true, input };
  const saved = await saveOfficerNote(deps.database, { ...input, note });
  return saved.ok ? { ok: true, input: { ...input, expectedVersion: saved.version } } : saved;
}

export function inputOf(deps: HandlingDeps, officer: Officer, dossier: Dossier, form: FormValues): ActInput {
  return {
    tenant: deps.tenant.code,
    dossierId: dossier.id,
    expectedVersion: versionOf(form),
    actor: actorOf(officer),
  };
}

/** The version that the officer looked at. A form without one was made up: -1 never is one, so it ends as a conflict. */
export function versionOf(form: FormValues): number {
  const version = formText(form, "version");
  return /^\d{1,9}$/.test(version) ? Number(version) : -1;
}

/** The dossier as it stands after an action, for what follows it (slips, messages). */
export async function reread(deps: HandlingDeps, dossier: Dossier): Promise<Dossier> {
  return (await findDossier(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id })) ?? dossier;
}
