import { createReadStream, existsSync, statSync } from "node:fs";
import { AppError } from "../kit/errors.ts";
import { type Command, EXIT, parseOptions, UsageError } from "./command.ts";
import { withDatabases } from "./databases.ts";

export const command: Command = {
  help: `
Usage: motcua import catalogue FILE --province CODE [--dry-run] [--propose] [--json]

Brings procedures of the national catalogue into a province's. FILE is recognised by its content, plain or gzip:
answers of the service LayThuTuc (one, a list, or one a line), JSON lines of the portal's pages, or CSV with the columns
code,name,field,levels,agencies,time,time_unit,fee,components,legal_basis (lists inside a cell apart by semicolons).

New and changed procedures are published at once as information only: they can be read, and filed once they have a form.
What the province publishes with a form, or an administrator wrote, is left as it is and its differences are reported.
The same file again changes nothing. "0 VNĐ", times without a unit and remarks among papers are not taken at their word.

  --province CODE  a folder of provinces/, for example tayninh
  --dry-run        says what would be done and writes nothing
  --propose        procedures that are listed already and changed wait for an administrator (/quan-tri/cong-bo);
                   new ones are published
  --json           { "read", "added", "changed", "unchanged", "rejected": [{ "line", "code", "reason" }],
                     "kept": [{ "line", "code", "differences" }] }; differences are { "place", "before", "after" }

Reasons: not-json, not-a-procedure, broken-utf8, too-large, columns, code-missing, code-shape, code-of-other-province,
         code-twice, name-missing, name-too-long, text-too-long, time, fee, levels

Exit codes: 0 every record was taken · 1 some were rejected, or the file as a whole is not understood

  motcua import catalogue procedures.jsonl.gz --province tayninh --dry-run
`,
  run: async (args) => {
    const { values, positionals } = parseOptions(
      args,
      {
        province: { type: "string" },
        "dry-run": { type: "boolean" },
        propose: { type: "boolean" },
        json: { type: "boolean" },
      },
      true,
    );
    const [what, file] = positionals;
    if (what !== "catalogue" || !file || positionals.length > 2) throw new UsageError("catalogue FILE is wanted");
    if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`there is no file ${file}`);
    const { province } = values;
    if (!province) throw new UsageError("--province CODE is wanted");
    return await withDatabases(async (config) => {
      const { importProvinceCatalogue, provinceCodes } = await import("../province/app.ts");
      const codes = provinceCodes();
      if (!codes.includes(province))
        throw new UsageError(`there is no province "${province}"; there are ${codes.join(", ")}`);
      const dryRun = values["dry-run"] === true;
      try {
        const report = await importProvinceCatalogue(config, province, createReadStream(file), {
          dryRun,
          propose: values.propose === true,
        });
        process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : readable(report, dryRun));
        return report.rejected.length === 0 ? EXIT.ok : EXIT.failed;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "invalid") throw error;
        // Nothing of the file was read; who asked for JSON gets JSON.
        if (values.json)
          process.stdout.write(
            `${JSON.stringify({ read: 0, added: 0, changed: 0, unchanged: 0, rejected: [{ line: 1, code: null, reason: error.reason ?? "file" }], kept: [], message: error.message })}\n`,
          );
        process.stderr.write(`${file}: ${error.message}\n`);
        return EXIT.failed;
      }
    });
  },
};

interface Report {
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: readonly { readonly line: number; readonly code: string | null; readonly reason: string }[];
  readonly kept: readonly Differing[];
  readonly changes: readonly Differing[];
  readonly unlisted: Readonly<Record<string, number>>;
}

interface Differing {
  readonly code: string;
  readonly differences: readonly { readonly place: string; readonly before?: unknown; readonly after?: unknown }[];
}

const NOT_LISTED: Readonly<Record<string, string>> = {
  central: "carried out by a central body (found by words, with where to file)",
  "between-bodies": "between state bodies",
  "level-unknown": "the file says no level",
};

/** Longest lists printed; --json has everything. */
const MOST = 50;

function readable(report: Report, dryRun: boolean): string {
  const { read, added, changed, unchanged, rejected } = report;
  const lines = [
    ...(dryRun ? ["Dry run: nothing was written."] : []),
    `${read} read: ${added} added, ${changed} changed, ${unchanged} unchanged, ${rejected.length} rejected`,
    ...Object.entries(report.unlisted).flatMap(([reason, count]) =>
      count > 0 ? [`${count} in no list: ${NOT_LISTED[reason] ?? reason}`] : [],
    ),
    ...section("Rejected", rejected, ({ line, code, reason }) => [`line ${line}  ${code ?? "-"}  ${reason}`]),
    ...section("Changed", report.changes, differing),
    ...section("Kept as published here; the file says otherwise", report.kept, differing),
  ];
  return `${lines.join("\n")}\n`;
}

function section<Row>(title: string, rows: readonly Row[], lines: (row: Row) => readonly string[]): string[] {
  if (rows.length === 0) return [];
  const more = rows.length > MOST ? [`  … and ${rows.length - MOST} more`] : [];
  return ["", `${title}:`, ...rows.slice(0, MOST).flatMap((row) => lines(row).map((line) => `  ${line}`)), ...more];
}

function differing({ code, differences }: Differing): string[] {
  return differences.map(({ place, before, after }) => `${code}  ${place}: ${brief(before)} → ${brief(after)}`);
}

function brief(value: unknown): string {
  if (value === undefined) return "(none)";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  // Control characters of a file must not reach a terminal.
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, " ");
  return clean.length > 100 ? `${clean.slice(0, 99)}…` : clean;
}
