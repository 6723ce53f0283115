import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { CreateRequest } from "./messages.ts";
import { appTransId, orderOfAppTransId, refundIdOf, verdictOfQuery } from "./messages.ts";
import {
  signCallback,
  signCreate,
  signRedirect,
  verifyCallback,
  verifyRedirect,
  type ZalopayKeys,
} from "./signature.ts";

const keys: ZalopayKeys = { key1: "DEMO_KEY1", key2: "DEMO_KEY2" };

test("create is signed over its seven values as in the known example", () => {
  const mac = signCreate(
    {
      app_id: 2553,
      app_trans_id: "200729_1234",
      app_user: "user1",
      amount: 50_000,
      app_time: 1_596_000_000_000,
      embed_data: "{}",
      item: "[]",
      description: "",
      bank_code: "",
      callback_url: "",
      expire_duration_seconds: 900,
    },
    keys,
  );
  assert.equal(mac, "98afada28ac760130a8df4b3a0bd2f1f67cde1cccae3fefcd048de3f7345fb06");
});

test("the example message carries the mac of its own values", () => {
  const example = JSON.parse(readFileSync(new URL("examples/create.json", import.meta.url), "utf8")) as CreateRequest;
  assert.equal(signCreate(example, keys), example.mac);
});

test("a callback is believed for its raw text only, by either generation of keys", () => {
  const data = '{"app_trans_id":"200729_1234", "amount":50000}';
  const mac = signCallback(data, keys);
  const next: ZalopayKeys = { key1: "n1", key2: "n2" };
  assert.equal(verifyCallback({ data, mac }, [next, keys]), true);
  assert.equal(verifyCallback({ data, mac }, [next]), false);
  assert.equal(verifyCallback({ data: JSON.stringify(JSON.parse(data)), mac }, [keys]), false);
  assert.equal(verifyCallback({ data, mac: "" }, [keys]), false);
});

test("a redirect's checksum covers each of its values", () => {
  const query = {
    appid: "2553",
    apptransid: "200729_1234",
    pmcid: "38",
    bankcode: "",
    amount: "50000",
    discountamount: "0",
    status: "1",
  };
  const checksum = signRedirect(query, keys);
  assert.equal(verifyRedirect({ ...query, checksum }, [keys]), true);
  for (const name of Object.keys(query) as (keyof typeof query)[]) {
    assert.equal(verifyRedirect({ ...query, [name]: `${query[name]}1`, checksum }, [keys]), false, name);
  }
});

test("an order's name carries the Vietnamese day and at most 40 characters, and leads back to the order", () => {
  // 23:30 on the 28th in UTC is the 29th in Viet Nam.
  const name = appTransId("0123456789abcdef0123456789abcdef", new Date("2020-07-28T23:30:00Z"));
  assert.equal(name, "200729_0123456789abcdef0123456789abcdef");
  assert.ok(name.length <= 40);
  assert.equal(orderOfAppTransId(name), "0123456789abcdef0123456789abcdef");
  assert.equal(orderOfAppTransId("0123"), undefined);
  assert.equal(refundIdOf(2553, "0".repeat(32), new Date("2020-07-28T23:30:00Z")).length, 44);
});

test("only 1 is paid; 3 is not begun or undecided; a complaint about our question says nothing of the money", () => {
  const verdict = (return_code: number, sub_return_code: number, is_processing = false) =>
    verdictOfQuery({ return_code, sub_return_code, is_processing });
  assert.equal(verdict(1, 1), "paid");
  assert.equal(verdict(3, 3), "untouched");
  assert.equal(verdict(3, 3, true), "processing");
  assert.equal(verdict(2, -33), "cancelled");
  assert.equal(verdict(2, -54), "expired");
  assert.equal(verdict(2, -63), "failed");
  for (const code of [-401, -402, -500]) assert.equal(verdict(2, code), "unknown");
  assert.equal(verdict(0, 0), "unknown");
});
