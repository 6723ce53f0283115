import type { Db } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { isId } from "#kit/ids.ts";
import { openSlip, type SlipDependencies } from "./issue-slip.ts";
import { findSlip } from "./slip-store.ts";

/** The slip's file for one reader. To everybody who may not read its dossier it does not exist: AppError `not-found`. */
export async function openSlipFor(
  db: Db,
  deps: SlipDependencies,
  input: { readonly id: string; readonly mayRead: (dossierId: string) => Promise<boolean> },
): Promise<{ readonly bytes: Buffer; readonly fileName: string }> {
  const slip = isId(input.id) ? await findSlip(db, input.id) : undefined;
  // What the offices hand each other is not the citizen's paper.
  if (!slip || slip.kind === "control" || !(await input.mayRead(slip.dossierId)))
    throw new AppError("not-found", { message: "no such slip for this reader" });
  return openSlip(db, deps, slip.id);
}
