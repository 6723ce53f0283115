/** Slips of a dossier, issued with the officer's signature. */
import { getProcedureVersion } from "#province/catalogue/index.ts";
import { type Dossier, type HistoryEntry, listFiles, listSupplements } from "#province/dossiers/index.ts";
import { feePaths, findObligation } from "#province/fees/index.ts";
import type { Officer } from "#province/officers/index.ts";
import {
  issueSlip,
  type Slip,
  type SlipContents,
  type SlipDependencies,
  type SlipKind,
} from "#province/slips/index.ts";
import { controlContent } from "./control-slip.ts";
import { agencyOfDossier, clockOf, type HandlingDeps } from "./handling.ts";
import {
  apologyContent,
  receiptContent,
  refusalContent,
  type SlipFacts,
  slipRuleSetOf,
  stopContent,
  supplementContent,
} from "./slip-content.ts";

export async function slipDeps(deps: HandlingDeps, officer: Officer, dossier: Dossier): Promise<SlipDependencies> {
  const signer = await deps.signers.officer(officer, agencyOfDossier(deps, dossier));
  return { files: deps.files, portalOrigin: deps.portalOrigin, signer, clock: clockOf(deps) };
}

/** Giấy tiếp nhận hồ sơ và hẹn trả kết quả. Issued once: asking again gives the same slip. */
export async function issueReceiptSlip(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
): Promise<Slip | undefined> {
  const { receivedAt, dueAt } = dossier;
  if (!receivedAt || !dueAt) return undefined;
  const db = deps.database.forTenant(deps.tenant.code);
  const key = { tenant: deps.tenant.code, dossierId: dossier.id };
  const [procedure, files, obligation] = await Promise.all([
    getProcedureVersion(db, dossier.procedure.code, dossier.procedure.version),
    listFiles(deps.database, key),
    findObligation(db, dossier.id),
  ]);
  const payment =
    obligation?.state === "due"
      ? { amount: obligation.total, address: deps.portalOrigin + feePaths.payLink(obligation.payCode) }
      : undefined;
  const content = receiptContent({
    ...factsOf(deps, officer, dossier),
    procedure,
    files,
    receivedAt,
    dueAt,
    ...(payment ? { payment } : {}),
  });
  return issue(deps, officer, dossier, "receipt", "", content);
}

/** Phiếu yêu cầu bổ sung, one a round. */
export async function issueSupplementSlip(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
  round: number,
): Promise<Slip | undefined> {
  const rounds = await listSupplements(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id });
  const asked = rounds.find((one) => one.round === round);
  if (!asked) return undefined;
  return issue(
    deps,
    officer,
    dossier,
    "supplement",
    String(round),
    supplementContent(factsOf(deps, officer, dossier), asked),
  );
}

/** Phiếu từ chối, before reception ("decline") or after it ("refuse"). */
export function issueRefusalSlip(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
  reason: string,
): Promise<Slip> {
  return issue(deps, officer, dossier, "refusal", "", refusalContent(factsOf(deps, officer, dossier), reason));
}

/** Phiếu xin lỗi và hẹn lại ngày trả kết quả; there is at most one putting off, so at most one. */
export function issueApologySlip(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
  putOff: { readonly reason: string; readonly from: Date; readonly to: Date },
): Promise<Slip> {
  return issue(deps, officer, dossier, "apology", "", apologyContent(factsOf(deps, officer, dossier), putOff));
}

/** Thông báo dừng giải quyết hồ sơ. */
export function issueStopSlip(deps: HandlingDeps, officer: Officer, dossier: Dossier, reason: string): Promise<Slip> {
  return issue(deps, officer, dossier, "stop", "", stopContent(factsOf(deps, officer, dossier), reason));
}

/** Phiếu kiểm soát quá trình giải quyết hồ sơ, one for each stand of the history. */
export function issueControlSlip(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
  history: readonly HistoryEntry[],
): Promise<Slip> {
  const stand = String(history.at(-1)?.seq ?? 0);
  return issue(deps, officer, dossier, "control", stand, controlContent(factsOf(deps, officer, dossier), history));
}

function factsOf(deps: HandlingDeps, officer: Officer, dossier: Dossier): SlipFacts {
  return { tenant: deps.tenant, agency: agencyOfDossier(deps, dossier), dossier, officerName: officer.name };
}

async function issue<Kind extends SlipKind>(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
  kind: Kind,
  occasion: string,
  content: SlipContents[Kind],
): Promise<Slip> {
  const db = deps.database.forTenant(deps.tenant.code);
  return issueSlip(db, await slipDeps(deps, officer, dossier), {
    kind,
    dossierId: dossier.id,
    occasion,
    content,
    issuedBy: `officer:${officer.id}`,
    ruleSet: slipRuleSetOf(deps.tenant),
  });
}
