/** Steps of a dossier killed at their named points (F13 to F16), and numbers without a gap whoever dies (P15). */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { newId, newSecretId } from "#kit/ids.ts";
import { createDiskStore } from "#kit/files.ts";
import { verifyPdfSignatures } from "#kit/signing/index.ts";
import { readSyncMessage } from "#protocols/dossier-sync/index.ts";
import { citizenSub, fileDossier } from "#tests/support/filed-dossier.ts";
import { cloneDatabase, type TestDatabase, withAdmin } from "#tests/support/database.ts";
import type { Step, ToReceive } from "./dossier-role.ts";
import { chooser, count, SEED } from "./tally.ts";

let place: TestDatabase;
let folder: string;
before(async () => {
  place = await cloneDatabase("province");
  folder = mkdtempSync(join(tmpdir(), "motcua-steps-"));
  writeFileSync(
    join(folder, "result.typ"),
    "GIẤY CHỨNG NHẬN\n#v(60mm)\n#align(right)[PHÓ GIÁM ĐỐC #v(30mm) Lê Thị Hữu]",
  );
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await place.drop();
});

interface Running {
  /** "killed", or what the step answered. */
  readonly end: Promise<unknown>;
  kill(): void;
}

function run(step: Step, crashAt = ""): Running {
  const env = {
    ...process.env,
    STEP_DATABASE: place.appUrl,
    STEP_FOLDER: folder,
    LOG_LEVEL: "silent",
    CRASH_AT: crashAt,
  };
  delete (env as Record<string, unknown>)["NODE_TEST_CONTEXT"];
  const child = fork(join(import.meta.dirname, "dossier-role.ts"), [JSON.stringify(step)], { env, execArgv: [] });
  const end = new Promise<unknown>((resolve, reject) => {
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
  return { end, kill: () => void child.kill("SIGKILL") };
}

const rows = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  withAdmin(place, async (client) => (await client.query<Row>(sql, values)).rows);

/** A draft of the citizen, made by the province's own SQL function. */
async function draft(): Promise<string> {
  const id = newId();
  await withAdmin(place, (client) =>
    client.query("select dossier_start('tayninh', $1, 'provincial-portal', $2, $3, $4, '{}', true, $5)", [
      id,
      {
        code: "1.001193",
        version: 1,
        name: { vi: "Đăng ký khai sinh", en: "Birth registration" },
        fieldCode: "HT",
        fieldName: { vi: "Hộ tịch", en: "Civil status" },
      },
      { id: "ubnd-thi-tran-ben-cau", name: "UBND thị trấn Bến Cầu", identifier: "000.20.31.H53" },
      { sub: citizenSub, name: "Nguyễn Văn An", identityNumber: "072090000101", identityKind: "cccd" },
      { kind: "citizen", sub: citizenSub, name: "Nguyễn Văn An" },
    ]),
  );
  return id;
}

describe("a dossier's step that is killed", { concurrency: 2 }, () => {
  test("F13: a paper stored and not attached is attached once when it is sent again", async () => {
    const dossierId = await draft();
    const step = { do: "attach", dossierId, text: `giấy ${dossierId}` } as const;
    assert.equal(await run(step, "F13").end, "killed");
    assert.deepEqual(await rows("select id from dossier_file where dossier_id = $1", [dossierId]), []);
    const first = (await run(step).end) as { ok: boolean; fileId: string };
    const second = (await run(step).end) as { ok: boolean; fileId: string };
    assert.ok(first.ok && second.ok);
    assert.equal(first.fileId, second.fileId);
    assert.equal((await rows("select id from dossier_file where dossier_id = $1", [dossierId])).length, 1);
  });

  test("F14: a dossier filed by a process that died has one number, the one that sending again answers", async () => {
    const dossierId = await draft();
    const step = { do: "file", dossierId, submissionId: newSecretId() } as const;
    assert.equal(await run(step, "F14").end, "killed");
    const [kept] = await rows<{ number: number }>("select number::int from dossier where id = $1", [dossierId]);
    const again = (await run(step).end) as { ok: boolean; number: number; replayed: boolean };
    assert.deepEqual([again.ok, again.number, again.replayed], [true, kept?.number, true]);
    const filings = "select seq from dossier_history where dossier_id = $1 and action = 'file'";
    assert.equal((await rows(filings, [dossierId])).length, 1);
  });

  test("F15: a result whose signature was made and not stored is unsigned, and signed once afterwards", async () => {
    const dossierId = newId();
    const step = { do: "sign", dossierId } as const;
    assert.equal(await run(step, "F15").end, "killed");
    const stateOf = async () =>
      (await rows<{ state: string }>("select state from result where dossier_id = $1", [dossierId])).map(
        (row) => row.state,
      );
    assert.deepEqual(await stateOf(), ["unsigned"]);
    const signed = (await run(step).end) as { signed: { sha256: string } };
    const same = (await run(step).end) as { signed: { sha256: string } };
    assert.deepEqual(await stateOf(), ["signed"]);
    assert.equal(signed.signed.sha256, same.signed.sha256);
    const bytes = await createDiskStore(join(folder, "files")).read(signed.signed.sha256);
    assert.deepEqual(
      (await verifyPdfSignatures(bytes, { trustedRoots: [] })).map((one) => one.intact),
      [true],
    );
  });

  test("F16: a change that the national portal has and the worker did not mark is sent again, in order, and goes on", {
    timeout: 120_000,
  }, async () => {
    const told: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        if (request.url?.endsWith("/dang-nhap")) return response.end('{"error_code":"0","session":"s"}');
        const read = readSyncMessage("request", JSON.parse(body));
        if (read.ok) told.push(JSON.stringify(read.message));
        return response.end(JSON.stringify({ error_code: read.ok ? "0" : "1", message: "" }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/dong-bo`;
    try {
      await withAdmin(place, (client) => fileDossier(client, "tayninh"));
      const left = async () =>
        (await rows("select id from job where queue = 'dossier-sync' and done_at is null")).length;
      const before = await left();
      assert.ok(before > 0);
      assert.equal(await run({ do: "sync", url }, "F16").end, "killed");
      assert.equal(await left(), before, "told and not marked");
      const heard = told.length;
      const worker = run({ do: "sync", url });
      const limit = Date.now() + 60_000;
      while ((await left()) > 0 && Date.now() < limit) await sleep(200);
      worker.kill();
      await worker.end;
      assert.equal(await left(), 0);
      assert.ok(told.length > heard, "told again");
      assert.equal((await rows("select id from job where failed_at is not null")).length, 0);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

test("500 dossiers received and 500 receipts given at once by processes that are killed: no number is missing and none is double", {
  timeout: 200_000,
}, async (context) => {
  const choose = chooser(SEED);
  // Three units, either side of a midnight in Vietnam: each unit and day has a sequence of its own.
  const units = ["000.20.31.H53", "000.21.31.H53", "000.22.31.H53"] as const;
  const moments = ["2020-06-10T16:59:59Z", "2020-06-10T17:00:01Z"] as const;
  const dossiers: ToReceive[] = [];
  await withAdmin(place, async (client) => {
    for (let n = 0; n < 500; n += 1) {
      const { id } = await fileDossier(client, "tayninh", [], choose.of(units));
      dossiers.push({ id, at: choose.of(moments) });
    }
  });
  const ids = dossiers.map(({ id }) => id);
  const settlements = Array.from({ length: 500 }, () => newId());
  const step = { do: "number", dossiers, settlements } as const;
  const given =
    "select (select count(code)::int from dossier where id = any($1)) + (select count(*)::int from receipt where settlement_id = any($2)) as n";
  const progress = async () => (await rows<{ n: number }>(given, [ids, settlements]))[0]?.n ?? 0;
  let inTheMiddle = 0;
  for (let kill = 0; kill < 4; kill += 1) {
    const reached = (await progress()) + 20 + choose.below(80);
    // Two processes at once on the same work, killed in the middle of it.
    const both = [run(step), run(step)];
    for (let looks = 0; looks < 4_000 && (await progress()) < reached; looks += 1) await sleep(15);
    for (const one of both) one.kill();
    await Promise.allSettled(both.map((one) => one.end));
    if ((await progress()) < 1_000) inTheMiddle += 1;
    else break;
  }
  assert.ok(inTheMiddle > 0, "a kill came in the middle of the work");
  await Promise.all([run(step).end, run(step).end]);
  context.diagnostic(`seed ${SEED}`);
  const codes = await rows<{ code: string; unit: string }>(
    "select code, agency ->> 'identifier' as unit from dossier where id = any($1) order by code",
    [ids],
  );
  assert.equal(codes.length, 500);
  const series = Map.groupBy(codes, ({ code }) => code.slice(0, -5));
  assert.deepEqual(
    [...series.keys()].toSorted(),
    units.flatMap((unit) => [`${unit}-200610`, `${unit}-200611`]),
  );
  for (const [name, members] of series)
    assert.deepEqual(
      members.map(({ code, unit }) => [unit, code]),
      members.map((_, n) => [name.slice(0, -7), `${name}-${String(n + 1).padStart(4, "0")}`]),
      `${name} has no gap, nothing double and no dossier of another unit`,
    );
  const numbers = await rows<{ number: number }>(
    "select number from receipt where settlement_id = any($1) order by number",
    [settlements],
  );
  assert.deepEqual(
    numbers.map((row) => row.number),
    Array.from({ length: 500 }, (_, n) => n + 1),
  );
  const twice = await rows(
    "select dossier_id from dossier_history where dossier_id = any($1) and action = 'receive' group by dossier_id having count(*) <> 1",
    [ids],
  );
  assert.deepEqual(twice, []);
});
