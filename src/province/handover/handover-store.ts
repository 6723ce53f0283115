/** Results handed over at the counter. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";

export interface Handover {
  readonly receiverName: string;
  readonly receiverIdentity: string;
  /** Empty when the applicant came. */
  readonly authorisation: string;
  readonly signatureSha256: string | null;
  readonly officer: string;
  readonly handedAt: Date;
}

const find = statement<Handover, [dossierId: string]>(
  "handover.find",
  `select receiver_name as "receiverName", receiver_identity as "receiverIdentity", authorisation,
     signature_sha256 as "signatureSha256", officer ->> 'name' as officer, handed_at as "handedAt"
   from result_handover where dossier_id = $1`,
);

export function findHandover(db: Db, dossierId: string): Promise<Handover | undefined> {
  return db.maybe(find, [dossierId]);
}

const put = statement<
  { done: boolean },
  [
    dossier: string,
    name: string,
    identity: string,
    authorisation: string,
    signature: string | null,
    officer: string,
    at: Date,
  ]
>("handover.put", "select result_hand_over($1, $2, $3, $4, $5, $6::jsonb, $7) as done");

/** Written once: the first one stays. False while the result is not returned. */
export async function putHandover(
  db: Db,
  handover: {
    readonly dossierId: string;
    readonly name: string;
    readonly identity: string;
    readonly authorisation: string;
    readonly signatureSha256: string | null;
    readonly officer: { readonly kind: "officer"; readonly id: string; readonly name: string };
    readonly at: Date;
  },
): Promise<boolean> {
  const { dossierId, name, identity, authorisation, signatureSha256, officer, at } = handover;
  const row = [dossierId, name, identity, authorisation, signatureSha256, JSON.stringify(officer), at] as const;
  return (await db.one(put, [...row])).done;
}
