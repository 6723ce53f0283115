import type { Dossier, FilingDeps } from "#province/dossiers/index.ts";
import type { HandlingDeps } from "#province/handling/index.ts";
import { agenciesInScope, type Officer } from "#province/officers/index.ts";
import type { ReceiptDependencies } from "#province/receipts/index.ts";

export interface CounterDeps extends Omit<HandlingDeps, "clock">, Pick<FilingDeps, "clock" | "partials" | "captcha"> {
  /** For printing receipts of cash. */
  readonly receipts: Pick<ReceiptDependencies, "signerOf">;
}

/** Does the dossier lie in the officer's units? */
export function inScope(deps: CounterDeps, officer: Officer, dossier: Dossier): boolean {
  return agenciesInScope(deps.tenant.agencies, officer.agencyId).includes(dossier.agency.id);
}
