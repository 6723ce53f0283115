import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGS } from "#kit/i18n.ts";
import { orderPage, type OrderView } from "./order-page.ts";
import { type ResultPageProps, resultPage } from "./result-page.ts";
import { reviewPage } from "./review-page.ts";

const hostile = `<script>alert(1)</script>"'`;

const order: OrderView = {
  id: "243e2117-2400-4d8b-b63f-bef3d29b786e",
  information: hostile,
  amount: 1_000,
  merchantName: "Cổng DVC Tây Ninh",
  backUrl: "http://localhost:8082/thanh-toan/tra-ve?MaThamChieu=dvc1",
  payee: { name: hostile, account: "3511000000000" },
  lines: [
    { name: hostile, amount: 400 },
    { name: "b", amount: 600 },
  ],
  stand: { kind: "open" },
};
const channels = [
  { code: "vnpay-ncb", kind: "bank", name: "NCB", refusedBelow: 5_000 },
  { code: "momo", kind: "wallet", name: "MoMo" },
] as const;

const result: ResultPageProps = {
  lang: "vi",
  attemptId: "a",
  orderId: "o",
  information: hostile,
  amount: 1_000,
  channelName: "NCB",
  providerName: "VNPAY",
  transaction: "1",
  time: "22/07/2020 08:19:49",
  merchantName: "m",
  backUrl: "/",
  statusUrl: "/s",
  stand: { kind: "paid" },
  mustWait: false,
};

test("what a merchant sends is shown as text on every page", () => {
  for (const lang of LANGS) {
    const pages = [
      orderPage({ lang, order, channels, nothingChosen: false }),
      reviewPage({ lang, order, channel: channels[1], providerName: "MoMo", attemptId: "a" }),
      resultPage({ ...result, lang }),
    ];
    for (const page of pages) assert.doesNotMatch(page.markup, /<script/);
  }
});

test("the order says who gets the money and for what, also when it is one thing", () => {
  const payee = { name: "Kho bạc Nhà nước Bến Cầu", account: "3511000000000" };
  const one = { ...order, payee, lines: [{ name: "Lệ phí cấp bản sao", amount: 1_000 }] };
  for (const { markup } of [
    orderPage({ lang: "vi", order: one, channels, nothingChosen: false }),
    reviewPage({ lang: "vi", order: one, channel: channels[1], providerName: "MoMo", attemptId: "a" }),
  ]) {
    assert.match(markup, /Đơn vị thụ hưởng[\s\S]*Kho bạc Nhà nước Bến Cầu[\s\S]*3511000000000/);
    assert.match(markup, /Lệ phí cấp bản sao[\s\S]*1\.000/);
  }
});

test("a bank that does not take so small an amount is shown and cannot be chosen", () => {
  const { markup } = orderPage({ lang: "vi", order, channels, nothingChosen: false });
  assert.match(markup, /value="vnpay-ncb" disabled/);
  assert.match(markup, /Chỉ nhận từ 5\.000 đ/);
  assert.doesNotMatch(markup, /value="momo" disabled/);
});

test("an order that is paid, expired or has an unfinished attempt offers no bank to choose", () => {
  for (const stand of [{ kind: "paid" }, { kind: "expired" }, { kind: "unfinished", attemptId: "a" }] as const) {
    const { markup } = orderPage({ lang: "vi", order: { ...order, stand }, channels, nothingChosen: false });
    assert.doesNotMatch(markup, /name="kenh"/, stand.kind);
    assert.equal(markup.match(/<h1/g)?.length, 1, stand.kind);
  }
});

test("the review page sends the attempt's id with the press, so that pressing twice is one attempt", () => {
  const { markup } = reviewPage({
    lang: "vi",
    order,
    channel: channels[1],
    providerName: "MoMo",
    attemptId: "made-once",
  });
  assert.match(markup, /name="lan" value="made-once"/);
  assert.match(markup, /method="post" action="\/thanh-toan\/243e2117-2400-4d8b-b63f-bef3d29b786e\/thanh-toan"/);
});

test("only an undecided result watches for news, and only a paid one says so", () => {
  const stands: readonly ResultPageProps["stand"][] = [
    { kind: "paid" },
    { kind: "paid", disputed: true },
    { kind: "to-be-returned" },
    { kind: "taken-back" },
    { kind: "failed", reason: "cancelled" },
    { kind: "open", payUrl: "http://bank.example/" },
    { kind: "verifying" },
  ];
  for (const stand of stands) {
    const { markup } = resultPage({ ...result, stand });
    assert.equal(markup.includes("<status-watch"), stand.kind === "open" || stand.kind === "verifying", stand.kind);
    assert.equal(markup.includes("Thanh toán thành công"), stand.kind === "paid", stand.kind);
    assert.equal(markup.match(/<h1/g)?.length, 1, stand.kind);
    const disputed = stand.kind === "paid" && stand.disputed === true;
    assert.equal(markup.includes("Không thanh toán lại"), disputed, stand.kind);
    assert.equal(markup.includes("Khoản đã nộp đã bị thu hồi"), stand.kind === "taken-back", stand.kind);
  }
});
