import type { Database } from "#kit/db.ts";
import { putAnswer } from "./bank-store.ts";
import { type AnswerWord, BOOKABLE } from "./reconciliation.ts";

/** What an accountant says about a line that waits: the account its money belongs to, or (any other word) only a note. */
export function answerLine(
  database: Database,
  answer: {
    readonly tenant: string;
    readonly lineId: string;
    readonly direction: "in" | "out";
    readonly belongs: string;
    readonly note: string;
    readonly officer: { readonly id: string; readonly name: string };
  },
): Promise<AnswerWord> {
  const { belongs, direction, ...rest } = answer;
  // Two people send that back, from the line with which it came.
  if (direction === "out" && belongs === "returns-payable") return Promise.resolve("cannot-book");
  return putAnswer(database, { ...rest, account: BOOKABLE.find((one) => one === belongs) ?? null });
}
