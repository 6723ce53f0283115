import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Messages, readMessage } from "./schemas.ts";
import { signConfirm, signDispute, signInit, signQuery, signRefund } from "./signature.ts";

function example(name: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`examples/${name}.json`, import.meta.url), "utf8"));
}

const examples = {
  INIT: "init",
  QUERY: "query",
  GET_BILL: "get-bill",
  CONFIRM: "confirm",
  REFUND: "refund",
  DISPUTE: "dispute",
} as const;

for (const [kind, file] of Object.entries(examples) as [keyof typeof examples, string][]) {
  test(`the example of ${kind} is what its schema describes, and is signed with the secret "DEMO"`, () => {
    const read = readMessage(kind as keyof Messages, example(file));
    assert.equal(read.ok, true, read.ok ? "" : read.why);
    const message = example(file);
    const signers = {
      INIT: signInit,
      QUERY: signQuery,
      GET_BILL: signQuery,
      CONFIRM: signConfirm,
      REFUND: signRefund,
      DISPUTE: signDispute,
    };
    assert.equal(message["MaXacThuc"], (signers[kind] as (m: object, s: string) => string)(message, "DEMO"));
  });

  test(`${kind} without any one of its fields, or with a number where text belongs, is refused`, () => {
    for (const field of Object.keys(example(file))) {
      const { [field]: _left, ...rest } = example(file);
      assert.equal(readMessage(kind as keyof Messages, rest).ok, false, `without ${field}`);
      assert.equal(readMessage(kind as keyof Messages, { ...rest, [field]: 1 }).ok, false, `${field} a number`);
    }
  });
}

test("an amount is whole đồng above zero", () => {
  for (const SoTien of ["0", "-5000", "5000.5", "5e3", "", " 5000", "05000"]) {
    assert.equal(readMessage("CONFIRM", { ...example("confirm"), SoTien }).ok, false, SoTien);
  }
});
