import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { newSecretId } from "#kit/ids.ts";
import { type Ipn, type MomoKeys, signIpn } from "#protocols/momo/index.ts";
import { type ConfirmMessage, signConfirm } from "#protocols/payment-order/index.ts";
import { signParameters } from "#protocols/vnpay/index.ts";
import type { ZalopayKeys } from "#protocols/zalopay/index.ts";
import { freePort } from "#tests/support/ports.ts";
import {
  momoIpn,
  momoKeys,
  terminal,
  vnpayIpn,
  vnpaySecret,
  zalopayApp,
  zalopayCallback,
  zalopayKeys,
} from "#tests/support/hub.ts";
import { momoProvider } from "./momo/momo.ts";
import type { CallbackInput, PaymentProvider } from "./provider.ts";
import { vietqrProvider } from "./vietqr/vietqr.ts";
import { vnpayProvider } from "./vnpay/vnpay.ts";
import { vnptPayProvider } from "./vnpt-pay/vnpt-pay.ts";
import { zalopayProvider } from "./zalopay/zalopay.ts";

/** Takes every call and breaks off before answering: the provider may have acted. */
const breaker = createServer((request) => request.socket.destroy());
await new Promise<void>((resolve) => breaker.listen(0, "127.0.0.1", resolve));
breaker.unref();
const BREAKS_OFF = `http://127.0.0.1:${(breaker.address() as AddressInfo).port}`;

interface Candidate {
  readonly provider: PaymentProvider;
  /** The provider's true callback over 8,000 đồng. */
  readonly paid: (order: string) => CallbackInput;
  /** Absent: the provider calls back for successes only. */
  readonly cancelled?: (order: string) => CallbackInput;
  readonly undecided?: (order: string) => CallbackInput;
  readonly tampered: (order: string) => CallbackInput;
  readonly otherPartner: (order: string) => CallbackInput;
  /** Signed with the generation of keys before. */
  readonly before: (order: string) => CallbackInput;
  /** Signed with a key of nobody. */
  readonly foreign: (order: string) => CallbackInput;
}

const post = (body: unknown): CallbackInput => ({ query: {}, body });
const get = (query: Record<string, string>): CallbackInput => ({ query, body: null });

const momoBefore: MomoKeys = { accessKey: "BEFORE", secretKey: "before" };
const zalopayBefore: ZalopayKeys = { key1: "before-1", key2: "before-2" };
const resigned = (ipn: Ipn, keys: MomoKeys): Ipn => ({ ...ipn, signature: signIpn(ipn, keys) });

function vnptConfirm(order: string, change: Partial<ConfirmMessage> = {}, secret = "vnpt-secret"): ConfirmMessage {
  const message = {
    LoaiBanTin: "CONFIRM" as const,
    MaLoi: "00",
    MaDoiTac: "DVCQG",
    MaThamChieu: order,
    SoTien: "8000",
    MaTienTe: "VND",
    MaGiaoDich: "200722000000001",
    MaNganHang: "VNPTPAY",
    ThoiGianGD: "20200722081949",
    ThongTinGiaoDich: "Thanh toán lệ phí cho hồ sơ 363815",
    ...change,
  };
  return { ...message, MaXacThuc: signConfirm(message, secret) };
}

const candidates: readonly Candidate[] = [
  {
    provider: momoProvider({ endpoint: `${BREAKS_OFF}/momo`, partnerCode: "MOMO", keyring: [momoKeys, momoBefore] }),
    paid: (order) => post(momoIpn(order)),
    cancelled: (order) => post(momoIpn(order, { resultCode: 1006, transId: 1 })),
    undecided: (order) => post(momoIpn(order, { resultCode: 7000 })),
    tampered: (order) => post({ ...momoIpn(order), amount: 1 }),
    otherPartner: (order) => post(momoIpn(order, { partnerCode: "OTHER" })),
    before: (order) => post(resigned(momoIpn(order), momoBefore)),
    foreign: (order) => post(resigned(momoIpn(order), { accessKey: "x", secretKey: "nobody" })),
  },
  {
    provider: vnpayProvider({
      payUrl: `${BREAKS_OFF}/pay`,
      apiUrl: `${BREAKS_OFF}/api`,
      tmnCode: terminal,
      secrets: [vnpaySecret, "before"],
    }),
    paid: (order) => get(vnpayIpn(order)),
    cancelled: (order) => get(vnpayIpn(order, { vnp_ResponseCode: "24", vnp_TransactionStatus: "02" })),
    undecided: (order) => get(vnpayIpn(order, { vnp_ResponseCode: "07" })),
    tampered: (order) => get({ ...vnpayIpn(order), vnp_Amount: "100" }),
    otherPartner: (order) => get(vnpayIpn(order, { vnp_TmnCode: "OTHER001" })),
    before: (order) => get({ ...vnpayIpn(order), vnp_SecureHash: signParameters(vnpayIpn(order), "before") }),
    foreign: (order) => get({ ...vnpayIpn(order), vnp_SecureHash: signParameters(vnpayIpn(order), "nobody") }),
  },
  {
    provider: zalopayProvider({
      endpoint: `${BREAKS_OFF}/zalopay`,
      appId: zalopayApp,
      keyring: [zalopayKeys, zalopayBefore],
    }),
    paid: (order) => post(zalopayCallback(order)),
    tampered: (order) => {
      const body = zalopayCallback(order);
      return post({ ...body, data: body.data.replace('"amount":8000', '"amount":1') });
    },
    otherPartner: (order) => post(zalopayCallback(order, { app_id: 1 })),
    before: (order) => post(zalopayCallback(order, {}, zalopayBefore)),
    foreign: (order) => post(zalopayCallback(order, {}, { key1: "nobody", key2: "nobody" })),
  },
  {
    provider: vnptPayProvider({
      url: `${BREAKS_OFF}/vnpt-pay`,
      token: "token",
      partnerCode: "DVCQG",
      secrets: ["vnpt-secret", "vnpt-before"],
    }),
    paid: (order) => post(vnptConfirm(order)),
    cancelled: (order) => post(vnptConfirm(order, { MaLoi: "24" })),
    tampered: (order) => post({ ...vnptConfirm(order), SoTien: "1" }),
    otherPartner: (order) => post(vnptConfirm(order, { MaDoiTac: "OTHER" })),
    before: (order) => post(vnptConfirm(order, {}, "vnpt-before")),
    foreign: (order) => post(vnptConfirm(order, {}, "nobody")),
  },
];

