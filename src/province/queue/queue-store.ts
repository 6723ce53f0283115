/** Numbers of the hall. `db` is the tenant's; `day` is a day of Việt Nam. */
import { type Db, statement } from "#kit/db.ts";
import type { Service, Ticket } from "./queue.ts";

const COLUMNS = `id, number, service, state, window_name as "window", calls, taken_at as "takenAt", called_at as "calledAt"`;

const take = statement<Ticket, [agency: string, day: string, service: Service, at: Date]>(
  "queue.take",
  `select ${COLUMNS} from queue_take($1, $2, $3, $4)`,
);

export function takeNumber(
  db: Db,
  input: { agency: string; day: string; service: Service; at: Date },
): Promise<Ticket> {
  return db.one(take, [input.agency, input.day, input.service, input.at]);
}

const call = statement<Ticket, [agency: string, day: string, officer: string, window: string, at: Date]>(
  "queue.call",
  `select ${COLUMNS} from queue_call($1, $2, $3, $4, $5)`,
);

/** The next number to this window; undefined when nobody waits. */
export function callNext(
  db: Db,
  input: { agency: string; day: string; officer: string; window: string; at: Date },
): Promise<Ticket | undefined> {
  return db.maybe(call, [input.agency, input.day, input.officer, input.window, input.at]);
}

const recall = statement<object, [agency: string, day: string, officer: string]>(
  "queue.recall",
  "update queue_ticket set calls = calls + 1 where agency_id = $1 and day = $2 and officer_id = $3 and state = 'called' and calls < 9",
);

/** Called again, at most nine times; answers whether there was a number to call. */
export async function callAgain(db: Db, input: { agency: string; day: string; officer: string }): Promise<boolean> {
  return (await db.run(recall, [input.agency, input.day, input.officer])) > 0;
}

const end = statement<object, [agency: string, day: string, officer: string, state: string, at: Date]>(
  "queue.end",
  `update queue_ticket set state = $4, ended_at = $5
   where agency_id = $1 and day = $2 and officer_id = $3 and state = 'called'`,
);

/** The person did not come, or was served. */
export async function endNumber(
  db: Db,
  input: { agency: string; day: string; officer: string; state: "served" | "missed"; at: Date },
): Promise<void> {
  await db.run(end, [input.agency, input.day, input.officer, input.state, input.at]);
}

const current = statement<Ticket, [agency: string, day: string, officer: string]>(
  "queue.current",
  `select ${COLUMNS} from queue_ticket where agency_id = $1 and day = $2 and officer_id = $3 and state = 'called'
   order by called_at desc limit 1`,
);

export function currentOf(
  db: Db,
  input: { agency: string; day: string; officer: string },
): Promise<Ticket | undefined> {
  return db.maybe(current, [input.agency, input.day, input.officer]);
}

const waiting = statement<Ticket, [agency: string, day: string]>(
  "queue.waiting",
  `select ${COLUMNS} from queue_ticket where agency_id = $1 and day = $2 and state = 'waiting' order by number limit 50`,
);

export function listWaiting(db: Db, input: { agency: string; day: string }): Promise<Ticket[]> {
  return db.many(waiting, [input.agency, input.day]);
}

const called = statement<Ticket, [agency: string, day: string]>(
  "queue.called",
  `select ${COLUMNS} from queue_ticket where agency_id = $1 and day = $2 and called_at is not null
   order by called_at desc, number desc limit 6`,
);

/** The newest calls first: what the board in the hall shows. */
export function listCalled(db: Db, input: { agency: string; day: string }): Promise<Ticket[]> {
  return db.many(called, [input.agency, input.day]);
}
