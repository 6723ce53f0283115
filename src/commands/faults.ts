import { globSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, EXIT, parseOptions } from "./command.ts";
import { command as test } from "./test.ts";

export const command: Command = {
  help: `
Usage: motcua faults

Runs the fault tests of a checkout (tests/faults): processes are killed at named points of a payment and at random, and
afterwards nothing may be lost or doubled. Each run has a street of its own on free ports. The last line sums up.

Exit codes: 0 nothing lost, nothing doubled · 1 something was
`,
  run: async (args) => {
    parseOptions(args, {});
    const root = resolve(import.meta.dirname, "../..");
    const files = globSync("tests/faults/**/*.test.ts", { cwd: root }).map((path) => resolve(root, path));
    if (files.length === 0) {
      process.stderr.write("motcua: there are no fault tests here\n");
      return EXIT.unavailable;
    }
    return await test.run(files);
  },
};
