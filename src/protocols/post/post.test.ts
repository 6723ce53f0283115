import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { signBody } from "#kit/signed-body.ts";
import {
  isPostCancel,
  isPostCancelAnswer,
  isPostNotice,
  isPostOrder,
  isPostOrderAnswer,
  isPostTracking,
  type PostOrder,
  publicPostAt,
} from "./index.ts";

const example = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./examples/${name}.json`, import.meta.url), "utf8"));
const KEY = "key-of-the-public-post";

describe("the public post", () => {
  test("the examples have their shapes, and what is not whole has none", () => {
    assert.ok(isPostOrder(example("order")));
    assert.ok(isPostOrderAnswer(example("order-answer")));
    assert.ok(isPostNotice(example("notice")));
    assert.ok(isPostTracking(example("tracking")));
    assert.ok(isPostTracking({ reference: "1", known: false }));
    assert.ok(isPostCancel(example("cancel")));
    assert.ok(isPostCancelAnswer(example("cancel-answer")));
    assert.ok(isPostCancelAnswer({ reference: "1", cancelled: true }));
    assert.ok(!isPostCancelAnswer({ reference: "1", cancelled: false }), "a refusal says why");
    const order = example("order") as object;
    for (const wrong of [{ service: "parcel" }, { weightGrams: 0 }, { to: {} }, { postage: { amount: 1.5 } }])
      assert.ok(!isPostOrder({ ...order, ...wrong }), JSON.stringify(wrong));
    const notice = example("notice") as { event: object };
    for (const wrong of [{ kind: "eaten" }, { sequence: 0 }, { at: "yesterday" }, { id: "" }])
      assert.ok(!isPostNotice({ ...notice, event: { ...notice.event, ...wrong } }), JSON.stringify(wrong));
    assert.ok(!isPostOrderAnswer({ reference: "1", accepted: true, itemCode: "12" }));
  });

  test("an answer that is not signed, about another order or an error page is none", async () => {
    const order = example("order") as PostOrder;
    const body = JSON.stringify(example("order-answer"));
    let reply: { body: string; key: string; status?: number } = { body, key: KEY };
    const server = createServer((_request, response) => {
      response.writeHead(reply.status ?? 200, { ...signBody(reply.key, reply.body, new Date()) });
      response.end(reply.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const post = publicPostAt({ url, client: "tayninh", key: KEY });
    try {
      assert.equal((await post.order(order)).accepted, true);
      for (const wrong of [
        { body, key: "another" },
        { body: "<html>", key: KEY },
        { body, key: KEY, status: 503 },
        { body: JSON.stringify({ reference: "another", accepted: false, reason: "no" }), key: KEY },
      ]) {
        reply = wrong;
        await assert.rejects(post.order(order), { code: "unavailable", reason: "public-post" });
        await assert.rejects(post.cancel(order.reference), { code: "unavailable", reason: "public-post" });
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
