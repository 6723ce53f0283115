import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { type ActInput, dossierToActOn } from "./change-dossier.ts";
import type { Dossier, DueExplanation, Outcome, Stand } from "./dossier.ts";
import { decide } from "./dossier-lifecycle.ts";
import { assignCode } from "./dossier-store.ts";
import { processToBegin } from "./dossier-process.ts";
import { dueTimeOf } from "./due-time.ts";

export interface ReceiveDossier extends ActInput {
  /** words for the history, e.g. what was checked */
  readonly note?: string;
}

/** When a dossier received at an instant is due, and why; null when the procedure gives no rule for its channel. */
export type DueTimeOf = (
  database: Database,
  dossier: Dossier,
  receivedAt: Date,
) => Promise<{ at: Date; explanation: DueExplanation } | null>;

/**
 * Reception (tiếp nhận): gives the official code `<unit>-YYMMDD-NNNN` (TT 01/2018/TT-VPCP Đ19; day of Asia/Ho_Chi_Minh,
 * sequence of the day per unit, no gap, once for ever) and the appointment. The counter's row is locked by the same
 * statement that writes the dossier, so that a refused or broken reception uses no number.
 */
export async function receiveDossier(
  database: Database,
  input: ReceiveDossier,
  deps: { readonly clock?: Clock; readonly dueTimeOf?: DueTimeOf } = {},
): Promise<Outcome<Stand & { code: string; dueAt: Date; receivedAt: Date }>> {
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  const { dossier } = found;
  const decision = decide(dossier, "receive", input.actor.kind);
  if (!decision.ok) return decision;
  const receivedAt = (deps.clock ?? systemClock).now();
  const due = await (deps.dueTimeOf ?? dueTimeOf)(database, dossier, receivedAt);
  if (!due) return { ok: false, reason: "no-rule-for-due-time" };
  const begin = await processToBegin(database, dossier, input.actor, receivedAt);
  const reception = {
    tenant: input.tenant,
    dossierId: dossier.id,
    version: dossier.version,
    actor: input.actor,
    receivedAt,
    dueAt: due.at,
    dueExplanation: due.explanation,
    note: input.note ?? null,
  };
  if (!begin) return assignCode(database, reception);
  // The first steps of the internal procedure are given out by the same commit.
  return database.forTenant(input.tenant).tx(async (db) => {
    const done = await assignCode(db, reception);
    if (done.ok) await begin(db, input.actor);
    return done;
  });
}
