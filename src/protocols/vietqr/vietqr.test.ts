import assert from "node:assert/strict";
import { test } from "node:test";
import { newSecretId } from "#kit/ids.ts";
import { qrText } from "./qr-text.ts";
import { findReferences, transferReference } from "./reference.ts";
import { readStatement } from "./statement.ts";

test("static and dynamic codes are those of the NAPAS examples", () => {
  assert.equal(
    qrText({ bankBin: "970416", account: "257678859" }),
    "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F",
  );
  assert.equal(
    qrText({ bankBin: "970416", account: "257678859", amount: 10_000, content: "Chuyen tien" }),
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA53037045405100005802VN62150811Chuyen tien630453E6",
  );
  assert.throws(() => qrText({ bankBin: "970416", account: "1", amount: 1, content: "Chuyển tiền" }));
});

test("a reference is found again whatever the bank does to the content around it", () => {
  const reference = transferReference(newSecretId());
  assert.match(reference, /^DVC[2-9A-HJKMNP-Z]{10}$/);
  for (const content of [
    reference,
    reference.toLowerCase(),
    `MBVCB.8891.${reference}.CT tu 0123456 NGUYEN VAN AN toi 0900`,
    `chuyển khoản ${reference.slice(0, 3)} ${reference.slice(3, 8)}-${reference.slice(8)}`,
    `DVCDVC ${reference}`,
  ]) {
    assert.ok(findReferences(content).includes(reference), content);
  }
  assert.deepEqual(findReferences("nop le phi ho so 363815"), []);
  assert.deepEqual(findReferences(reference.slice(0, 12)), []);
});

test("a thousand attempts have a thousand references", () => {
  const all = new Set(Array.from({ length: 1_000 }, () => transferReference(newSecretId())));
  assert.equal(all.size, 1_000);
});

test("a statement with one unreadable line is not a statement", () => {
  const line = {
    id: "1",
    account: "9",
    direction: "in",
    amount: 8_000,
    content: "x",
    bookedAt: "2026-03-02T02:30:00Z",
  };
  assert.equal(readStatement(`${JSON.stringify(line)}\n`)?.[0]?.amount, 8_000);
  assert.deepEqual(readStatement(""), []);
  for (const bad of [{ amount: 0 }, { amount: 1.5 }, { direction: "x" }, { id: "" }, { bookedAt: "gestern" }]) {
    assert.equal(readStatement(`${JSON.stringify(line)}\n${JSON.stringify({ ...line, ...bad })}`), undefined);
  }
  assert.equal(readStatement("<html>"), undefined);
});