const attempt = {
  id: newSecretId(),
  providerOrder: newSecretId().replaceAll("-", ""),
  amount: 8_000,
  createdAt: new Date("2020-07-22T01:19:49Z"),
  expiresAt: new Date("2020-07-22T01:34:49Z"),
};

for (const { provider, ...callback } of candidates) {
  test(`${provider.name}: a paid callback names order, amount in đồng and the provider's transaction`, () => {
    const reading = provider.readCallback(callback.paid(attempt.providerOrder));
    assert.ok(reading.trusted);
    assert.equal(reading.providerOrder, attempt.providerOrder);
    assert.ok(reading.report.kind === "captured");
    assert.equal(reading.report.amount, 8_000);
    assert.match(reading.report.transaction, /^\d+$/);
  });

  test(`${provider.name}: a payer who cancels is a failure of kind cancelled; an undecided code decides nothing`, () => {
    if (!callback.cancelled) return;
    const cancelled = provider.readCallback(callback.cancelled(attempt.providerOrder));
    assert.ok(cancelled.trusted && cancelled.report.kind === "failed");
    assert.equal(cancelled.report.reason, "cancelled");
    if (!callback.undecided) return;
    const undecided = provider.readCallback(callback.undecided(attempt.providerOrder));
    assert.ok(undecided.trusted && undecided.report.kind === "processing");
  });

  test(`${provider.name}: a tampered callback, another partner's and an empty one are not trusted`, () => {
    for (const input of [callback.tampered, callback.otherPartner, () => get({})]) {
      assert.equal(provider.readCallback(input(attempt.providerOrder)).trusted, false);
    }
  });

  test(`${provider.name}: while keys are rotated both generations are believed, and a third one is not`, () => {
    assert.equal(provider.readCallback(callback.paid(attempt.providerOrder)).trusted, true);
    assert.equal(provider.readCallback(callback.before(attempt.providerOrder)).trusted, true);
    const foreign = provider.readCallback(callback.foreign(attempt.providerOrder));
    assert.ok(!foreign.trusted);
    assert.equal(foreign.why, "signature");
  });

  test(`${provider.name}: a call that breaks off is unknown, never a failure and never an exception`, async () => {
    assert.equal((await provider.ask(attempt)).kind, "unknown");
    const [channel] = provider.channels;
    assert.ok(channel);
    const outcome = await provider.start({
      ...attempt,
      channel,
      information: "Thanh toán lệ phí cho hồ sơ 363815",
      returnUrl: "http://national.example/thanh-toan/ket-qua/1",
      ipnUrl: "http://national.example/thanh-toan/ipn/x",
      payerIp: "127.0.0.1",
      lang: "vi",
    });
    assert.notEqual(outcome.kind, "rejected");
  });

  test(`${provider.name}: every verdict has an answer in the provider's words`, () => {
    for (const verdict of [
      "recorded",
      "already",
      "unknown-order",
      "amount-differs",
      "untrusted",
      "not-final",
      "trouble",
    ] as const) {
      const { status } = provider.answerCallback(verdict);
      assert.ok(status >= 200 && status < 600);
    }
  });

  test(`${provider.name}: channel codes are its own and unique`, () => {
    const codes = provider.channels.map((channel) => channel.code);
    assert.equal(new Set(codes).size, codes.length);
    assert.ok(codes.every((code) => code.startsWith(provider.id)));
    assert.ok(provider.amountMin > 0 && provider.amountMin < provider.amountMax);
  });
}

test("MoMo: when no connection can be made, nothing was ordered and the payer is free at once", async () => {
  const provider = momoProvider({
    endpoint: `http://localhost:${await freePort()}`,
    partnerCode: "MOMO",
    keyring: [momoKeys],
  });
  const [channel] = provider.channels;
  assert.ok(channel);
  const outcome = await provider.start({
    ...attempt,
    channel,
    information: "x",
    returnUrl: "http://national.example/1",
    ipnUrl: "http://national.example/2",
    payerIp: "127.0.0.1",
    lang: "vi",
  });
  assert.deepEqual(outcome, { kind: "rejected", code: "unreached" });
});

test("VietQR: nobody can call back, and a bank that gives no statement leaves a transfer unknown", async () => {
  const feed = { url: `${BREAKS_OFF}/statement`, key: "key", account: "0900000800001" };
  const provider = vietqrProvider({
    feed,
    pageOf: (id) => `http://national.example/${id}`,
    origin: "http://national.example",
  });
  for (const input of [post({}), post(vnptConfirm("x")), get({})]) {
    assert.equal(provider.readCallback(input).trusted, false);
  }
  assert.equal((await provider.ask(attempt)).kind, "unknown");
  assert.equal(provider.orderName?.(attempt.id), provider.orderName?.(attempt.id));
  assert.notEqual(provider.orderName?.(attempt.id), provider.orderName?.(newSecretId()));
});
