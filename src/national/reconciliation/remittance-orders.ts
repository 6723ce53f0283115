import type { Database } from "#kit/db.ts";
import type { Log } from "#kit/log.ts";
import { listUnordered, putOrder, type UnorderedRemittance } from "./remittance-store.ts";

export interface RemittanceDeps {
  readonly database: Database;
  readonly log: Log;
  /** Where orders are given; absent: they are given at the bank by hand. */
  readonly bank: { readonly url: string; readonly key: string } | undefined;
}

const TIMEOUT_MS = 10_000;

/**
 * Orders every remittance at the bank that has not been ordered. The order carries the remittance's id as its key: a bank
 * that took it before answers with the same number, so a crash in between pays nothing twice. One that is refused is tried
 * again at the next round. Answers how many were ordered.
 */
export async function orderRemittances({ database, log, bank }: RemittanceDeps): Promise<number> {
  if (!bank) return 0;
  let ordered = 0;
  for (const remittance of await listUnordered(database)) {
    try {
      const line = await order(bank, remittance);
      await putOrder(database, remittance.id, line);
      ordered += 1;
    } catch (error) {
      log.warn({ err: error, remittance: remittance.id }, "the bank did not take a remittance");
    }
  }
  return ordered;
}

/** "DVCQG_TAYNINH RMT0A1B2C3D4E THU DEN 20260310": who, which one, and up to which day. */
export function remittanceContent({ merchant, id, through }: UnorderedRemittance): string {
  const name = id.replaceAll("-", "").slice(-10).toUpperCase();
  return `${merchant} RMT${name} THU DEN ${through.replaceAll("-", "")}`;
}

async function order(bank: { url: string; key: string }, remittance: UnorderedRemittance): Promise<string> {
  const response = await fetch(bank.url, {
    method: "POST",
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { "content-type": "application/json", authorization: `Bearer ${bank.key}` },
    body: JSON.stringify({
      key: remittance.id,
      account: remittance.account,
      amount: remittance.amount,
      content: remittanceContent(remittance),
    }),
  });
  const answer: unknown = await response.json();
  const id = response.ok && typeof answer === "object" && answer && "id" in answer ? answer.id : undefined;
  if (typeof id !== "string" || id.length === 0 || id.length > 64) throw new Error(`HTTP ${response.status}`);
  return id;
}
