/** Read models of feedback. Every list is limited. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";

export type Feedback = {
  readonly id: string;
  readonly procedureCode: string | null;
  readonly body: string;
  readonly name: string | null;
  readonly contact: string | null;
  readonly sentAt: Date;
  /** YYYY-MM-DD */
  readonly dueOn: string;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
};

const COLUMNS = `id, procedure_code as "procedureCode", body, name, contact, sent_at as "sentAt", due_on as "dueOn", answer,
  answered_at as "answeredAt"`;

const byCode = statement<Feedback, [code: string]>(
  "feedback.find-by-code",
  `select ${COLUMNS} from feedback where code = $1`,
);
const byId = statement<Feedback, [id: string]>("feedback.find", `select ${COLUMNS} from feedback where id = $1`);

const open = statement<Feedback, [dueOn: string | null, id: string | null, limit: number]>(
  "feedback.list-open",
  `select ${COLUMNS} from feedback where answered_at is null and ($1::date is null or (due_on, id) > ($1, $2::uuid))
   order by due_on, id limit $3`,
);

const answered = statement<Feedback, [limit: number]>(
  "feedback.list-answered",
  `select ${COLUMNS} from feedback where answered_at is not null order by answered_at desc, id limit $1`,
);

export function findByCode(db: Db, code: string): Promise<Feedback | undefined> {
  return db.maybe(byCode, [code]);
}

export function findFeedback(db: Db, id: string): Promise<Feedback | undefined> {
  return db.maybe(byId, [id]);
}

/** What waits for an answer, the most urgent first. */
export function listOpen(db: Db, after: { dueOn: string; id: string } | undefined, limit: number): Promise<Feedback[]> {
  return db.many(open, [after?.dueOn ?? null, after?.id ?? null, limit]);
}

export function listAnswered(db: Db, limit: number): Promise<Feedback[]> {
  return db.many(answered, [limit]);
}
