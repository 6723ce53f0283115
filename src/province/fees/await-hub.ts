import { askHub } from "./ask-hub.ts";
import type { Fees, PaymentRequest } from "./fee.ts";
import { findRequest } from "./fee-store.ts";
import { listTransactionsOfDossier } from "./fee-view.ts";

const LOOKS_MAX = 3;
const BETWEEN_MS = 700;

/**
 * The citizen's browser is back from the hub. Asks the hub and waits a little for what is on its way. `failed` and
 * `unpaid` are news for the page only; the request stays open, the citizen may pay again.
 */
export async function awaitHub(
  fees: Fees,
  request: PaymentRequest,
): Promise<"paid" | "verifying" | "failed" | "unpaid"> {
  const db = fees.database.forTenant(fees.tenant);
  let now = (await findRequest(db, request.id)) ?? request;
  for (let look = 0; now.state !== "paid" && look < LOOKS_MAX; look += 1) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    now = (await askHub(fees, now)) ?? now;
    // Nothing is under way at the hub: waiting would bring nothing.
    if (now.state !== "verifying") break;
  }
  if (now.state === "paid") return "paid";
  if (now.state === "verifying") return "verifying";
  const last = (await listTransactionsOfDossier(db, request.dossierId)).at(-1);
  return last?.state === "failed" ? "failed" : "unpaid";
}
