import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { silenceOf } from "./silence.ts";

async function silenceAt(port: number, patienceMs = 30_000): Promise<string> {
  try {
    await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(patienceMs) });
    return "answered";
  } catch (error) {
    return silenceOf(error);
  }
}

test("a closed port was not reached; a listener that hangs up or keeps silent may have acted", async (t) => {
  const server = createServer((socket) => socket.once("data", () => mode === "cut" && socket.destroy()));
  let mode = "cut";
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  assert.equal(await silenceAt(port), "broken");
  mode = "silent";
  assert.equal(await silenceAt(port, 100), "timeout");
  await new Promise((resolve) => {
    server.close(resolve);
  });
  assert.equal(await silenceAt(port), "unreached");
});
