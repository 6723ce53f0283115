import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkHouseRules } from "./check/house-rules.ts";
import { TOOLS } from "./check/tools.ts";
import { type Command, EXIT, parseOptions } from "./command.ts";

export const command: Command = {
  help: `
Usage: motcua check [--json]

Looks at a checkout: types (tsc), style and format (Biome), promises and more (oxlint with types), boundaries between
rooms and buildings (dependency-cruiser), unused code (knip), house rules (names, length, where SQL stands). One line a
tool; what was found comes after.

  --json   print [{ "name", "ok", "line" }]

Exit codes: 0 all clean · 1 something was found
`,
  run: async (args) => {
    const { values } = parseOptions(args, { json: { type: "boolean" } });
    const root = resolve(import.meta.dirname, "../..");
    if (!existsSync(join(root, "tsconfig.json"))) {
      process.stderr.write("motcua: check works in a checkout only\n");
      return EXIT.unavailable;
    }
    const tools = [...TOOLS, { name: "house rules", run: checkHouseRules }];
    const verdicts = [];
    // One after the other: each uses all cores by itself.
    for (const { name, run } of tools) {
      const verdict = await run(root);
      verdicts.push({ name, ...verdict });
      if (!values.json)
        process.stdout.write(`${verdict.ok ? "ok    " : "FAILED"} ${name.padEnd(18)} ${verdict.line}\n`);
    }
    if (values.json)
      process.stdout.write(`${JSON.stringify(verdicts.map(({ name, ok, line }) => ({ name, ok, line })))}\n`);
    else
      for (const { name, ok, details } of verdicts) if (!ok) process.stdout.write(`\n${name}:\n${details.trimEnd()}\n`);
    return verdicts.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed;
  },
};
