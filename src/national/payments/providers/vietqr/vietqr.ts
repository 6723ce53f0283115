import { AppError } from "#kit/errors.ts";
import { fetchStatement, findReferences, type StatementFeed, transferReference } from "#protocols/vietqr/index.ts";
import type { AttemptFacts, PaymentProvider, Report } from "../provider.ts";

export interface CollectingAccount {
  readonly feed: StatementFeed;
  /** Address of the page that shows the code of one attempt. */
  readonly pageOf: (attemptId: string) => string;
  readonly origin: string;
}

const PAGE = 200;
const PAGES = 5;
/** Clocks of bank and hub may differ so much. */
const SKEW_MS = 10 * 60_000;

/**
 * A transfer to the hub's collecting account by VietQR. Nobody calls back: the worker reads the statement feed
 * (`read-statement.ts`), and a question about one attempt reads it too. A transfer of another amount, or with another
 * content, is not this payment; it is kept apart for a person to look at.
 */
export function vietqrProvider(account: CollectingAccount): PaymentProvider {
  return {
    id: "vietqr",
    name: "VietQR",
    channels: [{ code: "vietqr", kind: "transfer", name: "VietQR" }],
    amountMin: 1_000,
    // NAPAS passes on transfers of less than 500 million at once.
    amountMax: 499_999_999,
    minutesToPay: 30,
    origin: account.origin,
    orderName: transferReference,
    start: async (input) => ({ kind: "redirect", payUrl: account.pageOf(input.id) }),
    ask: (attempt) => ask(account, attempt),
    readCallback: (input) => ({
      trusted: false,
      why: "malformed",
      raw: JSON.stringify(input.body ?? null).slice(0, 20_000),
    }),
    answerCallback: () => ({ status: 404 }),
  };
}

async function ask({ feed }: CollectingAccount, attempt: AttemptFacts): Promise<Report> {
  let since: string | undefined;
  try {
    for (let page = 0; page < PAGES; page += 1) {
      const from = new Date(attempt.createdAt.getTime() - SKEW_MS);
      const lines = await fetchStatement(feed, { from, limit: PAGE, ...(since ? { since } : {}) });
      const hit = lines.find(
        (line) =>
          line.direction === "in" &&
          line.amount === attempt.amount &&
          findReferences(line.content).includes(attempt.providerOrder),
      );
      if (hit) return { kind: "captured", amount: hit.amount, transaction: hit.id, code: "credited" };
      if (lines.length < PAGE) return { kind: "untouched", code: "no-transfer" };
      since = lines.at(-1)?.id;
    }
    return { kind: "unknown", code: "statement-too-long" };
  } catch (error) {
    return { kind: "unknown", code: error instanceof AppError ? (error.reason ?? error.code) : "error" };
  }
}
