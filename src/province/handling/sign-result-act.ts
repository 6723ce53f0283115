/** "Ký số kết quả": the leader's signature, then the agency's seal. */
import {
  type ActInput,
  blockedActs,
  type Dossier,
  decide,
  type Refusal,
  signResult,
} from "#province/dossiers/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { signResultFile } from "#province/results/index.ts";
import { reread } from "./act.ts";
import { agencyOfDossier, clockOf, type HandlingDeps } from "./handling.ts";

/** Both signatures and the step; the dossier learns of it last, so that a crash is made good by doing it again. */
export async function signResultOf(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
  input: ActInput,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: Refusal }> {
  const now = await reread(deps, dossier);
  if (now.version !== input.expectedVersion) return { ok: false, reason: "conflict" };
  const decision = decide(now, "sign-result", "officer");
  if (!decision.ok) return decision;
  // Asked before the key is used: a signature that was made stays, whoever it was that should have signed.
  const key = { tenant: deps.tenant.code, dossierId: dossier.id, officerId: officer.id };
  if ((await blockedActs(deps.database, key)).has("sign-result")) return { ok: false, reason: "step-not-yours" };
  if (!now.resultId) return { ok: false, reason: "result-missing" };
  const agency = agencyOfDossier(deps, dossier);
  const result = await signResultFile(
    deps.database.forTenant(deps.tenant.code),
    deps.files,
    await deps.signers.officer(officer, agency),
    { resultId: now.resultId, actor: `officer:${officer.id}`, seal: await deps.signers.seal(agency) },
    clockOf(deps),
  );
  if (!result.signed) return { ok: false, reason: "result-unsigned" };
  const { sha256, size } = result.signed;
  const file = { sha256, size, name: result.file.name, mediaType: "application/pdf" };
  return signResult(deps.database, { ...input, file });
}
