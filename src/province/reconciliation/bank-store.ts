import { type Database, type Db, statement } from "#kit/db.ts";
import type { AnswerWord, BankLine, CloseWord, HandoverWord } from "./reconciliation.ts";

const takeCall = statement<
  { taken: number; contradicts: string | null },
  [tenant: string, account: string, source: string, partner: string, lines: string]
>("bank.take-lines", "select taken, contradicts from bank_lines_take($1, $2, $3, $4, $5::jsonb)");

const rematchCall = statement<{ matched: number }, [tenant: string]>(
  "bank.rematch",
  "select bank_rematch($1) as matched",
);

const answerCall = statement<
  { word: AnswerWord },
  [tenant: string, line: string, account: string | null, note: string, officerId: string, officerName: string]
>("bank.answer", "select bank_answer_put($1, $2, $3, $4, $5, $6) as word");

const closeCall = statement<
  { word: CloseWord },
  [
    tenant: string,
    id: string,
    agency: string,
    officerId: string,
    officerName: string,
    expected: number,
    counted: number,
    reason: string,
  ]
>("cash.close", "select cash_close_put($1, $2, $3, $4, $5, $6, $7, $8) as word");

const handoverCall = statement<
  { word: HandoverWord },
  [tenant: string, id: string, agency: string, officerId: string, officerName: string, account: string, slip: string]
>("cash.hand-over", "select cash_handover_put($1, $2, $3, $4, $5, $6, $7) as word");

const selectCursor = statement<{ line: string }, [account: string]>(
  "bank.find-cursor",
  "select line from bank_cursor where account = $1",
);

const putCursor = statement<unknown, [account: string, line: string]>(
  "bank.put-cursor",
  `insert into bank_cursor (account, line) values ($1, $2)
   on conflict (tenant, account) do update set line = excluded.line, read_at = now()`,
);

export interface StatementPart {
  readonly tenant: string;
  readonly account: string;
  readonly source: "feed" | "file";
  /** Our name at the hub, which its remittances carry. */
  readonly partner: string;
  readonly lines: readonly BankLine[];
}

/** All or none of them; known lines change nothing. `contradicts`: a known one that now has another amount. */
export function takeLines(
  database: Database,
  part: StatementPart,
): Promise<{ taken: number; contradicts: string | null }> {
  const { tenant, account, source, partner, lines } = part;
  return database.one(takeCall, [tenant, account, source, partner, JSON.stringify(lines)]);
}

/** Matches lines with records that were written after them. Answers how many. */
export async function rematchLines(database: Database, tenant: string): Promise<number> {
  return (await database.one(rematchCall, [tenant])).matched;
}

type Person = { readonly id: string; readonly name: string };

export async function putAnswer(
  database: Database,
  answer: { tenant: string; lineId: string; account: string | null; note: string; officer: Person },
): Promise<AnswerWord> {
  const { tenant, lineId, account, note, officer } = answer;
  return (await database.one(answerCall, [tenant, lineId, account, note, officer.id, officer.name])).word;
}

export interface Closing {
  readonly tenant: string;
  /** Made with the page. */
  readonly id: string;
  readonly officer: Person & { readonly agencyId: string };
  /** What the page said: the till must not have changed while it was counted. */
  readonly expected: number;
  readonly counted: number;
  readonly reason: string;
}

export async function putClosing(database: Database, closing: Closing): Promise<CloseWord> {
  const { tenant, id, officer, expected, counted, reason } = closing;
  const { word } = await database.one(closeCall, [
    tenant,
    id,
    officer.agencyId,
    officer.id,
    officer.name,
    expected,
    counted,
    reason,
  ]);
  return word;
}

export async function putHandover(
  database: Database,
  handover: { tenant: string; id: string; officer: Person & { agencyId: string }; account: string; slip: string },
): Promise<HandoverWord> {
  const { tenant, id, officer, account, slip } = handover;
  const { word } = await database.one(handoverCall, [
    tenant,
    id,
    officer.agencyId,
    officer.id,
    officer.name,
    account,
    slip,
  ]);
  return word;
}

/** `db` is the tenant's. */
export async function findCursor(db: Db, account: string): Promise<string | undefined> {
  return (await db.maybe(selectCursor, [account]))?.line;
}

export async function moveCursor(db: Db, account: string, line: string): Promise<void> {
  await db.run(putCursor, [account, line]);
}
