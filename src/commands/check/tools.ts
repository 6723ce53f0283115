import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";

/** The tools of `motcua check`: how each is called, and how its answer is read. */

export interface Verdict {
  /** One line about what it looked at or found. */
  readonly line: string;
  readonly ok: boolean;
  /** Everything it said, for people; empty when all is well. */
  readonly details: string;
}

export interface Tool {
  readonly name: string;
  readonly run: (root: string) => Promise<Verdict>;
}

interface Answer {
  readonly code: number;
  readonly out: string;
}

/** Runs a program of node_modules/.bin with this Node. */
export async function runBin(root: string, bin: string, args: readonly string[]): Promise<Answer> {
  const env = { ...process.env, PATH: `${join(process.execPath, "..")}:${process.env["PATH"] ?? ""}` };
  const child = spawn(join(root, "node_modules/.bin", bin), args, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (out += text));
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 1));
  });
  return { code, out };
}

async function byExitCode(
  root: string,
  bin: string,
  args: readonly string[],
  good: string,
  bad: RegExp,
): Promise<Verdict> {
  const { code, out } = await runBin(root, bin, args);
  if (code === 0) return { ok: true, line: good, details: "" };
  const found = out.match(bad)?.[0] ?? `exit code ${code}`;
  return { ok: false, line: found, details: out };
}

interface CruiseReport {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { from: string; to: string; rule: { name: string; severity: string } }[];
    readonly ruleSetUsed: { forbidden?: readonly { name: string; comment?: string }[] };
  };
}

/** Boundaries between rooms and buildings. Reading fewer files than there are must fail: it would find nothing and say so. */
export async function checkBoundaries(root: string): Promise<Verdict> {
  const { out } = await runBin(root, "depcruise", [
    "--config",
    ".dependency-cruiser.mjs",
    "--output-type",
    "json",
    "src",
    "tests",
    "bench",
  ]);
  let report: CruiseReport;
  try {
    report = JSON.parse(out.slice(out.indexOf("{"))) as CruiseReport;
  } catch {
    return { ok: false, line: "did not answer", details: out };
  }
  const { totalCruised, violations, ruleSetUsed } = report.summary;
  const files = globSync("{src,tests,bench}/**/*.ts", { cwd: root }).length;
  if (totalCruised < files)
    return { ok: false, line: `read ${totalCruised} modules of ${files} files: the parser is missing`, details: "" };
  const comments = new Map(ruleSetUsed.forbidden?.map(({ name, comment }) => [name, comment ?? ""]));
  const names = [...new Set(violations.map(({ rule }) => rule.name))];
  const details = names
    .map((name) => {
      const rows = violations.filter(({ rule }) => rule.name === name).map(({ from, to }) => `    ${from} → ${to}`);
      return `  ${name}: ${comments.get(name)}\n${rows.join("\n")}`;
    })
    .join("\n");
  if (violations.length > 0)
    return { ok: false, line: `${violations.length} imports break ${names.length} rules`, details };
  return { ok: true, line: `${totalCruised} modules, no rule broken`, details: "" };
}

export const TOOLS: readonly Tool[] = [
  {
    name: "types",
    run: (root) =>
      byExitCode(root, "tsc", ["--noEmit", "-p", "tsconfig.json", "--pretty", "false"], "no errors", /^.*error TS.*$/m),
  },
  {
    name: "style",
    run: (root) =>
      byExitCode(
        root,
        "biome",
        ["ci", "--colors=off", "--max-diagnostics=20", "--diagnostic-level=warn"],
        "lint and format clean",
        /Found \d+ \w+/,
      ),
  },
  {
    name: "promises and more",
    run: (root) =>
      byExitCode(
        root,
        "oxlint",
        ["--type-aware", "-c", ".oxlintrc.json", "--deny-warnings", "src", "tests", "bench", "bin"],
        "nothing found",
        /Found .*/,
      ),
  },
  { name: "boundaries", run: checkBoundaries },
  {
    name: "unused code",
    run: (root) => byExitCode(root, "knip", ["--no-progress", "--no-config-hints"], "none", /^Unused.*$/m),
  },
];
