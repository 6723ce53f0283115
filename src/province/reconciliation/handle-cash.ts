import type { Database } from "#kit/db.ts";
import { type Closing, putClosing, putHandover, rematchLines } from "./bank-store.ts";
import type { CloseWord, HandoverWord } from "./reconciliation.ts";

/** "Khóa sổ": everything this officer took in cash and has not closed, against what was counted. */
export function closeTill(database: Database, closing: Closing): Promise<CloseWord> {
  return putClosing(database, closing);
}

/** What was closed goes to the bank under one slip; the statement may have told of it already. */
export async function handOverCash(
  database: Database,
  handover: Parameters<typeof putHandover>[1],
): Promise<HandoverWord> {
  const word = await putHandover(database, handover);
  await rematchLines(database, handover.tenant);
  return word;
}
