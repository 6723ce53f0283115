import { fetchStatement, findReferences, type StatementLine } from "#protocols/vietqr/index.ts";
import type { PaymentHub, UnmatchedReason } from "./payment.ts";
import { settleAttempt } from "./settle-attempt.ts";
import { findCursor, findTransferAttempts, putStatementLine, reverseLine } from "./statement-store.ts";

const LINES = 100;
const ROUNDS = 10;

/**
 * Reads what is new on the collecting account's statement. A transfer whose content names one attempt and whose amount is
 * the attempt's ends it through the one settle; anything else is kept as unmatched with its reason. A line is settled
 * first and written down after, so that a process that dies in between does it again, and settling again changes nothing.
 *
 * Bounded: at most 1,000 lines a run; the next run goes on behind the cursor.
 */
export async function readStatement(hub: PaymentHub): Promise<number> {
  const { collecting } = hub;
  if (!collecting) return 0;
  let read = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const since = await findCursor(hub.database, collecting.account);
    const lines = await fetchStatement(collecting, { limit: LINES, ...(since ? { since } : {}) });
    for (const line of lines) {
      await takeLine(hub, line);
      read += 1;
    }
    if (lines.length < LINES) break;
  }
  return read;
}

async function takeLine(hub: PaymentHub, line: StatementLine): Promise<void> {
  const { account, id, bookedAt, amount, content } = line;
  const row = { account, line: id, bookedAt, amount, content };
  if (line.direction === "out") {
    await takeOutgoing(hub, line);
    return;
  }
  const { reason, attempt } = await matchLine(hub, line);
  const fresh = await putStatementLine(hub.database, {
    ...row,
    outcome: reason ? "unmatched" : "matched",
    ...(reason ? { reason } : {}),
    ...(attempt ? { attempt } : {}),
  });
  if (fresh && reason) hub.log.warn({ line: id, reason, attempt }, "a transfer fits no payment: an operator must look");
}

/**
 * Money that went out is booked as unclear, and explained by the transfer by hand that it is, if one was confirmed. With the
 * content of a payment that came in, it is the bank taking that one back.
 */
async function takeOutgoing(hub: PaymentHub, line: StatementLine): Promise<void> {
  const { account, id, bookedAt, amount, content } = line;
  await putStatementLine(hub.database, { account, line: id, bookedAt, amount, content, outcome: "outgoing" });
  const references = findReferences(content);
  const named = references.length === 0 ? [] : await findTransferAttempts(hub.database, references);
  const [attempt] = named;
  if (!attempt || named.length > 1) return;
  const word = await reverseLine(hub.database, account, id, attempt.id);
  if (word === "disputed") hub.log.warn({ line: id, attempt: attempt.id }, "the bank has taken a transfer back");
}

async function matchLine(
  hub: PaymentHub,
  line: StatementLine,
): Promise<{ readonly reason?: UnmatchedReason; readonly attempt?: string }> {
  const references = findReferences(line.content);
  const named = references.length === 0 ? [] : await findTransferAttempts(hub.database, references);
  const [attempt] = named;
  if (!attempt) return { reason: "unknown-content" };
  if (named.length > 1) return { reason: "several-references" };
  if (attempt.amount !== line.amount) return { reason: "amount-differs", attempt: attempt.id };
  const { verdict } = await settleAttempt(hub, {
    provider: "vietqr",
    providerOrder: attempt.reference,
    report: { kind: "captured", amount: line.amount, transaction: line.id, code: "credited" },
    source: "sweep",
    raw: JSON.stringify(line),
  });
  // The attempt was settled by another transfer: this one is the second.
  if (verdict === "transaction-differs") return { reason: "paid-twice", attempt: attempt.id };
  return { attempt: attempt.id };
}
