import type { Database } from "#kit/db.ts";
import { type ActInput, changeDossier, dossierToActOn } from "./change-dossier.ts";
import type { Outcome, Stand } from "./dossier.ts";
import { markPaid } from "./dossier-store.ts";

export interface MarkFeePaid {
  readonly tenant: string;
  readonly dossierId: string;
  /** đồng */
  readonly amount: number;
  /** the settlement's reference, so that a replay is seen */
  readonly reference: string;
}

/**
 * Tells the dossier that its fee is settled; a dossier waiting for the money goes on. The same reference twice changes
 * nothing (`replayed`). A settlement that is one SQL function calls `dossier_mark_fee_paid` itself, in its transaction.
 */
export async function markFeePaid(
  database: Database,
  input: MarkFeePaid,
): Promise<Outcome<Stand & { replayed: boolean }>> {
  return markPaid(database, input);
}

export interface RequireFee extends ActInput {
  readonly note?: string;
}

/** Yêu cầu thực hiện nghĩa vụ tài chính: the dossier waits for a fee that is still due (`fee-nothing-due` otherwise). */
export async function requireFee(database: Database, input: RequireFee): Promise<Outcome<Stand>> {
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  const detail = { note: input.note ?? null };
  return changeDossier(database, { ...input, dossier: found.dossier, action: "require-fee", detail });
}
