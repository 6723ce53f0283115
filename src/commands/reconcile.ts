import { createReadStream, existsSync } from "node:fs";
import { basename } from "node:path";
import { isPlainDate } from "../kit/calendar.ts";
import { type Command, EXIT, parseOptions, UsageError } from "./command.ts";
import { withDatabases } from "./databases.ts";

const PROVIDERS: readonly string[] = ["momo", "vnpay", "zalopay", "vnpt-pay", "vietqr"];

export const command: Command = {
  help: `
Usage: motcua reconcile FILE --provider NAME [--day YYYY-MM-DD] [--json]

Compares a provider's settlement file (CSV) with the national payment hub's books: attempts, settlements, refunds. What
agrees is booked as paid out by the provider; what does not goes to the operators' work list. The same file again adds
nothing; one whose import was cut goes on where it was.

  --provider NAME  ${PROVIDERS.join(", ")}
  --day            the day (Vietnamese calendar) that the file is about; by default the days of its own lines
  --json           { "rows", "matched", "differences": [{ "kind", "line"?, "reference", "type", "ours"?, "theirs"? }] };
                   kind is missing-ours, missing-theirs, amount, status, duplicate or date; the header is line 1

Columns of the common format: provider,reference,provider_transaction,type,status,amount,fee,currency,occurred_at,settled_on

Exit codes: 0 the two sides agree · 1 there are differences, or the file is not understood
`,
  run: async (args) => {
    const { values, positionals } = parseOptions(
      args,
      { provider: { type: "string" }, day: { type: "string" }, json: { type: "boolean" } },
      true,
    );
    const [file] = positionals;
    if (!file || positionals.length > 1) throw new UsageError("one FILE is wanted");
    if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
    const { provider, day } = values;
    if (!provider) throw new UsageError("--provider NAME is wanted");
    if (!PROVIDERS.includes(provider))
      throw new UsageError(`there is no provider "${provider}"; there are ${PROVIDERS.join(", ")}`);
    if (day !== undefined && !isPlainDate(day)) throw new UsageError("--day is YYYY-MM-DD");
    return await withDatabases(async (config) => {
      const { reconcileSettlementFile } = await import("../national/app.ts");
      const { rows, matched, differences } = await reconcileSettlementFile(config, {
        provider,
        name: basename(file),
        source: "command",
        open: () => createReadStream(file, { highWaterMark: 1 << 20 }),
        ...(day ? { day } : {}),
      });
      if (values.json) {
        process.stdout.write(`${JSON.stringify({ rows, matched, differences })}\n`);
      } else {
        process.stdout.write(`${rows} lines, ${matched} agree, ${differences.length} differences\n`);
        for (const { kind, line, reference } of differences) {
          process.stdout.write(`${kind.padEnd(14)}  ${line === undefined ? "-" : `line ${line}`}  ${reference}\n`);
        }
      }
      return differences.length === 0 ? EXIT.ok : EXIT.failed;
    });
  },
};
