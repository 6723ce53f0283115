/** Two operators of the hub give a payment back, whole or in part; by a provider's message, so not for a payment by VietQR. */
import assert from "node:assert/strict";
import { type Database, openDatabase } from "#kit/db.ts";
import { demoOperators, demoSecrets } from "#kit/demo.ts";
import { newSecretId } from "#kit/ids.ts";
import { seedOperators } from "#national/operators/index.ts";
import { decideRefund, requestRefund } from "#national/refunds/index.ts";
import { REFUNDING } from "./crash-table.ts";
import type { Street } from "./payment-street.ts";

export interface Refundable {
  readonly provider: string;
  readonly hubTransaction: string;
}

export interface Operators {
  /** Asked for by one, approved by the other. Answers the refund's id. */
  giveBack(hubTransaction: string, amount: number): Promise<string>;
  /** Kept payments of which nothing has gone back yet, the latest first. */
  refundable(): Promise<Refundable[]>;
  close(): Promise<void>;
}

export async function hireOperators(street: Street): Promise<Operators> {
  const database: Database = openDatabase({ url: street.national.appUrl, role: "operator", max: 1 });
  await seedOperators(database, demoOperators, demoSecrets.dataKeys.national);
  const [first, second] = await street.rows<{ id: string }>(
    "national",
    "select id from operator order by username desc limit 2",
  );
  assert.ok(first && second);
  return {
    async giveBack(hubTransaction, amount) {
      const id = newSecretId();
      const asked = { id, hubTransaction, amount, reason: "Công văn 12", operatorId: first.id };
      assert.deepEqual(await requestRefund(database, asked), { ok: true });
      assert.equal(await decideRefund(database, { refundId: id, approve: true, operatorId: second.id }), "approved");
      return id;
    },
    refundable: () =>
      street.rows<Refundable>(
        "national",
        `select s.provider, a.hub_transaction as "hubTransaction" from settlement s
           join payment_attempt a on a.id = s.attempt_id
         where s.kept and s.provider = any($1) and not exists (select from refund r where r.settlement_id = s.id)
         order by s.id desc`,
        [[...REFUNDING]],
      ),
    close: () => database.close(),
  };
}
