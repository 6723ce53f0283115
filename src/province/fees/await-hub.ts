import { askHub } from "./ask-hub.ts";
import type { Fees } from "./fee.ts";
import { findRequestByReference } from "./fee-store.ts";
import { listTransactionsOfDossier } from "./fee-view.ts";

const LOOKS_MAX = 3;
const BETWEEN_MS = 700;

export interface BackFromHub {
  readonly dossierId: string;
  readonly outcome: "paid" | "verifying" | "failed" | "unpaid";
}

/**
 * The citizen's browser is back from the hub with the request's reference. Asks the hub and waits a little for what is
 * on its way. `failed` and `unpaid` are news for the page only; the request stays open, the citizen may pay again.
 * undefined: no such reference.
 */
export async function awaitHub(fees: Fees, reference: string): Promise<BackFromHub | undefined> {
  const db = fees.database.forTenant(fees.tenant);
  let request = /^[0-9A-Za-z]{5,64}$/.test(reference) ? await findRequestByReference(db, reference) : undefined;
  if (!request) return undefined;
  for (let look = 0; request.state !== "paid" && look < LOOKS_MAX; look += 1) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    request = (await askHub(fees, request)) ?? request;
    // Nothing is under way at the hub: waiting would bring nothing.
    if (request.state !== "verifying") break;
  }
  const { dossierId, state } = request;
  if (state === "paid" || state === "verifying") return { dossierId, outcome: state };
  const last = (await listTransactionsOfDossier(db, dossierId)).at(-1);
  return { dossierId, outcome: last?.state === "failed" ? "failed" : "unpaid" };
}
