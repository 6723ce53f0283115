/**
 * Two operators of the hub give a payment back, whole or in part: by the provider's message where it has one, by a transfer
 * at the bank where it has none (VNPT Pay, VietQR). The same two take up what agencies ask for, answer lines of the
 * statement that nothing explains, and open and end disputes.
 */
import assert from "node:assert/strict";
import { type Database, openDatabase } from "#kit/db.ts";
import { plainDateOf } from "#kit/calendar.ts";
import { demoOperators, demoSecrets } from "#kit/demo.ts";
import { demoCollectingAccount } from "#kit/demo-money.ts";
import { newSecretId } from "#kit/ids.ts";
import { codeAt } from "#kit/one-time-code.ts";
import { operatorPaths, seedOperators } from "#national/operators/index.ts";
import { proposeLine } from "#national/payments/index.ts";
import { decideRefund, decideTransfer, recordTransfer, requestRefund, takeUpWish } from "#national/refunds/index.ts";
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
  transferBack(subject: string, amount: number, what?: "refund" | "return"): Promise<void>;
  /** Takes up what the only agency that asks has asked for; the other one approves. */
  grantWish(): Promise<void>;
  /** The first says that this line of the statement goes back to its sender. Answers the proposal's id. */
  proposeReturn(line: string): Promise<string>;
  /** The second is signed in and presses "approve" in a browser; undefined: the process died instead of answering. */
  approveInBrowser(line: string, proposal: string): Promise<number | undefined>;
  /** Kept payments of which nothing has gone back yet, the latest first. */
  refundable(providers?: readonly Provider[]): Promise<Refundable[]>;
  close(): Promise<void>;
}

export async function hireOperators(street: Street): Promise<Operators> {
  const database: Database = openDatabase({ url: street.national.appUrl, role: "operator", max: 1 });
  await seedOperators(database, demoOperators, demoSecrets.dataKeys.national);
  const [first, second] = await street.rows<{ id: string; username: string }>(
    "national",
    "select id, username from operator order by username desc limit 2",
  );
  assert.ok(first && second);
  let cookie: string | undefined;
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
    async transferBack(subject, amount, what = "refund") {
      const bankReference = await within60s("a transfer out", () => sendOut(street, `hoan ${subject}`, amount));
      const id = newSecretId();
      const now = new Date();
      const made = { id, what, of: subject, bankReference, transferredOn: plainDateOf(now), now } as const;
      assert.equal(await recordTransfer(database, { ...made, operatorId: first.id }), "recorded");
      const decided = await decideTransfer(database, { transferId: id, confirm: true, operatorId: second.id });
      assert.equal(decided, "confirmed");
    },
    async grantWish() {
      const [wish] = await street.rows<{ id: string }>(
        "national",
        "select id from merchant_refund where state = 'waiting'",
      );
      assert.ok(wish, "an agency asks for a refund");
      const refundId = newSecretId();
      const taken = { wishId: wish.id, refundId, operatorId: first.id, byHand: false, canRefund: () => true };
      assert.deepEqual(await takeUpWish(database, taken), { ok: true });
      assert.equal(await decideRefund(database, { refundId, approve: true, operatorId: second.id }), "approved");
    },
    async proposeReturn(line) {
      const id = newSecretId();
      const said = {
        id,
        lineId: line,
        kind: "return",
        order: "",
        payee: "Nguyễn Văn An, 0101234567",
        note: "Chuyển nhầm",
      };
      assert.equal(await proposeLine(database, { ...said, operatorId: first.id }), "proposed");
      return id;
    },
    async approveInBrowser(line, proposal) {
      cookie ??= await signIn(
        street,
        demoOperators.find(({ username }) => username === second.username),
      );
      const path = `${operatorPaths.transfers}/${line}/quyet-dinh`;
      return (await send(street, path, { "de-xuat": proposal, duyet: "co" }, cookie))?.status;
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

/** Posts a form to the hub with this cookie; undefined when it died instead of answering. */
async function send(
  street: Street,
  path: string,
  fields: Readonly<Record<string, string>>,
  cookie: string,
): Promise<Response | undefined> {
  const origin = street.origins.national;
  const body = new URLSearchParams(fields);
  return fetch(origin + path, { method: "POST", body, headers: { origin, cookie }, redirect: "manual" }).catch(
    () => undefined,
  );
}

/** Name and password, then the authenticator's code. Answers the cookie of the session. */
async function signIn(street: Street, person: (typeof demoOperators)[number] | undefined): Promise<string> {
  assert.ok(person);
  const { username, password, totpSecret } = person;
  const cookieOf = (answer: Response | undefined) => {
    assert.equal(answer?.status, 303);
    return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  };
  const half = cookieOf(await send(street, operatorPaths.signIn, { username, password }, ""));
  const code = codeAt(totpSecret, new Date());
  return cookieOf(await send(street, operatorPaths.code, { code }, half));
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
