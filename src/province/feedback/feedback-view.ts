/** Read models of feedback. Every list is limited. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";

export type Feedback = {
  readonly id: string;
  readonly procedureCode: string | null;
  /** The unit it is about; null: the province. */
  readonly agencyId: string | null;
  readonly body: string;
  readonly name: string | null;
  readonly contact: string | null;
  readonly sentAt: Date;
  /** YYYY-MM-DD */
  readonly dueOn: string;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
};

const COLUMNS = `id, procedure_code as "procedureCode", agency_id as "agencyId", body, name, contact, sent_at as "sentAt", due_on as "dueOn", answer,
  answered_at as "answeredAt"`;

const byCode = statement<Feedback, [code: string]>(
  "feedback.find-by-code",
  `select ${COLUMNS} from feedback where code = $1`,
);
const byId = statement<Feedback, [id: string]>("feedback.find", `select ${COLUMNS} from feedback where id = $1`);

/** Of these units, and what names none when $2. */
const IN_UNITS = "(agency_id = any ($1) or ($2 and agency_id is null))";

const open = statement<
  Feedback,
  [agencies: readonly string[], own: boolean, dueOn: string | null, id: string | null, limit: number]
>(
  "feedback.list-open",
  `select ${COLUMNS} from feedback where answered_at is null and ${IN_UNITS} and ($3::date is null or (due_on, id) > ($3, $4::uuid))
   order by due_on, id limit $5`,
);

const answered = statement<Feedback, [agencies: readonly string[], own: boolean, limit: number]>(
  "feedback.list-answered",
  `select ${COLUMNS} from feedback where answered_at is not null and ${IN_UNITS} order by answered_at desc, id limit $3`,
);

export function findByCode(db: Db, code: string): Promise<Feedback | undefined> {
  return db.maybe(byCode, [code]);
}

export function findFeedback(db: Db, id: string): Promise<Feedback | undefined> {
  return db.maybe(byId, [id]);
}

/** Whose feedback: that of these units, and what names none when it is the province's officers who look. */
export interface FeedbackUnits {
  readonly agencies: readonly string[];
  readonly province: boolean;
}

/** What waits for an answer, the most urgent first. */
export function listOpen(
  db: Db,
  units: FeedbackUnits,
  after: { dueOn: string; id: string } | undefined,
  limit: number,
): Promise<Feedback[]> {
  return db.many(open, [units.agencies, units.province, after?.dueOn ?? null, after?.id ?? null, limit]);
}

export function listAnswered(db: Db, units: FeedbackUnits, limit: number): Promise<Feedback[]> {
  return db.many(answered, [units.agencies, units.province, limit]);
}
