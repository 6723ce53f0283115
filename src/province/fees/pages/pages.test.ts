import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGS } from "#kit/i18n.ts";
import type { Obligation, Transaction } from "../fee.ts";
import { type DuePageProps, duePage } from "./due-page.ts";
import { transactionsPage } from "./transactions-page.ts";

const hostile = `<img src=x onerror=alert(1)>"'`;

const obligation: Obligation = {
  id: "o",
  dossierId: "d",
  total: 8_000,
  state: "due",
  occasion: "filing",
  reason: null,
  payCode: "0123456789abcdef0123456789abcdef",
  dueAt: new Date("2020-08-21T10:00:00Z"),
  createdAt: new Date("2020-07-22T01:00:00Z"),
  paidAt: null,
  lines: [
    {
      code: "2.000635",
      kind: "charge",
      name: { vi: hostile, en: hostile },
      amount: 8_000,
      quantity: 1,
      unitAmount: 8_000,
      basis: "Thông tư 281/2016/TT-BTC",
      exemption: null,
      refundable: true,
    },
  ],
};

const row = {
  dossierId: "d",
  dossierNumber: 321_439,
  dossierCode: null,
  amount: 1_000,
  hubTransaction: "1",
  kept: null,
  receipts: [],
  dispute: null,
  method: "online" as const,
};
const failed: Transaction = { ...row, id: "1", at: new Date("2020-06-11T01:18:21Z"), state: "failed" };
const succeeded: Transaction = {
  ...row,
  id: "2",
  at: new Date("2020-06-11T01:19:49Z"),
  state: "succeeded",
  kept: true,
  receipts: [{ id: "r1", kind: "charge" }],
};

const due: DuePageProps = {
  lang: "vi",
  dossierId: "d",
  dossierName: "363815",
  procedureName: hostile,
  obligation,
  payee: {
    holder: "KHO BAC",
    holderName: { vi: hostile, en: hostile },
    bankCode: "NCB",
    bankName: "NCB",
    account: "123456",
  },
  transactions: [],
  stand: "due",
  news: undefined,
  requestId: "made-once",
  payLabel: "Thanh toán trên Cổng DVCQG",
};

test("the source's two rows: the failed attempt and the good one, with a receipt for the good one only", () => {
  const { markup } = transactionsPage({
    lang: "vi",
    title: "Lịch sử giao dịch",
    rows: [failed, succeeded],
    next: undefined,
  });
  for (const label of ["Mã hồ sơ", "Ngày thanh toán", "Số tiền thanh toán", "Đã thanh toán", "In biên lai"]) {
    assert.ok(markup.includes(`scope="col">${label}<`) || markup.includes(`class="money">${label}<`), label);
  }
  assert.match(markup, /11\/06\/2020 08:18:21/);
  assert.equal(markup.match(/Thanh toán không thành công/g)?.length, 1);
  assert.equal(markup.match(/Thanh toán thành công/g)?.length, 1);
  assert.deepEqual(markup.match(/\/bien-lai\/[^"]+/g), ["/bien-lai/r1.pdf", "/bien-lai/r1.xml"]);
});

test("money that has to be returned is said so and has no receipt", () => {
  const { markup } = transactionsPage({
    lang: "vi",
    title: "x",
    rows: [{ ...succeeded, kept: false }],
    next: undefined,
  });
  assert.match(markup, /chờ hoàn trả/);
  assert.doesNotMatch(markup, /\/bien-lai\//);
});

test("a payment that somebody wants back is said so; one that was taken back has no receipt any more", () => {
  const page = (dispute: "open" | "lost") =>
    transactionsPage({ lang: "vi", title: "x", rows: [{ ...succeeded, dispute }], next: undefined }).markup;
  assert.match(page("open"), /Thanh toán thành công[\s\S]*Đang bị yêu cầu thu hồi[\s\S]*\/bien-lai\/r1/);
  assert.match(page("lost"), /Đã bị thu hồi/);
  assert.doesNotMatch(page("lost"), /\/bien-lai\/|Thanh toán thành công/);
  const transactions = [{ ...succeeded, dispute: "open" as const }];
  assert.match(duePage({ ...due, stand: "paid", transactions }).markup, /Đã thanh toán[\s\S]*Không thanh toán lại/);
});

test("only a fee that is due has the button that pays, and its press carries the request's id", () => {
  for (const stand of ["due", "verifying", "paid", "over", "nothing-due"] as const) {
    const { markup } = duePage({ ...due, stand, obligation: stand === "nothing-due" ? undefined : obligation });
    assert.equal(markup.includes(due.payLabel), stand === "due", stand);
    assert.equal(markup.match(/<h1/g)?.length, 1, stand);
  }
  assert.match(duePage(due).markup, /name="yeu-cau" value="made-once"/);
});

test("names are shown as text, in both languages", () => {
  for (const lang of LANGS) assert.doesNotMatch(duePage({ ...due, lang }).markup, /<img/);
});
