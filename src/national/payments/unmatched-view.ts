import { operatorPaths } from "#national/operators/index.ts";
import type { UnmatchedPageProps } from "./pages/unmatched-page.ts";
import type { PaymentHub } from "./payment.ts";
import { listDecidedLines, listOpenLines } from "./proposal-view.ts";

const PAGE = 50;

/** One page of what came in, oldest first; `after` is the last row of the page before: its instant and line. */
export async function viewUnmatched(
  hub: PaymentHub,
  after?: string,
): Promise<Pick<UnmatchedPageProps, "incoming" | "outgoing" | "decided" | "nextUrl">> {
  const [instant, line] = after?.split("_") ?? [];
  const at = instant ? new Date(Number(instant)) : undefined;
  const behind = at && line && !Number.isNaN(at.getTime()) ? { bookedAt: at, line } : undefined;
  const [found, outgoing, decided] = await Promise.all([
    listOpenLines(hub.database, false, PAGE + 1, behind),
    listOpenLines(hub.database, true, PAGE),
    listDecidedLines(hub.database),
  ]);
  const incoming = found.slice(0, PAGE);
  const last = incoming.at(-1);
  return {
    incoming,
    outgoing,
    decided,
    ...(found.length > PAGE && last
      ? { nextUrl: `${operatorPaths.transfers}?sau=${last.bookedAt.getTime()}_${encodeURIComponent(last.line)}` }
      : {}),
  };
}
