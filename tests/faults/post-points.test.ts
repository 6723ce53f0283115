/** The public post's steps killed at their named points (D1 to D5): ordered once, told once, returned once, taken back once. */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { signBody } from "#kit/signed-body.ts";
import type { PostNotice, PostOrder } from "#protocols/post/index.ts";
import { cloneDatabase, type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { fileDossier } from "#tests/support/filed-dossier.ts";
import type { PostStep } from "./post-role.ts";
import { count } from "./tally.ts";

const KEY = "key-of-the-public-post";
const orders: PostOrder[] = [];
const takenBack: string[] = [];
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    const order = JSON.parse(body) as PostOrder;
    const { reference } = order;
    const back = request.url === "/cancellations";
    if (back) takenBack.push(reference);
    else orders.push(order);
    const said = back ? { cancelled: true } : { accepted: true, itemCode: "RC000000017VN" };
    const answer = JSON.stringify({ reference, ...said });
    response.writeHead(200, { ...signBody(KEY, answer, new Date()) });
    response.end(answer);
  });
});

let place: TestDatabase;
let url = "";
before(async () => {
  place = await cloneDatabase("province");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await place.drop();
});

function run(step: PostStep, crashAt = ""): Promise<unknown> {
  const env: Record<string, string | undefined> = {
    ...process.env,
    STEP_DATABASE: place.appUrl,
    LOG_LEVEL: "silent",
    CRASH_AT: crashAt,
  };
  delete env["NODE_TEST_CONTEXT"];
  const child = fork(join(import.meta.dirname, "post-role.ts"), [JSON.stringify(step)], { env, execArgv: [] });
  return new Promise((resolve, reject) => {
    let answer: unknown;
    child.on("message", (message) => (answer = message));
    child.once("exit", (code, signal) => {
      if (signal === "SIGKILL") {
        count("kills");
        resolve("killed");
      } else if (code === 0) resolve(answer);
      else reject(new Error(`${step.do} ended with ${code ?? signal}`));
    });
  });
}

const rows = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  withAdmin(place, async (client) => (await client.query<Row>(sql, values)).rows);
/** As when the lease of a dead worker has ended. */
const leaseEnds = () => rows("update job set leased_until = null, run_at = now() where done_at is null");

describe("the public post's steps that are killed", () => {
  test("D1 to D5: one order at the post, each event once, the result returned once, the order taken back once", async () => {
    const id = await withAdmin(place, async (client) => {
      const { id: dossierId } = await fileDossier(client, "tayninh", []);
      await client.query(
        `update dossier set state = 'result-ready', result_signed = true, result_id = gen_random_uuid()::text, received_at = now(),
           due_at = now(), code = '000.20.31.H53-261122-0001',
           delivery = '{"handIn": "online", "receive": "home", "receiveAddress": "Xã Bến Cầu, Tỉnh Tây Ninh"}' where id = $1`,
        [dossierId],
      );
      await client.query("begin");
      await client.query("select set_config('app.tenant', 'tayninh', true)");
      await client.query("select job_put('post-arrange', $1::text, jsonb_build_object('dossierId', $1::text))", [
        dossierId,
      ]);
      await client.query("commit");
      return dossierId;
    });
    const work: PostStep = { do: "work", url, key: KEY };
    const order = async () =>
      (await rows<{ id: string; state: string }>("select id, state from post_order where dossier_id = $1", [id]))[0];

    assert.equal(await run(work, "D1"), "killed");
    assert.deepEqual([(await order())?.state, orders.length], ["sending", 0]);
    await leaseEnds();
    assert.equal(await run(work, "D2"), "killed");
    assert.deepEqual(
      [(await order())?.state, orders.length],
      ["sending", 1],
      "the post has it, nobody wrote that down",
    );
    await leaseEnds();
    await run(work);
    assert.equal((await order())?.state, "ordered");
    assert.equal(new Set(orders.map(({ reference }) => reference)).size, 1, "one reference is one item");

    const notice: PostNotice = {
      reference: (await order())?.id ?? "",
      itemCode: "RC000000017VN",
      event: { id: "e1", sequence: 2, kind: "collected", at: "2026-11-22T03:00:00Z", place: "Bưu cục Bến Cầu" },
    };
    assert.equal(await run({ do: "hear", notice }, "D3"), "killed");
    assert.equal(await run({ do: "hear", notice }), "already", "the post tells again what was not acknowledged");
    assert.equal(await run(work, "D4"), "killed");
    assert.equal(
      (await rows<{ state: string }>("select state from dossier where id = $1", [id]))[0]?.state,
      "result-ready",
    );
    await leaseEnds();
    await run(work);
    await rows('select post_order_cancel(\'tayninh\', $1, \'{"kind": "officer", "id": "o1", "name": "x"}\')', [
      notice.reference,
    ]);
    assert.equal(await run(work, "D5"), "killed", "the post has taken it back, nobody wrote that down");
    await leaseEnds();
    await run(work);
    assert.deepEqual([(await order())?.state, new Set(takenBack).size], ["cancelled", 1]);
    const actions = await rows<{ action: string; n: number }>(
      `select action, count(*)::int as n from dossier_history where dossier_id = $1 and action ~ 'post|return' group by action`,
      [id],
    );
    assert.deepEqual(Object.fromEntries(actions.map(({ action, n }) => [action, n])), {
      "post-order": 1,
      "post-collected": 1,
      "return-result": 1,
      "post-cancel-asked": 1,
      "post-cancelled": 1,
    });
    assert.equal((await rows("select id from job where failed_at is not null")).length, 0);
  });
});
