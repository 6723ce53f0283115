import type { Db } from "#kit/db.ts";
import { newReadableCode } from "#kit/ids.ts";
import type { Dong } from "#kit/money.ts";
import type { Collector, Receipt, ReceiptKind } from "./receipt.ts";
import { type NewReceiptPart, putReceipts } from "./receipt-store.ts";

/** A line that was paid: the part of the fees room's `Due` that a receipt prints. Lines of 0 đ get no receipt. */
export interface PaidLine {
  readonly code: string;
  readonly kind: ReceiptKind;
  readonly name: { readonly vi: string };
  readonly amount: Dong;
  readonly quantity?: number | undefined;
  readonly unitAmount?: Dong | undefined;
  readonly basis: string;
}

export interface IssueReceipts {
  readonly settlementId: string;
  readonly dossier: {
    readonly id: string;
    readonly code?: string | undefined;
    readonly number?: number | undefined;
    readonly procedureName: string;
    /** National account of the applicant */
    readonly applicantSub: string;
  };
  readonly payer: { readonly sub: string; readonly name: string; readonly address?: string | undefined };
  readonly lines: readonly PaidLine[];
  /** The moment of collection: its year in Viet Nam is the series' year */
  readonly paidAt: Date;
  readonly agency: Collector;
  /** How it was paid, in words */
  readonly method?: string;
  /** Two letters of A B C D E G H K L M N P Q R S T U V X Y; "AA" unless the agency registered others */
  readonly seriesLetters?: string;
}

const KINDS: readonly ReceiptKind[] = ["fee", "charge"];

/**
 * Issues the receipts of one settled payment: one for phí and one for lệ phí, as far as there are amounts. Idempotent
 * per settlement: whoever calls again gets the receipts of the first call. Call it inside the settling transaction, so
 * that paid and receipted are one; the files are made afterwards by the `receipt-documents` job or the first reader.
 * @param db of the tenant (`database.forTenant(…)`), or a transaction of it
 */
export async function issueReceiptsForSettlement(db: Db, input: IssueReceipts): Promise<Receipt[]> {
  const parts = KINDS.flatMap((kind) => partOf(input, kind));
  return putReceipts(db, {
    settlementId: input.settlementId,
    dossierId: input.dossier.id,
    payerSub: input.payer.sub,
    paidAt: input.paidAt,
    seriesLetters: input.seriesLetters ?? "AA",
    parts,
  });
}

/** Quantity and price whose product is the amount: copies at different prices are one line of one. */
function countOf({ quantity, unitAmount, amount }: PaidLine): { quantity: number; unitAmount: Dong } {
  if (quantity !== undefined && unitAmount !== undefined && quantity * unitAmount === amount) {
    return { quantity, unitAmount };
  }
  return { quantity: 1, unitAmount: amount };
}

function partOf(input: IssueReceipts, kind: ReceiptKind): NewReceiptPart[] {
  const lines = input.lines.filter((line) => line.kind === kind && line.amount > 0);
  if (lines.length === 0) return [];
  const { dossier, payer } = input;
  return [
    {
      kind,
      amount: lines.reduce((sum, line) => sum + line.amount, 0),
      code: newReadableCode(),
      content: {
        collector: input.agency,
        payer: { name: payer.name, ...(payer.address ? { address: payer.address } : {}) },
        applicantSub: dossier.applicantSub,
        dossier: {
          ...(dossier.code ? { code: dossier.code } : {}),
          ...(dossier.number === undefined ? {} : { number: dossier.number }),
          procedureName: dossier.procedureName,
        },
        lines: lines.map((line) => ({
          code: line.code,
          name: line.name.vi,
          ...countOf(line),
          amount: line.amount,
          basis: line.basis,
        })),
        method: input.method ?? "Thanh toán trực tuyến trên Cổng Dịch vụ công Quốc gia",
      },
    },
  ];
}
