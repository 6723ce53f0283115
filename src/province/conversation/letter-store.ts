import { type Database, type Db, statement } from "#kit/db.ts";
import type { LetterFile, LetterRefusal, Side } from "./letter.ts";

type Outcome = { ok: true } | { ok: false; reason: LetterRefusal };

const put = statement<
  { outcome: Outcome },
  [string, string, string, sub: string | null, string, string, string, string, number]
>("letters.put", "select letter_put($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9) as outcome");

export interface NewLetter {
  readonly tenant: string;
  /** Made with the form: the same form sent twice is one letter. */
  readonly id: string;
  readonly dossierId: string;
  readonly author: { readonly side: Side; readonly id: string; readonly name: string };
  readonly body: string;
  readonly files: readonly LetterFile[];
}

export async function putLetter(database: Database, letter: NewLetter, limit: number): Promise<Outcome> {
  const { tenant, id, dossierId, author, body, files } = letter;
  const sub = author.side === "citizen" ? author.id : null;
  const params = [tenant, id, dossierId, sub, author.id, author.name, body, JSON.stringify(files), limit] as const;
  return (await database.one(put, [...params])).outcome;
}

const seen = statement<object, [dossierId: string, writtenBy: string]>(
  "letters.seen",
  "update letter set read_at = clock_timestamp() where dossier_id = $1 and side = $2 and read_at is null",
);

/** Everything that the other side wrote has now been seen. `db` is the tenant's. */
export async function markSeen(db: Db, dossierId: string, writtenBy: Side): Promise<void> {
  await db.run(seen, [dossierId, writtenBy]);
}
