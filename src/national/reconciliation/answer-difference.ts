import { isId } from "#kit/ids.ts";
import { askProvider, getAttempt, type PaymentHub } from "#national/payments/index.ts";
import { type Booking, bookingOf, mayAsk } from "./difference-answer.ts";
import {
  type DifferenceRow,
  findDifference,
  type ImportSummary,
  listImports,
  listOpenDifferences,
  putAnswer,
} from "./difference-store.ts";
import { listOrphans, type Orphan } from "./orphan-store.ts";

export type AnswerAction = "ask" | "book" | "explain";
export type Answered =
  | "asked"
  | "settled"
  | "booked"
  | "explained"
  | "already"
  | "unknown"
  | "cannot-book"
  | "cannot-ask"
  | "no-note";

/**
 * An operator's answer to a difference; every one adds rows and changes none. "ask" asks the provider about the payment
 * and settles a success that we had missed (what cannot be kept goes to the refund queue by itself); "book" adds the
 * ledger transaction of `bookingOf`; "explain" closes it with a note.
 */
export async function answerDifference(
  hub: PaymentHub,
  input: { readonly id: string; readonly action: AnswerAction; readonly note: string; readonly operatorId: string },
): Promise<Answered> {
  const { id, action, operatorId } = input;
  const note = input.note.normalize("NFC").trim().slice(0, 1_000);
  const difference = isId(id) ? await findDifference(hub.database, id) : undefined;
  if (!difference) return "unknown";
  if (!difference.open) return "already";
  if (action === "ask") {
    if (!difference.attemptId) return "cannot-ask";
    const { attempt } = await getAttempt(hub, difference.attemptId);
    const report = await askProvider(hub, attempt, "sweep");
    const now = await getAttempt(hub, difference.attemptId);
    const settled = attempt.state !== "succeeded" && now.attempt.state === "succeeded";
    const said = `${report.kind} ${report.code}`;
    const word = await putAnswer(hub.database, { id, action: settled ? "settled" : "asked", operatorId, note: said });
    return word === "done" ? (settled ? "settled" : "asked") : word;
  }
  if (note === "") return "no-note";
  const booking = action === "book" ? bookingOf(difference) : undefined;
  if (action === "book" && !booking) return "cannot-book";
  const done = action === "book" ? "booked" : "explained";
  const word = await putAnswer(hub.database, { id, action: done, operatorId, note, ...(booking ? { booking } : {}) });
  return word === "done" ? done : word;
}

export interface WorkList {
  readonly differences: readonly DifferenceRow[];
  readonly next: string | undefined;
  readonly imports: readonly ImportSummary[];
  /** Payments that a provider has and no order of ours. */
  readonly orphans: readonly Orphan[];
}

export async function getWorkList(hub: PaymentHub, after: string | undefined): Promise<WorkList> {
  const [{ rows, next }, imports, orphans] = await Promise.all([
    listOpenDifferences(hub.database, isId(after) ? after : undefined),
    listImports(hub.database),
    listOrphans(hub.database),
  ]);
  return { differences: rows, next, imports, orphans };
}

export async function getDifference(
  hub: PaymentHub,
  id: string,
): Promise<
  { difference: DifferenceRow & { open: boolean }; booking: Booking | undefined; mayAsk: boolean } | undefined
> {
  const difference = isId(id) ? await findDifference(hub.database, id) : undefined;
  if (!difference) return undefined;
  return { difference, booking: bookingOf(difference), mayAsk: difference.attemptId !== null && mayAsk(difference) };
}
