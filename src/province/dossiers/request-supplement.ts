import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { getProcedureVersion } from "#province/catalogue/index.ts";
import { type SupplementTerm, supplementTerm } from "#province/procedure/index.ts";
import { calendarOf, findTenant } from "#province/tenants/index.ts";
import { type ActInput, dossierToActOn } from "./change-dossier.ts";
import type { Dossier, Outcome, Stand, SupplementItem } from "./dossier.ts";
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
  clock: Clock = systemClock,
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
    terms: await termOf(database, found.dossier, clock.now()),
  });
}

/** How long the citizen has, by the province's rule and the procedure's own, in the version the dossier was filed under. */
export async function termOf(
  database: Database,
  { tenant, procedure }: Pick<Dossier, "tenant" | "procedure">,
  at: Date,
): Promise<SupplementTerm> {
  const owner = findTenant(tenant);
  const definition = await getProcedureVersion(database.forTenant(tenant), procedure.code, procedure.version);
  return supplementTerm(owner.supplements, definition?.supplement, calendarOf(owner), at);
}
