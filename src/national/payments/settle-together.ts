/**
 * Reports that come in faster than PostgreSQL commits are settled together: whoever arrives while statements are under
 * way waits for the next one, which takes up to 64 of them. A quiet hub settles each report at once and alone.
 *
 * Nobody hears an answer before the COMMIT of the statement that holds it. One bad row does not fail the others, and a
 * statement that failed as a whole (broken connection, deadlock) is repeated row by row: settling is idempotent.
 */
import type { Database } from "#kit/db.ts";
import { type SettleAnswer, type SettleInput, settleInDatabase, settleManyInDatabase } from "./payment-store.ts";

/** payment_settle_many opens a subtransaction a row, and PostgreSQL keeps 64 of them cheap. */
const TOGETHER_MAX = 64;
/** Statements under way at once: one commits while the next ones work. */
const LANES = 3;

interface Waiting {
  readonly input: SettleInput;
  readonly resolve: (answer: SettleAnswer) => void;
  readonly reject: (error: unknown) => void;
}

interface Queue {
  waiting: Waiting[];
  underWay: number;
}

/** One queue a database, for all who settle in this process. */
const queues = new WeakMap<Database, Queue>();

export function settleTogether(database: Database, input: SettleInput): Promise<SettleAnswer> {
  const queue = queues.get(database) ?? { waiting: [], underWay: 0 };
  queues.set(database, queue);
  return new Promise((resolve, reject) => {
    queue.waiting.push({ input, resolve, reject });
    if (queue.underWay < LANES) void run(database, queue);
  });
}

async function run(database: Database, queue: Queue): Promise<void> {
  queue.underWay += 1;
  try {
    while (queue.waiting.length > 0) {
      const taken = queue.waiting.splice(0, TOGETHER_MAX);
      const [only] = taken;
      if (taken.length === 1 && only) await settleAlone(database, only);
      else await settleThese(database, taken);
    }
  } finally {
    queue.underWay -= 1;
  }
}

async function settleThese(database: Database, taken: readonly Waiting[]): Promise<void> {
  let answers: readonly (SettleAnswer | undefined)[];
  try {
    answers = await settleManyInDatabase(
      database,
      taken.map(({ input }) => input),
    );
  } catch {
    // Whether it was committed is not known: asked again alone, each row answers "already" or its own failure.
    answers = [];
  }
  for (const [index, waiting] of taken.entries()) {
    const answer = answers[index];
    if (answer) waiting.resolve(answer);
    else await settleAlone(database, waiting);
  }
}

async function settleAlone(database: Database, waiting: Waiting): Promise<void> {
  try {
    waiting.resolve(await settleInDatabase(database, waiting.input));
  } catch (error) {
    waiting.reject(error);
  }
}
