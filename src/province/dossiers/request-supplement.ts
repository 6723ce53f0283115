import type { Database } from "#kit/db.ts";
import { type ActInput, dossierToActOn } from "./change-dossier.ts";
import type { Outcome, Stand, SupplementItem } from "./dossier.ts";
import { decide } from "./dossier-lifecycle.ts";
import { checkReason } from "./reason-quality.ts";
import { openSupplement } from "./supplement-store.ts";

export interface RequestSupplement extends ActInput {
  /** general words to the citizen; may be empty when every item has its own reason */
  readonly text: string;
  /** what is opened again; at least one, at most 50 */
  readonly items: readonly SupplementItem[];
}

const ITEMS_MAX = 50;

/**
 * "Yêu cầu bổ sung hồ sơ": opens only the named fields and papers, each with its reason. A reason that explains
 * nothing ("ABC", "KHÔNG HỢP LỆ") is refused: `reason-too-short`; no item at all: `nothing-asked`.
 */
export async function requestSupplement(
  database: Database,
  input: RequestSupplement,
): Promise<Outcome<Stand & { round: number }>> {
  if (input.items.length === 0 || input.items.length > ITEMS_MAX) return { ok: false, reason: "nothing-asked" };
  const general = checkReason(input.text) === null;
  // One good general text may speak for the items; what an item does say must be worth saying.
  const weak = input.items.some((item) => (item.reason.trim() === "" ? !general : checkReason(item.reason) !== null));
  if (weak || (input.text.trim() !== "" && !general)) return { ok: false, reason: "reason-too-short" };
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  const decision = decide(found.dossier, "request-supplement", input.actor.kind);
  if (!decision.ok) return decision;
  return openSupplement(database, {
    tenant: input.tenant,
    dossierId: found.dossier.id,
    from: found.dossier.state,
    version: found.dossier.version,
    resumeState: decision.resumeState,
    actor: input.actor,
    text: input.text.normalize("NFC").trim(),
    items: input.items.map((item) => ({ ...item, reason: item.reason.normalize("NFC").trim() })),
  });
}
