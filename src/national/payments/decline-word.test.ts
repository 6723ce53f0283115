import assert from "node:assert/strict";
import { test } from "node:test";
import { failureWord } from "./decline-word.ts";
import type { PaymentAttempt } from "./payment.ts";

const failed = (provider: PaymentAttempt["provider"], providerCode: string | null, reason = "declined") =>
  failureWord({ provider, providerCode, reason: reason as PaymentAttempt["reason"] });

test("a payer without money, over the limit or with a locked card is told so, whichever provider said it", () => {
  assert.deepEqual(
    [failed("momo", "1001"), failed("vnpay", "51/02"), failed("zalopay", "2/-63"), failed("vnpt-pay", "51")],
    ["no-funds", "no-funds", "no-funds", "no-funds"],
  );
  assert.deepEqual([failed("vnpay", "12/02"), failed("zalopay", "2/-57")], ["locked", "locked"]);
  assert.deepEqual([failed("momo", "1004"), failed("vnpay", "65/02")], ["over-limit", "over-limit"]);
});

test("a page that the provider never opened is not the bank's refusal", () => {
  assert.deepEqual([failed("momo", "42"), failed("zalopay", "2/-49")], ["rejected", "rejected"]);
});

test("nothing is claimed of a code that is not known, nor of a failure that was none of the bank's", () => {
  assert.deepEqual(
    [failed("vnpay", "99/02"), failed("momo", null), failed("vietqr", "x")],
    ["declined", "declined", "declined"],
  );
  assert.equal(failed("momo", "1001", "cancelled"), "cancelled");
});
