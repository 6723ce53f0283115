/** SQL that writes feedback. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";

type SendParams = [
  id: string,
  code: string,
  procedure: string | null,
  agency: string | null,
  body: string,
  name: string | null,
  contact: string | null,
  dueOn: string,
];
const send = statement<object, SendParams>(
  "feedback.send",
  "select feedback_send($1, $2, $3, $4, $5, $6, $7, $8::date)",
);

const answer = statement<{ done: boolean }, [id: string, answer: string, officer: string]>(
  "feedback.answer",
  "select feedback_answer($1, $2, $3) as done",
);

export async function addFeedback(db: Db, sent: SendParams): Promise<void> {
  await db.one(send, sent);
}

/** False when it was answered already. */
export async function addAnswer(db: Db, id: string, text: string, officerId: string): Promise<boolean> {
  return (await db.one(answer, [id, text, officerId])).done;
}
