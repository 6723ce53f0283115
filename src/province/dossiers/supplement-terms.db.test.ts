import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { withDatabase } from "#tests/support/database.ts";
import { answerSupplement } from "./answer-supplement.ts";
import { aFiledDossier, officerLien } from "./dossier-examples.ts";
import { findDossier, findHistoryBreak, listHistory, listSupplements } from "./dossier-view.ts";
import { requestSupplement } from "./request-supplement.ts";
import { expireSupplement, remindSupplement, supplementJobs } from "./supplement-terms.ts";

const DAY = 86_400_000;
const items = [
  {
    target: "field",
    ref: "child.birthDate",
    label: "Ngày sinh",
    reason: "Ngày sinh khác với giấy chứng sinh, đề nghị sửa",
    example: { text: "20/02/2026", file: { sha256: "d".repeat(64), name: "mau.png", size: 9, mediaType: "image/png" } },
  },
] as const;

async function asked(database: Database, askedAt: Date, tenant = "tayninh") {
  const filed = await aFiledDossier(database, { tenant, answers: { "child.birthDate": "2020-06-01" } });
  const done = await requestSupplement(
    database,
    { ...filed, expectedVersion: filed.version, actor: officerLien, text: "", items },
    fixedClock(askedAt.toISOString()),
  );
  assert.ok(done.ok, done.ok ? "" : done.reason);
  return { ...filed, ...done };
}

const actionsOf = async (database: Database, key: { tenant: string; dossierId: string }) =>
  (await listHistory(database, key)).map((entry) => entry.action);

test("a request has a term: one reminder before it, and at its end the handling stops once, whatever is repeated", async () => {
  await withDatabase("province", async (database) => {
    const now = new Date();
    const one = await asked(database, now);
    const [round] = await listSupplements(database, one);
    const days = ((round?.answerBy?.getTime() ?? 0) - now.getTime()) / DAY;
    assert.ok(days >= 29 && days < 45, `thirty days, and on to a working day, be it after Tết: ${days}`);
    assert.deepEqual(round?.items[0]?.example, items[0].example);
    assert.equal(round?.onExpiry, "stop");
    const at = { tenant: one.tenant, dossierId: one.dossierId, round: 1 };
    const refused = { ok: false, reason: "wrong-state" } as const;
    // not yet
    assert.deepEqual(await remindSupplement(database, at, fixedClock(now.toISOString())), refused);
    const soon = fixedClock(new Date((round?.answerBy?.getTime() ?? 0) - 5 * DAY).toISOString());
    assert.ok((await remindSupplement(database, at, soon)).ok);
    assert.deepEqual(await remindSupplement(database, at, soon), refused);
    assert.deepEqual(await expireSupplement(database, at, soon), refused);
    const late = fixedClock(new Date(round?.answerBy ?? now).toISOString());
    const twice = await Promise.all([expireSupplement(database, at, late), expireSupplement(database, at, late)]);
    assert.deepEqual(twice.map((end) => end.ok).toSorted(), [false, true]);
    const dossier = await findDossier(database, one);
    assert.deepEqual([dossier?.state, dossier?.ending], ["stopped", "stopped"]);
    assert.match(dossier?.reason ?? "", /Quá thời hạn bổ sung hồ sơ \(\d\d\/\d\d\/\d{4}\).*Ngày sinh/);
    assert.deepEqual((await actionsOf(database, one)).slice(-3), ["request-supplement", "remind-supplement", "stop"]);
    assert.equal(await findHistoryBreak(database, one), null);
    assert.deepEqual(
      await answerSupplement(database, { ...one, answers: { "child.birthDate": "2020-06-02" } }),
      refused,
    );

    // Where the province leaves it to the officer, the dossier goes on waiting and says so.
    const other = await asked(database, new Date(now.getTime() - 60 * DAY), "kontum");
    const key = { tenant: other.tenant, dossierId: other.dossierId, round: 1 };
    // The jobs of the request do it: both are due, and the reminder that comes too late reminds all the same.
    const worker = createWorker({ database, log: createLog("test"), handlers: supplementJobs(database) });
    await worker.drain();
    await worker.drain();
    assert.equal((await findDossier(database, other))?.state, "supplement-requested");
    assert.deepEqual((await actionsOf(database, other)).slice(-2).toSorted(), [
      "expire-supplement",
      "remind-supplement",
    ]);
    assert.deepEqual(await expireSupplement(database, key), refused);
    assert.ok((await answerSupplement(database, { ...other, answers: { "child.birthDate": "2020-06-02" } })).ok);
    assert.deepEqual(await remindSupplement(database, key), refused);
  });
});
