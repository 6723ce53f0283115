/**
 * Two operators of the hub give a payment back, whole or in part: by the provider's message where it has one, by a transfer
 * at the bank where it has none (VNPT Pay, VietQR).
 */
import assert from "node:assert/strict";
import { type Database, openDatabase } from "#kit/db.ts";
import { plainDateOf } from "#kit/calendar.ts";
import { demoOperators, demoSecrets } from "#kit/demo.ts";
import { demoCollectingAccount } from "#kit/demo-money.ts";
import { newSecretId } from "#kit/ids.ts";
import { seedOperators } from "#national/operators/index.ts";
import { decideRefund, decideTransfer, recordTransfer, requestRefund } from "#national/refunds/index.ts";
import { type Provider, REFUNDING } from "./crash-table.ts";
import { bankLines } from "./journals.ts";
import { type Street, within60s } from "./payment-street.ts";

export interface Refundable {
  readonly provider: string;
  readonly hubTransaction: string;
}

export interface Operators {
  /** Asked for by one, approved by the other. Answers the refund's id. */
  giveBack(hubTransaction: string, amount: number): Promise<string>;
  /** The same, for a payment that somebody has to transfer back. */
  promiseByHand(hubTransaction: string, amount: number): Promise<string>;
  /** Somebody transfers at the bank, records it, and somebody else confirms. */
  transferBack(refundId: string, amount: number): Promise<void>;
  /** Kept payments of which nothing has gone back yet, the latest first. */
  refundable(providers?: readonly Provider[]): Promise<Refundable[]>;
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
  const agree = async (hubTransaction: string, amount: number, byHand: boolean): Promise<string> => {
    const id = newSecretId();
    const payee = byHand ? { byHand, payee: "Nguyễn Văn An, 0101234567, VietinBank" } : {};
    const asked = { id, hubTransaction, amount, reason: "Công văn 12", operatorId: first.id, ...payee };
    assert.deepEqual(await requestRefund(database, asked), { ok: true });
    assert.equal(await decideRefund(database, { refundId: id, approve: true, operatorId: second.id }), "approved");
    return id;
  };
  return {
    giveBack: (hubTransaction, amount) => agree(hubTransaction, amount, false),
    promiseByHand: (hubTransaction, amount) => agree(hubTransaction, amount, true),
    async transferBack(refundId, amount) {
      const bankReference = await within60s("a transfer out", () => sendOut(street, `hoan ${refundId}`, amount));
      const id = newSecretId();
      const now = new Date();
      const made = { id, what: "refund", of: refundId, bankReference, transferredOn: plainDateOf(now), now } as const;
      assert.equal(await recordTransfer(database, { ...made, operatorId: first.id }), "recorded");
      const decided = await decideTransfer(database, { transferId: id, confirm: true, operatorId: second.id });
      assert.equal(decided, "confirmed");
    },
    refundable: (providers = REFUNDING) =>
      street.rows<Refundable>(
        "national",
        `select s.provider, a.hub_transaction as "hubTransaction" from settlement s
           join payment_attempt a on a.id = s.attempt_id
         where s.kept and s.provider = any($1) and not exists (select from refund r where r.settlement_id = s.id)
         order by s.id desc`,
        [[...providers]],
      ),
    close: () => database.close(),
  };
}

/** The bank's number of the transfer; an operator whose bank did not answer looks at the account before sending again. */
async function sendOut(street: Street, content: string, amount: number): Promise<string | undefined> {
  const sent = () => bankLines(street).find((line) => line.content === content)?.id;
  if (sent()) return sent();
  try {
    const answer = await fetch(`${street.origins.sandbox}/bank/transfers`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ account: demoCollectingAccount.account, amount, content, direction: "out" }),
    });
    return answer.ok ? ((await answer.json()) as { id: string }).id : undefined;
  } catch {
    return sent();
  }
}
