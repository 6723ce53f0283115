import type { Officer } from "#province/officers/index.ts";
import { type ActInput, type Dossier, receiveDossier } from "#province/dossiers/index.ts";
import { reread } from "./act.ts";
import { clockOf, type HandlingDeps } from "./handling.ts";
import { issueReceiptSlip } from "./issue-slips.ts";

/** Reception with its slip: the code first, so that a slip never promises a date that was not written. */
export async function receiveWithSlip(deps: HandlingDeps, officer: Officer, dossier: Dossier, input: ActInput) {
  const done = await receiveDossier(deps.database, input, { clock: clockOf(deps) });
  if (done.ok) await issueReceiptSlip(deps, officer, await reread(deps, dossier));
  return done;
}
