import { type Job, JobRefused } from "#kit/jobs.ts";
import { issueReceiptsForSettlement } from "#province/receipts/index.ts";
import type { Fees } from "./fee.ts";
import { findObligationById, findPayableDossier, findSettlement } from "./fee-view.ts";

const METHOD = { cash: "Tiền mặt tại Bộ phận Một cửa", transfer: "Chuyển khoản" } as const;

/**
 * Job `issue-receipts`: the receipts of a kept settlement, one for phí and one for lệ phí. It follows the settlement
 * instead of standing in its transaction, so that nothing about a receipt can keep "paid" from being known; the receipts
 * room makes a repeated call harmless.
 */
export async function issueReceipts(fees: Fees, job: Job): Promise<void> {
  const { settlementId } = job.payload as { settlementId?: unknown };
  const db = fees.database.forTenant(fees.tenant);
  const settlement = typeof settlementId === "string" ? await findSettlement(db, settlementId) : undefined;
  if (!settlement?.kept) throw new JobRefused("receipts are issued for kept settlements only");
  const dossier = await findPayableDossier(db, settlement.dossierId);
  const obligation = await findObligationById(db, settlement.obligationId);
  if (!dossier || !obligation) throw new JobRefused("the settlement has no dossier or obligation");
  const { applicant } = dossier;
  await db.tx((tx) =>
    issueReceiptsForSettlement(tx, {
      settlementId: settlement.id,
      dossier: {
        id: dossier.id,
        code: dossier.code ?? undefined,
        number: dossier.number ?? undefined,
        procedureName: dossier.procedure.name.vi,
        applicantSub: dossier.applicantSub,
      },
      payer: {
        sub: dossier.applicantSub,
        name: settlement.payerName ?? applicant.name,
        // Of somebody who paid at the desk only the name is known.
        address: settlement.payerName && settlement.payerName !== applicant.name ? undefined : applicant.address,
      },
      lines: obligation.lines.map(({ code, kind, name, amount, quantity, unitAmount, basis }) => ({
        code,
        kind,
        name,
        amount,
        quantity: quantity ?? undefined,
        unitAmount: unitAmount ?? undefined,
        basis,
      })),
      paidAt: settlement.settledAt,
      agency: fees.collectorOf(dossier.agency),
      ...(settlement.method === "online" ? {} : { method: METHOD[settlement.method] }),
    }),
  );
}
