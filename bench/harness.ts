/**
 * A workload is measured against its physical limit: the same work with nothing around it. Both run by turns in one run,
 * because a machine is never the same twice; what is compared is the ratio of each turn, and of those the median.
 */

export interface Contest {
  readonly name: string;
  readonly unit: string;
  /** What the limit is, in words for the table. */
  readonly limitName: string;
  /** Each answers units per second. */
  readonly limit: () => Promise<number>;
  readonly workload: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export interface Result {
  readonly name: string;
  readonly unit: string;
  readonly limitName: string;
  readonly rounds: readonly { readonly workload: number; readonly limit: number; readonly ratio: number }[];
  readonly workload: number;
  readonly limit: number;
  readonly ratio: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Runs both sides `rounds` times by turns, the first round not counted (caches, connections, compiled code). */
export async function compete(contest: Contest, rounds: number, say: (line: string) => void): Promise<Result> {
  const counted: { workload: number; limit: number; ratio: number }[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      // Who goes first changes, so that neither always finds the machine warm.
      const first = round % 2 === 0 ? contest.limit : contest.workload;
      const second = round % 2 === 0 ? contest.workload : contest.limit;
      const a = await first();
      const b = await second();
      const [limit, workload] = round % 2 === 0 ? [a, b] : [b, a];
      if (round === 0) continue;
      counted.push({ workload, limit, ratio: workload / limit });
      say(`  ${contest.name} ${round}/${rounds}: ${Math.round(workload)} of ${Math.round(limit)} ${contest.unit}/s`);
    }
  } finally {
    await contest.close();
  }
  const middle = (key: "workload" | "limit" | "ratio"): number => median(counted.map((round) => round[key]));
  const { name, unit, limitName } = contest;
  return {
    name,
    unit,
    limitName,
    rounds: counted,
    workload: middle("workload"),
    limit: middle("limit"),
    ratio: middle("ratio"),
  };
}

export function table(results: readonly Result[]): string {
  const head = ["workload", "rate", "limit", "ratio", "limit is"];
  const rows = results.map(({ name, unit, limitName, workload, limit, ratio }) => [
    name,
    `${Math.round(workload)} ${unit}/s`,
    `${Math.round(limit)} ${unit}/s`,
    ratio.toFixed(2),
    limitName,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
