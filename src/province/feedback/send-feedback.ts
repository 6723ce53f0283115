import { addDays, plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { newId, newReadableCode } from "#kit/ids.ts";
import { findProcedure } from "#province/catalogue/index.ts";
import { addFeedback } from "./feedback-store.ts";

/**
 * Keeps what somebody said, with the day it is due: so many days of the calendar from today. A code of a procedure that the province does not publish counts as none.
 * Returns the code by which the sender reads the answer. `db` is the tenant's.
 */
export async function sendFeedback(
  db: Database,
  clock: Clock,
  answerDays: number,
  said: {
    readonly body: string;
    readonly name: string;
    readonly contact: string;
    readonly procedure: string;
    /** Id of the unit it is about; null when the sender named none. */
    readonly agency: string | null;
  },
): Promise<string> {
  const procedure = said.procedure === "" ? undefined : await findProcedure(db, said.procedure.slice(0, 40), clock);
  const code = newReadableCode(12);
  await addFeedback(db, [
    newId(),
    code,
    procedure?.code ?? null,
    said.agency,
    said.body,
    said.name === "" ? null : said.name,
    said.contact === "" ? null : said.contact,
    addDays(plainDateOf(clock.now()), answerDays),
  ]);
  return code;
}
