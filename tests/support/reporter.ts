import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";

/**
 * Reporter of `motcua test`: says what failed and what was skipped, nothing about what passed, and leaves the counts in
 * the file COUNTS_FILE for the command that sums them up. SLOWEST: so many of the longest are named at the end.
 */

const root = process.cwd();

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A rejected assertion with its stack; node:test wraps it in an error of its own. */
function describe(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? (inner.stack ?? inner.message) : inspect(inner);
}

export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const names: string[] = [];
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const times: { readonly title: string; readonly ms: number }[] = [];
  for await (const event of source) {
    if (event.type === "test:start") {
      names.length = event.data.nesting;
      names[event.data.nesting] = event.data.name;
    } else if (event.type === "test:pass" || event.type === "test:fail") {
      const { data } = event;
      const suite = data.details.type === "suite";
      const title = [...names.slice(0, data.nesting), data.name].join(" › ");
      if (!suite) times.push({ title, ms: data.details.duration_ms });
      if (data.skip !== undefined || data.todo !== undefined) {
        counts.skipped++;
        yield `SKIPPED ${title}${typeof data.skip === "string" && data.skip ? `: ${data.skip}` : ""}\n`;
      } else if (event.type === "test:fail") {
        // A suite fails because a test of it did; that one is counted. Its own hooks have no test.
        const ownFault =
          !suite || (event.data.details.error as Error & { failureType?: string }).failureType === "hookFailed";
        if (!ownFault) continue;
        counts.failed++;
        const place = data.file ? `${relative(root, data.file)}:${data.line ?? 1}` : "";
        yield `\nFAILED ${title}\n  ${place}\n${describe(event.data.details.error).replace(/^/gm, "    ")}\n\n`;
      } else if (!suite) counts.passed++;
    } else if (event.type === "test:stderr" || event.type === "test:stdout") yield event.data.message;
  }
  const slowest = Number(process.env["SLOWEST"] ?? 0);
  times.sort((one, other) => other.ms - one.ms);
  for (const { title, ms } of times.slice(0, slowest)) yield `${(ms / 1000).toFixed(1)} s  ${title}\n`;
  const file = process.env["COUNTS_FILE"];
  if (file) writeFileSync(file, JSON.stringify(counts));
}
