import assert from "node:assert/strict";
import { test } from "node:test";
import type { FastifyRequest } from "fastify";
import type { Clock } from "../clock.ts";
import { createThrottle, networkOf } from "./throttle.ts";

function movingClock(): Clock & { pass(seconds: number): void } {
  let at = Date.parse("2026-06-10T02:00:00Z");
  return {
    now: () => new Date(at),
    pass(seconds) {
      at += seconds * 1_000;
    },
  };
}

test("after its turns a caller waits, each turn comes back evenly, and others are not concerned", () => {
  const clock = movingClock();
  const throttle = createThrottle({ turns: 3, seconds: 60 }, clock);
  for (let n = 0; n < 3; n += 1) throttle.take("a");
  assert.equal(throttle.wait("a"), 20);
  assert.throws(() => throttle.take("a"), { code: "too-many" });
  throttle.take("b");
  clock.pass(20);
  throttle.take("a");
  assert.throws(() => throttle.take("a"), { code: "too-many" });
  clock.pass(3_600);
  for (let n = 0; n < 3; n += 1) throttle.take("a");
  assert.throws(() => throttle.take("a"), { code: "too-many" });
  clock.pass(-3_600);
  assert.throws(() => throttle.take("a"), { code: "too-many" });
});

test("of an address of version 6 the customer's network is one caller", () => {
  const of = (ip: string) => networkOf({ ip } as FastifyRequest);
  assert.equal(of("203.0.113.7"), "203.0.113.7");
  assert.equal(of("::ffff:203.0.113.7"), "203.0.113.7");
  assert.equal(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assert.equal(of("2001:db8:1:2::9"), of("2001:db8:1:2:aaaa::1"));
  assert.notEqual(of("2001:db8:1:3::9"), of("2001:db8:1:2::9"));
  assert.equal(of("::1"), "0:0:0:0::/64");
});
