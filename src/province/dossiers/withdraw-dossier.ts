import type { Database } from "#kit/db.ts";
import { changeDossier } from "./change-dossier.ts";
import type { Outcome, Stand } from "./dossier.ts";
import { findDossierOf } from "./dossier-view.ts";

export interface WithdrawDossier {
  readonly tenant: string;
  readonly dossierId: string;
  readonly applicantSub: string;
  readonly expectedVersion: number;
  /** why; optional, it is the person's right */
  readonly text?: string;
}

/** Rút hồ sơ: by the applicant, while there is no decision on the result yet (`result-decided` otherwise). */
export async function withdrawDossier(database: Database, input: WithdrawDossier): Promise<Outcome<Stand>> {
  const dossier = await findDossierOf(database, input);
  if (!dossier) return { ok: false, reason: "not-found" };
  if (dossier.version !== input.expectedVersion) return { ok: false, reason: "conflict" };
  const reason = (input.text ?? "").normalize("NFC").trim().slice(0, 1_000);
  return changeDossier(database, {
    tenant: input.tenant,
    dossier,
    actor: { kind: "citizen", sub: dossier.applicantSub, name: dossier.applicant.name },
    action: "withdraw",
    patch: { reason: reason || null },
    detail: { reason },
  });
}
