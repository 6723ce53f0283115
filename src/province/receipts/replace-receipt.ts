import type { Db } from "#kit/db.ts";
import { newReadableCode } from "#kit/ids.ts";
import { type Receipt, receiptNumber } from "./receipt.ts";
import { findReceipt, putReplacement } from "./receipt-store.ts";

export interface ReplaceReceipt {
  readonly id: string;
  /** What was wrong: the payer's name or address. Amounts never change: that would be another payment. */
  readonly payer: { readonly name: string; readonly address?: string | undefined };
  readonly reason: string;
  readonly officer: { readonly id: string };
  readonly at: Date;
}

/**
 * A replacement receipt (NĐ 254/2026/NĐ-CP Đ20): its own number, naming the old one, which stays as it was issued.
 * undefined: no such receipt, or it was replaced before.
 * @param db of the tenant, in a transaction
 */
export async function replaceReceipt(db: Db, input: ReplaceReceipt): Promise<Receipt | undefined> {
  const old = await findReceipt(db, input.id);
  if (!old) return undefined;
  const { name, address } = input.payer;
  return putReplacement(db, {
    id: old.id,
    content: {
      ...old.content,
      payer: { name, ...(address ? { address } : {}) },
      replaces: {
        form: old.form,
        series: old.series,
        number: receiptNumber(old.number),
        date: old.createdAt.toISOString(),
        reason: input.reason,
      },
    },
    code: newReadableCode(),
    officer: `officer:${input.officer.id}`,
    reason: input.reason,
    at: input.at,
    seriesLetters: old.series.slice(3),
  });
}
