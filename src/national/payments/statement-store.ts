import { type Db, statement } from "#kit/db.ts";
import type { UnmatchedReason } from "./payment.ts";

export interface PutLine {
  readonly account: string;
  readonly line: string;
  readonly bookedAt: Date;
  readonly amount: number;
  readonly content: string;
  readonly outcome: "matched" | "unmatched" | "outgoing";
  readonly reason?: UnmatchedReason;
  readonly attempt?: string;
}

const selectCursor = statement<{ line: string }, [account: string]>(
  "payments.statement-cursor",
  "select line from bank_statement_cursor where account = $1",
);

const putLine = statement<
  { fresh: boolean },
  [
    account: string,
    line: string,
    bookedAt: Date,
    amount: number,
    content: string,
    outcome: string,
    reason: string | null,
    attempt: string | null,
  ]
>("payments.put-statement-line", "select bank_line_put($1, $2, $3, $4, $5, $6, $7, $8) as fresh");

const reverseCall = statement<
  { word: "disputed" | "already" | "no" },
  [account: string, line: string, attempt: string]
>("payments.reverse-statement-line", "select bank_line_reversed($1, $2, $3) as word");

const selectNamed = statement<{ id: string; amount: number; reference: string }, [references: string[]]>(
  "payments.find-transfer-attempts",
  `select id, amount, provider_order as reference from payment_attempt
   where provider = 'vietqr' and provider_order = any($1) limit 5`,
);

/** The bank's number of the last line that was read; undefined before the first one. */
export async function findCursor(db: Db, account: string): Promise<string | undefined> {
  return (await db.maybe(selectCursor, [account]))?.line;
}

/** False: the line was there already, and nothing has changed. */
export async function putStatementLine(db: Db, line: PutLine): Promise<boolean> {
  const { account, bookedAt, amount, content, outcome, reason, attempt } = line;
  const row = [account, line.line, bookedAt, amount, content, outcome, reason ?? null, attempt ?? null] as const;
  return (await db.one(putLine, [...row])).fresh;
}

/** Attempts at a transfer that these references name. */
export function findTransferAttempts(
  db: Db,
  references: readonly string[],
): Promise<{ id: string; amount: number; reference: string }[]> {
  return db.many(selectNamed, [[...references]]);
}

/** An outgoing line that names a payment which came in: does it take that one back? See the function in the migration. */
export async function reverseLine(
  db: Db,
  account: string,
  line: string,
  attempt: string,
): Promise<"disputed" | "already" | "no"> {
  return (await db.one(reverseCall, [account, line, attempt])).word;
}
