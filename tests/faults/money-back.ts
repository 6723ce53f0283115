/** What happens between agency and hub after a payment: an agency asks for it back, a bank takes it back, a transfer fits nothing. */
import assert from "node:assert/strict";
import { newSecretId } from "#kit/ids.ts";
import { demoCollectingAccount } from "#kit/demo-money.ts";
import type { Operators } from "./give-back.ts";
import { FEE } from "./patient-citizen.ts";
import { type Street, within60s } from "./payment-street.ts";

const TENANT = "tayninh";

/** Of a kept payment whose dossier has been withdrawn two accountants agree that it goes back. Answers the refund's id. */
export async function approveAtProvince(street: Street, hubTransaction: string): Promise<string> {
  const [settlement] = await street.rows<{ id: string; dossier: string }>(
    "province",
    `select s.id, o.dossier_id as dossier from settlement s join obligation o on o.id = s.obligation_id
       join payment_attempt a on a.id = s.attempt_id where a.hub_transaction = $1 and s.kept`,
    [hubTransaction],
  );
  assert.ok(settlement, "the province has the payment");
  await street.rows("province", "update dossier set state = 'withdrawn' where id = $1", [settlement.dossier]);
  const [proposed] = await street.rows<{ word: string }>(
    "province",
    "select refund_propose($1, $2, 'Nguyễn Văn An', '0101234567', 'Rút hồ sơ', 'ke-toan', 'Kế toán') as word",
    [TENANT, settlement.id],
  );
  assert.equal(proposed?.word, "proposed");
  const [due] = await street.rows<{ id: string }>("province", "select id from refund_due where settlement_id = $1", [
    settlement.id,
  ]);
  assert.ok(due);
  const [approved] = await street.rows<{ word: string }>(
    "province",
    "select refund_approve($1, $2, 'lanh-dao', 'Lãnh đạo') as word",
    [TENANT, due.id],
  );
  assert.equal(approved?.word, "approved");
  return due.id;
}

/** The time has come to ask the hub about every refund. */
export async function timeToAskHub(street: Street): Promise<void> {
  await street.rows("province", "update refund_decision set next_ask_at = now() where next_ask_at is not null");
}

export async function refundAtProvince(street: Street, id: string): Promise<string | undefined> {
  const [row] = await street.rows<{ state: string }>(
    "province",
    "select state from refund_decision where refund_due_id = $1",
    [id],
  );
  return row?.state;
}

/** A bank wants a payment back and gets it; the agency is told of either turn. */
export async function openDispute(street: Street, hubTransaction: string): Promise<string> {
  const [opened] = await street.rows<{ id: string; word: string }>(
    "national",
    `select x.id, dispute_open(x.id, s.id, 'chargeback', s.amount, 'operator', 'CB-1', 'Chủ thẻ khiếu nại', current_date + 7, null) as word
     from (select gen_random_uuid() as id) x, settlement s join payment_attempt a on a.id = s.attempt_id where a.hub_transaction = $1`,
    [hubTransaction],
  );
  assert.equal(opened?.word, "opened");
  return opened.id;
}

export async function loseDispute(street: Street, id: string): Promise<void> {
  const [operator] = await street.rows<{ id: string }>("national", "select id from operator limit 1");
  const [lost] = await street.rows<{ word: string }>(
    "national",
    "select dispute_step($1, 'lose', $2, 'Ngân hàng quyết định') as word",
    [id, operator?.id],
  );
  assert.equal(lost?.word, "lost");
}

/** What the province has written down about a dispute. */
export async function disputeAtProvince(street: Street, id: string): Promise<string | undefined> {
  const [row] = await street.rows<{ state: string }>("province", "select state from payment_dispute where id = $1", [
    id,
  ]);
  return row?.state;
}

/** Somebody transfers without a word that says what for; the first operator proposes to send it back. */
export async function strayTransfer(
  street: Street,
  operators: Operators,
): Promise<{ readonly line: string; readonly proposal: string }> {
  const content = `chuyen tien ${newSecretId().slice(-6)}`;
  const answer = await fetch(`${street.origins.sandbox}/bank/transfers`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account: demoCollectingAccount.account, amount: FEE, content }),
  });
  assert.ok(answer.ok);
  const line = await within60s("the line is read", async () => {
    const [row] = await street.rows<{ id: string }>(
      "national",
      "select id from bank_statement_line where content = $1",
      [content],
    );
    return row?.id;
  });
  return { line, proposal: await operators.proposeReturn(line) };
}
