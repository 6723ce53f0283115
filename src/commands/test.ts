import { spawn } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { type Command, EXIT, parseOptions, UsageError } from "./command.ts";

export const command: Command = {
  help: `
Usage: motcua test [--fast] [--slowest N] [FILE …]

Runs the tests of a checkout: pure ones, those on real PostgreSQL (a throw-away cluster in .motcua/test, cloned per
test), journeys in a real browser, and fault tests. Sets up what they need. The last line sums up:
"N passed, N failed" (and ", N skipped" when something was).

  --fast       without journeys and fault tests
  --slowest N  also name the N longest tests of each process
  FILE …       only these files

Exit codes: 0 all passed · 1 something failed
`,
  run: async (args) => {
    const { values, positionals } = parseOptions(
      args,
      { fast: { type: "boolean" }, slowest: { type: "string" } },
      true,
    );
    if (values.slowest !== undefined && !/^\d{1,4}$/.test(values.slowest))
      throw new UsageError("--slowest N: a number");
    const root = resolve(import.meta.dirname, "../..");
    if (!existsSync(join(root, "tests"))) {
      process.stderr.write("motcua: test works in a checkout only\n");
      return EXIT.unavailable;
    }
    const phases = positionals.length > 0 ? [givenFiles(positionals)] : allPhases(root, values.fast === true);
    const total: Counts = { passed: 0, failed: 0, skipped: 0 };
    for (const phase of phases) {
      if (phase.files.length === 0) continue;
      const began = performance.now();
      const parts = await Promise.all(
        partsOf(phase).map((part, index) => runPhase(root, part, { index, slowest: values.slowest ?? "0" })),
      );
      const counts = sumOf(parts);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stdout.write(`${phase.name}: ${sentence(counts)} (${phase.files.length} files, ${seconds} s)\n`);
      for (const key of ["passed", "failed", "skipped"] as const) total[key] += counts[key];
    }
    process.stdout.write(`${sentence(total)}\n`);
    return total.failed === 0 && total.passed > 0 ? EXIT.ok : EXIT.failed;
  },
};

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Phase {
  readonly name: string;
  readonly files: readonly string[];
  /** Per test. */
  readonly timeoutMs: number;
  /**
   * false: all files in one process (a thousand tests cost a second that way, and ten with a process per file).
   * true: each file in its own process, because each starts a whole street of its own.
   */
  readonly apart: boolean;
  /** Of files that are apart, so many at a time. */
  readonly atOnce?: number;
}

function sentence({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function givenFiles(files: readonly string[]): Phase {
  for (const file of files) if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  // `motcua faults --minutes` needs longer.
  const timeoutMs = Number(process.env["TEST_TIMEOUT_MS"] ?? 300_000);
  return { name: "Chosen files", files, timeoutMs, apart: files.some(isSlow) };
}

function isSlow(path: string): boolean {
  return /(^|\/)tests\/(journeys|faults)\//.test(path);
}

function allPhases(root: string, fast: boolean): Phase[] {
  const find = (pattern: string): string[] => globSync(pattern, { cwd: root }).sort();
  const near = find("{src,procedures,provinces,tests,bench,bin}/**/*.test.ts").filter((path) => !isSlow(path));
  // Ends what hangs. The longest asks for every page a dozen times: a quarter of this on a machine that is busy otherwise.
  const phases: Phase[] = [{ name: "Unit and database", files: near, timeoutMs: 240_000, apart: false }];
  if (!fast) {
    // Who walks through pages or waits for a process that died leaves a core to others: two files side by side.
    const atOnce = Math.min(2, availableParallelism());
    // Who judges every page of the country waits for those beside it: on a busy machine for minutes.
    const slow = { timeoutMs: 600_000, apart: true };
    phases.push({ name: "Journeys", files: longestFirst(find("tests/journeys/**/*.test.ts")), ...slow, atOnce });
    const faults = find("tests/faults/**/*.test.ts");
    phases.push({ name: "Faults", files: faults.filter((file) => !isToldByClock(file)), ...slow, atOnce });
    phases.push({ name: "Faults by the clock", files: faults.filter(isToldByClock), ...slow });
  }
  return phases;
}

/** Known within five seconds, thirty, sixty: these have the machine for themselves. */
function isToldByClock(path: string): boolean {
  return /\/(?:blind|crash-points)\.test\.ts$/.test(path);
}

/** What judges every page takes as long as all other journeys together: it begins first and they go beside it. */
function longestFirst(files: readonly string[]): string[] {
  const isLong = (file: string): boolean => file.endsWith("/pages.test.ts");
  return [...files.filter(isLong), ...files.filter((file) => !isLong(file))];
}

/**
 * One process is JavaScript and waits for PostgreSQL by turns; two keep two cores busy. File by file in turn, so that rooms
 * with many slow tests are spread over both. Those that start whole streets stay one after the other.
 */
function partsOf(phase: Phase): Phase[] {
  const processes = phase.apart || phase.files.length < 20 ? 1 : Math.min(2, availableParallelism());
  return Array.from({ length: processes }, (_, part) => ({
    ...phase,
    files: phase.files.filter((_file, index) => index % processes === part),
  }));
}

function sumOf(parts: readonly Counts[]): Counts {
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const part of parts) for (const key of ["passed", "failed", "skipped"] as const) sum[key] += part[key];
  return sum;
}

async function runPhase(
  root: string,
  phase: Phase,
  { index, slowest }: { readonly index: number; readonly slowest: string },
): Promise<Counts> {
  const folder = join(root, ".motcua/test");
  mkdirSync(folder, { recursive: true });
  const countsFile = join(folder, `counts-${process.pid}-${index}.json`);
  rmSync(countsFile, { force: true });
  const args = [
    "--disable-warning=ExperimentalWarning",
    // A process that must wait for a core longer than the default 250 ms would give up an address that had answered.
    "--network-family-autoselection-attempt-timeout=10000",
    "--test",
    ...(phase.apart
      ? ["--test-isolation=process", `--test-concurrency=${phase.atOnce ?? 1}`]
      : ["--test-isolation=none", "--test-force-exit", `--import=${join(root, "tests/support/same-choices.ts")}`]),
    `--test-timeout=${phase.timeoutMs}`,
    `--test-reporter=${join(root, "tests/support/reporter.ts")}`,
    "--test-reporter-destination=stdout",
    ...phase.files,
  ];
  const env = { LOG_LEVEL: "silent", ...process.env, COUNTS_FILE: countsFile, SLOWEST: slowest };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  const stop = (): void => void child.kill("SIGTERM");
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const code = await new Promise<number | null>((done) => child.once("exit", done));
  process.removeListener("SIGINT", stop).removeListener("SIGTERM", stop);
  const counts = existsSync(countsFile)
    ? (JSON.parse(readFileSync(countsFile, "utf8")) as Counts)
    : { passed: 0, failed: 0, skipped: 0 };
  rmSync(countsFile, { force: true });
  // A run that broke off, or an error outside any test, is a failure too.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
