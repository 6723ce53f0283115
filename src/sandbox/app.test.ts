import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { createTransport } from "nodemailer";
import { demoSecrets } from "#kit/demo.ts";
import { freePort } from "#tests/support/ports.ts";
import {
  CARD,
  createMomo,
  NOW,
  openVnpay,
  queryMomo,
  type SandboxExample,
  sandboxExample,
  WALLET,
} from "./sandbox-example.ts";

let example: SandboxExample;
beforeEach(async () => {
  example = await sandboxExample();
});
afterEach(() => example.end());

describe("messages and the register", () => {
  const sms = (key: string, body: object, bearer: string = demoSecrets.smsGateway) =>
    example.ask({
      method: "POST",
      url: "/sms",
      headers: { authorization: `Bearer ${bearer}`, "idempotency-key": key },
      payload: body,
    });

  test("an SMS sent twice under one key is one message; another text under that key is refused", async () => {
    const text = "Ma OTP cua ban la 224514";
    const first = await sms("k1", { to: "0900000101", text });
    assert.equal(first.statusCode, 202);
    assert.equal((await sms("k1", { to: "0900000101", text })).json().id, first.json().id);
    assert.equal((await sms("k1", { to: "0900000101", text: "khac" })).statusCode, 409);
    assert.equal((await sms("k2", { to: "0900000101", text }, "wrong-key")).statusCode, 401);
    assert.equal((await sms("k2", { to: "12", text })).statusCode, 422);
    const list = (await example.get("/messages")).json();
    assert.deepEqual(list, [
      { id: first.json().id, channel: "sms", to: "0900000101", text, sentAt: NOW.toISOString() },
    ]);
    assert.match((await example.get("/tin-nhan")).body, /224514/);
  });

  test("a mail sent over SMTP arrives with its Vietnamese subject; its retry is the same mail", async () => {
    const port = await freePort();
    await example.restart(port);
    await example.sandbox.start();
    const transport = createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
    const mail = {
      from: "a@example.vn",
      to: "an@example.vn",
      subject: "Hồ sơ đã có kết quả",
      text: "Mời bạn tải.",
      messageId: "<1@m>",
    };
    await transport.sendMail(mail);
    await transport.sendMail(mail);
    const list = (await example.get("/messages?channel=mail")).json();
    assert.deepEqual(
      list.map(({ to, subject, text }: Record<string, string>) => [to, subject, text]),
      [["an@example.vn", mail.subject, mail.text]],
    );
  });

  test("the subscriber register answers with its key only", async () => {
    const asked = { phone: "0900000101", identityNumber: "072090000101", name: "NGUYỄN VĂN AN" };
    const ask = (bearer: string) =>
      example.ask({
        method: "POST",
        url: "/thue-bao/kiem-tra",
        headers: { authorization: `Bearer ${bearer}` },
        payload: asked,
      });
    assert.deepEqual((await ask(demoSecrets.subscriberRegister)).json(), { owner: "yes" });
    assert.equal((await ask("wrong")).statusCode, 401);
  });
});

describe("the sandbox after its process was killed", () => {
  test("knows every payment, message and instruction, and goes on with unfinished callbacks", async () => {
    example.merchantSays = { status: 500, body: "" };
    await example.fill(await createMomo(example, "K1"), WALLET);
    const open2 = await createMomo(example, "K2");
    await example.sandbox.quiet();
    await example.post("/control", { standIn: "momo", behaviour: "decline", code: "99", scope: "always" });
    await example.restart();
    assert.equal((await queryMomo(example, "K1")).resultCode, 0);
    assert.equal((await example.get(open2)).statusCode, 200);
    assert.equal((await example.get("/control")).json().instructions.length, 1);
  });

  test("the journals hold no whole card number, no password and no OTP of the bank", async () => {
    const otp = String((await example.fill(await openVnpay(example, "V9"), CARD)).headers.location);
    await example.fill(otp, { otp: "123456" });
    await example.fill(await createMomo(example, "K3"), WALLET);
    const folder = path.join(example.dataDir, "sandbox");
    const all = readdirSync(folder)
      .map((name) => readFileSync(path.join(folder, name), "utf8"))
      .join("");
    assert.match(all, /"lastFour":"2198"/);
    assert.doesNotMatch(all, /9704198526191432198|123456|"000000"/);
    const journal = await example.get("/journal/vnpay");
    assert.match(journal.body, /"kind":"captured"/);
  });
});

describe("the control panel", () => {
  test("takes an instruction from its form, shows it, and says which entry is wrong", async () => {
    const good = await example.fill("/control", {
      standIn: "vnpay",
      behaviour: "slow",
      ms: "10",
      scope: "next",
      code: "",
      times: "",
    });
    assert.equal(good.statusCode, 303);
    assert.match((await example.get("/")).body, /VNPAY và ngân hàng<\/strong>: trả lời chậm/);
    const bad = await example.fill("/control", { standIn: "vnpay", behaviour: "decline", code: "x", scope: "next" });
    assert.equal(bad.statusCode, 422);
    assert.match(bad.body, /href="#code"/);
    assert.equal((await example.ask({ method: "DELETE", url: "/control" })).statusCode, 204);
  });
});
