import type { Database } from "#kit/db.ts";
import { type ActInput, dossierToActOn } from "./change-dossier.ts";
import type { Outcome, Stand, Substate } from "./dossier.ts";
import { decide } from "./dossier-lifecycle.ts";
import { writeSubstate } from "./substate-store.ts";

export interface SetSubstate extends ActInput {
  /** One that the dossier's procedure has for its state; null: none any more. */
  readonly substate: Substate | null;
  /** "Nội dung xử lý", shown to the citizen; may be empty. */
  readonly text: string;
}

/** Says more precisely where a dossier is within its state; the national list sees the state, the citizen both. */
export async function setSubstate(database: Database, input: SetSubstate): Promise<Outcome<Stand>> {
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  const decision = decide(found.dossier, "set-substate", input.actor.kind);
  if (!decision.ok) return decision;
  const { tenant, dossierId, expectedVersion: version, actor, substate, text } = input;
  return writeSubstate(database, { tenant, dossierId, version, actor, substate, text: text.normalize("NFC").trim() });
}
