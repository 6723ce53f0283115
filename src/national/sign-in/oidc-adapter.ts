/** oidc-provider's storage on PostgreSQL (its Adapter interface; one table, named statements). */
import { type Adapter, type AdapterPayload, errors } from "oidc-provider";
import type { Db } from "#kit/db.ts";
import {
  consumePayload,
  destroyPayload,
  findPayload,
  findPayloadByUid,
  putPayload,
  revokeGrant,
  type StoredPayload,
} from "./oidc-store.ts";

export function oidcAdapter(db: Db): (model: string) => Adapter {
  return (model) => ({
    async upsert(id, payload, expiresIn) {
      await putPayload(db, { model, id, payload: payload as Record<string, unknown>, lifeSeconds: expiresIn });
    },
    find: async (id) => asPayload(await findPayload(db, model, id)),
    findByUid: async (uid) => asPayload(await findPayloadByUid(db, model, uid)),
    // Device codes are not offered.
    findByUserCode: async () => undefined,
    async consume(id) {
      // The library reads, then consumes: two requests with one code may both have read it as fresh. The row decides
      // (RFC 6749 §4.1.2: a code must not be used more than once).
      if (!(await consumePayload(db, model, id))) throw new errors.InvalidGrant("already consumed");
    },
    destroy: (id) => destroyPayload(db, model, id),
    revokeByGrantId: (grantId) => revokeGrant(db, grantId),
  });
}

function asPayload(row: StoredPayload | undefined): AdapterPayload | undefined {
  if (!row) return undefined;
  return (row.consumed ? { ...row.payload, consumed: true } : row.payload) as AdapterPayload;
}
