/** The `motcua` command. Each command is a file of `commands/` and is loaded only when it is called. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, EXIT, UsageError } from "./commands/command.ts";
import { ConfigError } from "./kit/config.ts";
import { AppError } from "./kit/errors.ts";

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<{ command: Command }>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  start: {
    summary: "start all systems on this machine, or one role of them",
    load: () => import("./commands/start.ts"),
  },
  migrate: { summary: "bring the databases up to date", load: () => import("./commands/migrate.ts") },
  seed: {
    summary: "load procedures, provinces and (in the demo) demo accounts",
    load: () => import("./commands/seed.ts"),
  },
  doctor: { summary: "say what this machine has and what is missing", load: () => import("./commands/doctor.ts") },
  test: { summary: "run the tests of a checkout", load: () => import("./commands/test.ts") },
  check: {
    summary: "check types, style, boundaries and unused code of a checkout",
    load: () => import("./commands/check.ts"),
  },
  bench: { summary: "measure workloads against their physical limits", load: () => import("./commands/bench.ts") },
  strip: { summary: "make dist/ for the published package", load: () => import("./commands/strip.ts") },
  import: {
    summary: "bring the national catalogue's procedures into a province",
    load: () => import("./commands/import.ts"),
  },
  reconcile: {
    summary: "compare a provider's settlement file with the payment hub's books",
    load: () => import("./commands/reconcile.ts"),
  },
  ledger: { summary: "export a ledger for hledger or as CSV", load: () => import("./commands/ledger.ts") },
  faults: { summary: "kill processes at named points and look for loss", load: () => import("./commands/faults.ts") },
};

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: motcua COMMAND [options]

Một cửa: an open, self-hosted platform for online public services.

Commands:
${rows.join("\n")}

motcua COMMAND --help tells more about one command.

Exit codes: 0 done · 1 it found something wrong · 2 wrong command line · 69 something needed is missing
            70 a mistake of the program · 78 wrong configuration
`;
}

function version(): string {
  return (JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as { version: string })
    .version;
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--version" || name === "-V") {
    process.stdout.write(`${version()}\n`);
    return EXIT.ok;
  }
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    (name === undefined ? process.stderr : process.stdout).write(help());
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) throw new UsageError(`there is no command "${name}"; see motcua --help`);
  const { command } = await entry.load();
  const end = rest.indexOf("--");
  if ((end < 0 ? rest : rest.slice(0, end)).some((arg) => arg === "--help" || arg === "-h")) {
    process.stdout.write(`${command.help.trim()}\n`);
    return EXIT.ok;
  }
  return await command.run(rest);
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`motcua: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof ConfigError) {
    process.stderr.write(
      `motcua: the configuration is not complete:\n${error.problems.map((problem) => `  - ${problem}\n`).join("")}`,
    );
    return EXIT.config;
  }
  if (error instanceof AppError && error.code !== "internal") {
    process.stderr.write(`motcua: ${error.message}\n`);
    return error.code === "unavailable" ? EXIT.unavailable : EXIT.failed;
  }
  process.stderr.write(`motcua: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.internal;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = explain(error);
}
// The door's channel would keep a finished command alive.
if (process.connected) process.disconnect();
