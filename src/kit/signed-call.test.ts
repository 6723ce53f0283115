import assert from "node:assert/strict";
import { test } from "node:test";
import { readAtMost } from "./signed-call.ts";

test("an answer is read to its end, and never past the limit", async () => {
  assert.equal(await readAtMost(new Response("một cửa"), 100), "một cửa");
  assert.equal(await readAtMost(new Response(null), 100), "");
  let given = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 1;
      controller.enqueue(new Uint8Array(1_024));
    },
  });
  await assert.rejects(readAtMost(new Response(endless), 10_000), /too long/);
  assert.ok(given < 20, "nobody takes the rest");
});
