import { once } from "node:events";
import { LEDGER_FORMATS, type LedgerFormat } from "../kit/ledger-journal.ts";
import { type Command, EXIT, parseOptions, UsageError } from "./command.ts";
import { withDatabases } from "./databases.ts";

export const command: Command = {
  help: `
Usage: motcua ledger export --system national|province [--province CODE] --format hledger|csv

Writes a whole ledger to standard output, piece by piece: the national hub's, or one province's (--province tayninh).
hledger's journal format can be checked by an independent program: motcua ledger export … | hledger -f - balance
Amounts are whole đồng; debits positive, credits negative.
`,
  run: async (args) => {
    const { values, positionals } = parseOptions(
      args,
      { system: { type: "string" }, province: { type: "string" }, format: { type: "string", default: "hledger" } },
      true,
    );
    if (positionals.length !== 1 || positionals[0] !== "export") throw new UsageError("motcua ledger export …");
    const format = LEDGER_FORMATS.find((one) => one === values.format);
    if (!format) throw new UsageError(`--format is ${LEDGER_FORMATS.join(" or ")}`);
    const { system, province } = values;
    if (system !== "national" && system !== "province") throw new UsageError("--system is national or province");
    if (system === "province" && !province) throw new UsageError("--province CODE is wanted for a province's ledger");
    if (system === "national" && province) throw new UsageError("--province belongs to --system province");
    return await withDatabases(async (config) => {
      if (system === "province" && !config.origins.provinces.some((one) => one.code === province)) {
        throw new UsageError(`there is no province "${province}"`);
      }
      for await (const text of await textOf(config, format, province)) {
        if (!process.stdout.write(text)) await once(process.stdout, "drain");
      }
      return EXIT.ok;
    });
  },
};

type Config = Parameters<Parameters<typeof withDatabases>[0]>[0];

async function textOf(
  config: Config,
  format: LedgerFormat,
  province: string | undefined,
): Promise<AsyncIterable<string>> {
  if (province === undefined) return (await import("../national/app.ts")).exportNationalLedger(config, format);
  return (await import("../province/app.ts")).exportProvinceLedger(config, province, format);
}
