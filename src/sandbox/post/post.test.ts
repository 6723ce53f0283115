import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { isSignedNow } from "#kit/signed-body.ts";
import { isItemCode, isPostNotice, type PostOrder } from "#protocols/post/index.ts";
import { createCallbackSender } from "../callbacks/index.ts";
import { createControl } from "../control/index.ts";
import { openJournal } from "../journal/index.ts";
import { PostBook, type PostJournalEvent } from "./post-book.ts";
import { happen, type PostHouse, resumePost, takeBack, takeOrder } from "./post-house.ts";

const KEY = "key-of-the-public-post";
const clock = { now: () => new Date("2026-11-22T02:00:00Z") };
const order: PostOrder = {
  reference: "r1",
  service: "result",
  from: { name: "UBND xã Bến Cầu", address: "Xã Bến Cầu, Tỉnh Tây Ninh" },
  to: { name: "Nguyễn Văn An", address: "Phường Tân Ninh, Tỉnh Tây Ninh" },
  weightGrams: 100,
  postage: { amount: 26_000, paid: "at-the-door" },
  content: "Kết quả hồ sơ 363816",
};

test("the post knows an order by its reference over a kill, signs what it tells, and misbehaves as it is ordered to", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "post-"));
  const sent: { body: string; signed: boolean }[] = [];
  let agency = 200;
  const open = (): PostHouse => {
    const book = new PostBook();
    return {
      book,
      journal: openJournal<PostJournalEvent>(path.join(folder, "post.jsonl"), clock, book.apply),
      clients: [{ client: "tayninh", key: KEY, noticeUrl: "http://localhost:8082/buu-chinh/su-kien" }],
      clock,
      control: createControl((apply) => openJournal(path.join(folder, "control.jsonl"), clock, apply)).control,
      callbacks: createCallbackSender([0, 1], (error) => assert.fail(String(error))),
      send: async ({ body = "", headers }) => {
        const { "x-timestamp": timestamp, "x-signature": signature } = headers ?? {};
        assert.ok(isPostNotice(JSON.parse(body)));
        sent.push({ body, signed: isSignedNow(KEY, body, { timestamp, signature }, clock.now()) });
        return { status: agency, body: "" };
      },
    };
  };
  try {
    const house = open();
    const first = takeOrder(house, "tayninh", order);
    assert.ok(first.accepted && isItemCode(first.itemCode));
    assert.deepEqual(takeOrder(house, "tayninh", order), first);
    await house.callbacks.quiet();
    assert.deepEqual(
      sent.map(({ signed }) => signed),
      [true],
    );

    house.control.give({ standIn: "post", scope: "next", behaviour: { kind: "callback-forged", thenTrue: true } });
    happen(house, first.itemCode, "collected");
    await house.callbacks.quiet();
    assert.deepEqual(
      sent.slice(1).map(({ signed }) => signed),
      [false, true],
    );

    // The agency was down: told again by the next process, which also knows the order.
    agency = 503;
    house.control.give({ standIn: "post", scope: "next", behaviour: { kind: "callback-late", ms: 60_000 } });
    happen(house, first.itemCode, "lost");
    house.callbacks.stop();
    agency = 200;
    const again = open();
    resumePost(again);
    await again.callbacks.quiet();
    assert.match(sent.at(-1)?.body ?? "", /"kind":"lost"/);
    assert.deepEqual(takeOrder(again, "tayninh", order), first);
    again.control.give({ standIn: "post", scope: "next", behaviour: { kind: "decline", code: "1" } });
    assert.equal(takeOrder(again, "tayninh", { ...order, reference: "r2" }).accepted, false);
    assert.equal(happen(again, "RC000000000VN", "lost"), false);

    // Taken back: not what is under way; what was not, once; and before it came, so that it is not accepted any more.
    assert.equal(takeBack(again, "tayninh", "r1").cancelled, false);
    assert.ok(takeOrder(again, "tayninh", { ...order, reference: "r3" }).accepted);
    for (const reference of ["r3", "r3", "r4"]) assert.ok(takeBack(again, "tayninh", reference).cancelled, reference);
    await again.callbacks.quiet();
    const last = open();
    assert.ok(takeBack(last, "tayninh", "r3").cancelled);
    assert.equal(takeOrder(last, "tayninh", { ...order, reference: "r4" }).accepted, false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
