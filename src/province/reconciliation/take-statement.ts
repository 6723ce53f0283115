import type { Database } from "#kit/db.ts";
import { rematchLines, takeLines } from "./bank-store.ts";
import { readStatementCsv, type StatementColumn, type StatementProblem } from "./statement-csv.ts";

export type TakenStatement =
  | { readonly ok: true; readonly taken: number; readonly contradicts: string | null }
  | {
      readonly ok: false;
      readonly why: "not-text" | "too-many" | "columns" | "lines";
      readonly missing: readonly StatementColumn[];
      readonly problems: readonly StatementProblem[];
    };

/**
 * A statement that an accountant brings: taken in whole or not at all, known lines change nothing; then lines are held
 * against records that were written after them.
 */
export async function takeStatement(
  database: Database,
  file: { readonly tenant: string; readonly account: string; readonly partner: string; readonly bytes: Uint8Array },
): Promise<TakenStatement> {
  const { tenant, account, partner, bytes } = file;
  const text = textOf(bytes);
  if (text === undefined) return { ok: false, why: "not-text", missing: [], problems: [] };
  const read = readStatementCsv(text);
  if (!read.ok) {
    const { missing, problems, tooMany } = read;
    return { ok: false, why: tooMany ? "too-many" : missing.length > 0 ? "columns" : "lines", missing, problems };
  }
  const result = await takeLines(database, { tenant, account, source: "file", partner, lines: read.lines });
  await rematchLines(database, tenant);
  return { ok: true, ...result };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
