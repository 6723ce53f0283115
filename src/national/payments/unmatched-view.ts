import { formatDateTime } from "#kit/calendar.ts";
import { operatorPaths } from "#national/operators/index.ts";
import type { UnmatchedPageProps } from "./pages/unmatched-page.ts";
import { paymentPaths } from "./paths.ts";
import type { PaymentHub } from "./payment.ts";
import { listUnmatchedTransfers } from "./statement-view.ts";

const PAGE = 50;

/** One page, oldest first; `after` is the last row of the page before: its instant and line. */
export async function viewUnmatched(hub: PaymentHub, after?: string): Promise<Omit<UnmatchedPageProps, "lang">> {
  const [instant, line] = after?.split("_") ?? [];
  const at = instant ? new Date(Number(instant)) : undefined;
  const behind = at && line && !Number.isNaN(at.getTime()) ? { bookedAt: at, line } : undefined;
  const found = await listUnmatchedTransfers(hub.database, PAGE + 1, behind);
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  return {
    rows: rows.map((one) => ({
      line: one.line,
      time: formatDateTime(one.bookedAt),
      amount: one.amount,
      content: one.content,
      reason: one.reason,
      ...(one.attemptId ? { attemptUrl: paymentPaths.result(one.attemptId) } : {}),
    })),
    ...(found.length > PAGE && last
      ? { nextUrl: `${operatorPaths.transfers}?sau=${last.bookedAt.getTime()}_${encodeURIComponent(last.line)}` }
      : {}),
  };
}
