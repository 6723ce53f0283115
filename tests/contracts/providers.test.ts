/**
 * Our provider adapters against the sandbox's stand-ins over HTTP. The stand-ins have signature code of their own, so
 * neither side proves the other by sharing it; the published vectors prove both.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { loadConfig } from "#kit/config.ts";
import { demoCollectingAccount } from "#kit/demo-money.ts";
import { newSecretId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { registryFromConfig } from "#national/payments/index.ts";
import { createSandbox, type Sandbox } from "#sandbox/app.ts";
import { freeFamily } from "#tests/support/ports.ts";

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: string | undefined;
}

let sandbox: Sandbox;
let folder: string;
let sent: Sent[] = [];
let providers: ReturnType<typeof registryFromConfig>;
let origin = "";

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "motcua-contract-"));
  const config = loadConfig({ PORT: String(await freeFamily()), MOTCUA_DATA: folder });
  origin = config.origins.sandbox ?? "";
  providers = registryFromConfig(config);
  sandbox = await createSandbox({
    config,
    log: createLog("sandbox"),
    callbackDelaysMs: [0],
    send: async (message) => {
      sent.push({ method: message.method, url: message.url, body: message.body });
      return { status: 200, body: '{"RspCode":"00","Message":"Confirm Success"}' };
    },
  });
  await sandbox.start();
  await sandbox.site.listen({ host: "localhost", port: Number(new URL(origin).port) });
});
after(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function startInput(code: string) {
  const found = providers.findChannel(code);
  assert.ok(found);
  const id = newSecretId();
  const now = new Date();
  return {
    provider: found.provider,
    input: {
      id,
      providerOrder: found.provider.orderName?.(id) ?? id.replaceAll("-", ""),
      amount: 8_000,
      createdAt: now,
      expiresAt: new Date(now.getTime() + 900_000),
      channel: found.channel,
      information: "Thanh toán lệ phí cho hồ sơ 363815",
      returnUrl: "http://national.example/thanh-toan/ket-qua/1",
      ipnUrl: "http://national.example/thanh-toan/ipn/momo",
      payerIp: "127.0.0.1",
      lang: "vi",
    },
  } as const;
}

async function press(url: string, fields: Record<string, string>): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin },
    redirect: "manual",
  });
  return new URL(response.headers.get("location") ?? url, url).href;
}

test("MoMo: opened, untouched, paid; query and callback say the same", async () => {
  sent = [];
  const { provider, input } = startInput("momo");
  const outcome = await provider.start(input);
  assert.ok(outcome.kind === "redirect");
  assert.equal((await provider.ask(input)).kind, "untouched");
  await press(outcome.payUrl, { phone: "0900000101", password: "000000", otp: "000000", action: "pay" });
  await sandbox.quiet();
  const report = await provider.ask(input);
  assert.ok(report.kind === "captured" && report.amount === 8_000);
  const reading = provider.readCallback({ query: {}, body: JSON.parse(sent[0]?.body ?? "null") });
  assert.ok(reading.trusted);
  assert.deepEqual(reading.report, report);
  assert.equal(reading.providerOrder, input.providerOrder);
});

test("MoMo: a second opening under the same id is not taken for a refusal", async () => {
  const { provider, input } = startInput("momo");
  await provider.start(input);
  assert.equal((await provider.start(input)).kind, "unknown");
});

test("MoMo: an order that it never saw has failed; a wallet that does not decide is processing", async () => {
  const never = startInput("momo");
  const report = await never.provider.ask(never.input);
  assert.ok(report.kind === "failed" && report.amount === 8_000);
  const { provider, input } = startInput("momo");
  const outcome = await provider.start(input);
  assert.ok(outcome.kind === "redirect");
  await press(outcome.payUrl, { phone: "0900000405", password: "000000", otp: "000000", action: "pay" });
  assert.equal((await provider.ask(input)).kind, "processing");
});

test("ZaloPay: opened, untouched, paid; query and callback say the same", async () => {
  sent = [];
  const { provider, input } = startInput("zalopay");
  const outcome = await provider.start(input);
  assert.ok(outcome.kind === "redirect", JSON.stringify(outcome));
  assert.equal((await provider.ask(input)).kind, "untouched");
  const back = await press(outcome.payUrl, { phone: "0900000101", password: "000000", otp: "000000", action: "pay" });
  assert.match(back, /^http:\/\/national\.example\/thanh-toan\/ket-qua\/1\?appid=2553/);
  await sandbox.quiet();
  const report = await provider.ask(input);
  assert.ok(report.kind === "captured" && report.amount === 8_000, JSON.stringify(report));
  const reading = provider.readCallback({ query: {}, body: JSON.parse(sent[0]?.body ?? "null") });
  assert.ok(reading.trusted && reading.report.kind === "captured");
  assert.equal(reading.report.transaction, report.transaction);
  assert.equal(reading.providerOrder, input.providerOrder);
});

test("ZaloPay: a second opening is not a refusal; refused, cancelled, unseen and undecided are told apart", async () => {
  const again = startInput("zalopay");
  await again.provider.start(again.input);
  assert.equal((await again.provider.start(again.input)).kind, "unknown");
  const outcomeOf = async (fields: Record<string, string>) => {
    const { provider, input } = startInput("zalopay");
    const outcome = await provider.start(input);
    assert.ok(outcome.kind === "redirect");
    await press(outcome.payUrl, { password: "000000", otp: "000000", action: "pay", ...fields });
    return provider.ask(input);
  };
  const poor = await outcomeOf({ phone: "0900000402" });
  assert.deepEqual(poor, { kind: "failed", amount: 8_000, reason: "declined", code: "2/-63" });
  const cancelled = await outcomeOf({ action: "cancel" });
  assert.ok(cancelled.kind === "failed" && cancelled.reason === "cancelled");
  assert.equal((await outcomeOf({ phone: "0900000405" })).kind, "processing");
  const never = startInput("zalopay");
  assert.equal((await never.provider.ask(never.input)).kind, "failed");
});

test("VNPAY: not seen, opened, paid by card; querydr and IPN say the same", async () => {
  sent = [];
  const { provider, input } = startInput("vnpay-ncb");
  const outcome = await provider.start(input);
  assert.ok(outcome.kind === "redirect");
  assert.deepEqual(await provider.ask(input), { kind: "untouched", code: "91/" });
  const opened = await fetch(outcome.payUrl, { redirect: "manual" });
  const card = new URL(opened.headers.get("location") ?? outcome.payUrl, outcome.payUrl).href;
  assert.equal((await provider.ask(input)).kind, "untouched");
  const fields = {
    bank: "NCB",
    name: "NGUYEN VAN A",
    number: "9704198526191432198",
    month: "07",
    year: "2015",
    action: "pay",
  };
  const otp = await press(card, fields);
  await press(otp, { otp: "123456", action: "pay" });
  await sandbox.quiet();
  const report = await provider.ask(input);
  assert.ok(report.kind === "captured" && report.amount === 8_000, JSON.stringify(report));
  const query = Object.fromEntries(new URL(sent[0]?.url ?? "http://x").searchParams);
  const reading = provider.readCallback({ query, body: null });
  assert.ok(reading.trusted && reading.report.kind === "captured");
  assert.equal(reading.report.transaction, report.transaction);
});

test("VNPT Pay: opened (twice the same), untouched, paid; query and CONFIRM say the same", async () => {
  sent = [];
  const { provider, input } = startInput("vnpt-pay");
  assert.deepEqual(await provider.ask(input), { kind: "untouched", code: "02/0" });
  const outcome = await provider.start(input);
  assert.ok(outcome.kind === "redirect", JSON.stringify(outcome));
  assert.deepEqual(await provider.start(input), outcome);
  assert.equal((await provider.ask(input)).kind, "untouched");
  await press(outcome.payUrl, { phone: "0900000101", password: "000000", otp: "000000", action: "pay" });
  await sandbox.quiet();
  const report = await provider.ask(input);
  assert.ok(report.kind === "captured" && report.amount === 8_000, JSON.stringify(report));
  const reading = provider.readCallback({ query: {}, body: JSON.parse(sent[0]?.body ?? "null") });
  assert.ok(reading.trusted);
  assert.deepEqual(reading.report, report);
  assert.equal(reading.providerOrder, input.providerOrder);
});

test("VietQR: only a transfer of the exact amount with the content is the payment", async () => {
  const { provider, input } = startInput("vietqr");
  const transfer = async (amount: number, content: string) => {
    const response = await fetch(`${origin}/bank/transfers`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ account: demoCollectingAccount.account, amount, content }),
    });
    return ((await response.json()) as { id: string }).id;
  };
  const outcome = await provider.start(input);
  assert.ok(outcome.kind === "redirect");
  assert.match(outcome.payUrl, /\/thanh-toan\/chuyen-khoan\/[0-9a-f-]{36}$/);
  assert.equal((await provider.ask(input)).kind, "untouched");
  await transfer(7_000, input.providerOrder);
  await transfer(8_000, "nop le phi");
  assert.equal((await provider.ask(input)).kind, "untouched");
  const id = await transfer(8_000, `CT DEN ${input.providerOrder.toLowerCase()} nop le phi`);
  await transfer(8_000, input.providerOrder);
  assert.deepEqual(await provider.ask(input), { kind: "captured", amount: 8_000, transaction: id, code: "credited" });
});

test("VNPAY: a payer who turns back has cancelled", async () => {
  const { provider, input } = startInput("vnpay-ncb");
  const outcome = await provider.start(input);
  assert.ok(outcome.kind === "redirect");
  const opened = await fetch(outcome.payUrl, { redirect: "manual" });
  const card = new URL(opened.headers.get("location") ?? outcome.payUrl, outcome.payUrl).href;
  await press(card, { action: "cancel" });
  const report = await provider.ask(input);
  assert.ok(report.kind === "failed" && report.amount === 8_000, JSON.stringify(report));
});
