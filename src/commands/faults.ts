import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command, EXIT, parseOptions, UsageError } from "./command.ts";
import { command as test } from "./test.ts";

export const command: Command = {
  help: `
Usage: motcua faults [--minutes N] [--seed S] [FILE …]

Runs the fault tests of a checkout (tests/faults): processes are killed at named points and at random, callbacks are
dropped, doubled, forged and late, database connections are cut, clocks are wrong. Afterwards the journals of the
stand-in banks are compared with every book: nothing may be lost or doubled. Prints a line of JSON for each violation,
and at the end what was done and how many violations there were. docs/operations/faults.md says which promise is where.

  --minutes N    the blind kills last N minutes (default: 15 s), and the models play 1,000 rounds
  --seed S       the same choices again; printed with the table
  FILE …         only these

Exit codes: 0 nothing lost, nothing doubled · 1 something was
`,
  run: async (args) => {
    const { values, positionals } = parseOptions(args, { minutes: { type: "string" }, seed: { type: "string" } }, true);
    const root = resolve(import.meta.dirname, "../..");
    const files = positionals.length > 0 ? positionals : globSync("tests/faults/**/*.test.ts", { cwd: root }).sort();
    if (files.length === 0) {
      process.stderr.write("motcua: there are no fault tests here\n");
      return EXIT.unavailable;
    }
    const minutes = values.minutes === undefined ? 0 : wholeNumber("--minutes", values.minutes, 1, 24 * 60);
    const seed = values.seed === undefined ? Date.now() % 1_000_000 : wholeNumber("--seed", values.seed, 0, 2 ** 31);
    const tally = join(root, ".motcua/test", `faults-${process.pid}.jsonl`);
    mkdirSync(join(root, ".motcua/test"), { recursive: true });
    rmSync(tally, { force: true });
    process.env["FAULTS_TALLY"] = tally;
    process.env["FAULTS_SEED"] = String(seed);
    if (minutes > 0) {
      process.env["FAULTS_SECONDS"] = String(minutes * 60);
      process.env["FAULTS_RUNS"] = "1000";
      process.env["TEST_TIMEOUT_MS"] = String((minutes + 10) * 60_000);
    }
    const code = await test.run(files.map((path) => resolve(root, path)));
    process.stdout.write(`\n${table(existsSync(tally) ? readFileSync(tally, "utf8") : "")}\nseed ${seed}\n`);
    rmSync(tally, { force: true });
    return code;
  },
};

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`${option} is a whole number from ${least} to ${most}`);
  return value;
}

/** Sums up the lines that `tests/faults/tally.ts` wrote. */
function table(lines: string): string {
  const times = new Map<string, number>();
  let violations = 0;
  for (const line of lines.split("\n").filter(Boolean)) {
    const entry = JSON.parse(line) as { kind?: string; times?: number };
    if (entry.kind) times.set(entry.kind, (times.get(entry.kind) ?? 0) + (entry.times ?? 0));
    else violations += 1;
  }
  const rows = [...[...times].sort(([a], [b]) => a.localeCompare(b)), ["violations", violations] as const];
  return rows.map(([what, number]) => `${what.padEnd(16)} ${String(number).padStart(7)}`).join("\n");
}
