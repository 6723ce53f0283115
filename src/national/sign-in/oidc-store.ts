/** SQL of what oidc-provider keeps, and of its signing keys. */
import { type Db, statement } from "#kit/db.ts";

export interface StoredPayload {
  readonly payload: Record<string, unknown>;
  readonly consumed: boolean;
}

const upsert = statement<unknown, [string, string, string, string | null, string | null, string | null, number | null]>(
  "oidc.upsert",
  `insert into oidc_payload (model, id, payload, grant_id, uid, user_code, expires_at)
   values ($1, $2, $3::jsonb, $4, $5, $6, now() + make_interval(secs => $7::int))
   on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
     user_code = excluded.user_code, expires_at = excluded.expires_at`,
);

const find = statement<StoredPayload, [string, string]>(
  "oidc.find",
  `select payload, consumed_at is not null as consumed from oidc_payload
   where model = $1 and id = $2 and (expires_at is null or expires_at > now())`,
);

const findByUid = statement<StoredPayload, [string, string]>(
  "oidc.find-by-uid",
  `select payload, consumed_at is not null as consumed from oidc_payload
   where model = $1 and uid = $2 and (expires_at is null or expires_at > now()) limit 1`,
);

/** One row for the first caller only. */
const consume = statement<{ id: string }, [string, string]>(
  "oidc.consume",
  "update oidc_payload set consumed_at = now() where model = $1 and id = $2 and consumed_at is null returning id",
);

const destroy = statement<unknown, [string, string]>(
  "oidc.destroy",
  "delete from oidc_payload where model = $1 and id = $2",
);

const revoke = statement<unknown, [string]>("oidc.revoke-grant", "delete from oidc_payload where grant_id = $1");

const reap = statement<unknown, []>(
  "oidc.reap",
  `delete from oidc_payload where (model, id) in
     (select model, id from oidc_payload where expires_at < now() order by expires_at limit 5000)`,
);

export interface SigningKeyRow {
  readonly kid: string;
  readonly alg: string;
  readonly sealed: string;
}

const keys = statement<SigningKeyRow, []>(
  "oidc.list-keys",
  "select kid, alg, sealed from oidc_signing_key order by retired_at nulls first, created_at desc limit 20",
);

const insertKey = statement<unknown, [string, string, string]>(
  "oidc.insert-key",
  "insert into oidc_signing_key (kid, alg, sealed) values ($1, $2, $3) on conflict do nothing",
);

export interface NewPayload {
  readonly model: string;
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly lifeSeconds: number | undefined;
}

export async function putPayload(db: Db, row: NewPayload): Promise<void> {
  const text = (name: string): string | null => {
    const value = row.payload[name];
    return typeof value === "string" ? value : null;
  };
  await db.run(upsert, [
    row.model,
    row.id,
    JSON.stringify(row.payload),
    text("grantId"),
    text("uid"),
    text("userCode"),
    row.lifeSeconds ?? null,
  ]);
}

export const findPayload = (db: Db, model: string, id: string) => db.maybe(find, [model, id]);
export const findPayloadByUid = (db: Db, model: string, uid: string) => db.maybe(findByUid, [model, uid]);
export const consumePayload = async (db: Db, model: string, id: string): Promise<boolean> =>
  (await db.maybe(consume, [model, id])) !== undefined;
export const destroyPayload = async (db: Db, model: string, id: string): Promise<void> => {
  await db.run(destroy, [model, id]);
};
export const revokeGrant = async (db: Db, grantId: string): Promise<void> => {
  await db.run(revoke, [grantId]);
};
export const reapOidc = async (db: Db): Promise<void> => {
  await db.run(reap, []);
};
export const listSigningKeys = (db: Db): Promise<SigningKeyRow[]> => db.many(keys, []);
export const addSigningKey = async (db: Db, key: SigningKeyRow): Promise<void> => {
  await db.run(insertKey, [key.kid, key.alg, key.sealed]);
};
