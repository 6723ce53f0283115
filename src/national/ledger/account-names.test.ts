import assert from "node:assert/strict";
import { test } from "node:test";
import { accountName } from "./account-names.ts";

test("accounts of the hub's ledger are said in words, with the names of their owners", () => {
  const owners = { providerName: (id: string) => id.toUpperCase(), merchantName: (code: string) => `Cổng ${code}` };
  const name = (account: string) => accountName("vi", account, owners);
  assert.equal(name("clearing:momo"), "MOMO còn phải chuyển");
  assert.equal(name("payable:DVCQG_TAYNINH"), "Phải chuyển cho Cổng DVCQG_TAYNINH");
  assert.equal(name("expense:fee:bank"), "Phí của ngân hàng");
  assert.equal(name("suspense:returned-twice"), "Người nộp được trả hai lần, phải đòi lại");
  assert.equal(accountName("en", "bank:collection", owners), "The collecting account at the bank");
  assert.equal(name("something-new"), "something-new");
});
