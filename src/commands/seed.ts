import type { Config } from "../kit/config.ts";
import { createLog } from "../kit/log.ts";
import { type Command, EXIT, parseOptions } from "./command.ts";
import { withDatabases } from "./databases.ts";

export const command: Command = {
  help: `
Usage: motcua seed

Loads what must be there before the first visitor: provinces, procedures, sign-in clients, merchants, and in demo mode
the demo accounts. Safe to repeat: what is there already stays.
`,
  run: async (args) => {
    parseOptions(args, {});
    await withDatabases(seedAll);
    return EXIT.ok;
  },
};

export async function seedAll(config: Config): Promise<void> {
  const log = createLog("seed");
  const [national, province] = await Promise.all([import("../national/app.ts"), import("../province/app.ts")]);
  await Promise.all([national.seed({ config, log }), province.seed({ config, log })]);
}
