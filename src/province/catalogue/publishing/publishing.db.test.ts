import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { beforeEach, describe, test } from "node:test";
import { addDays, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import { type Database, statement } from "#kit/db.ts";
import { startDraft } from "#province/dossiers/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import {
  approveProposal,
  enterDueVersions,
  findProcedure,
  getProcedureForm,
  getProcedureVersion,
  importCatalogue,
  listAgenciesOffering,
  loadProcedures,
  type Proposed,
  proposeVersion,
  proposeWithdrawal,
  rejectProposal,
  searchProcedures,
  seedCatalogue,
} from "../index.ts";
import { listProposals, showProposal, showVersions } from "./show-proposal.ts";

const tenant = findTenant("tayninh");
const tung = { by: "officer:tung", byName: "Cao Thanh Tùng" };
const diem = { by: "officer:diem", byName: "Hồ Ngọc Diễm" };
const CODE = "2.000635";
// Not when the file is loaded: that may have been yesterday, minutes ago.
let today: PlainDate;
let tomorrow: PlainDate;
beforeEach(() => {
  today = plainDateOf(new Date());
  tomorrow = addDays(today, 1);
});

const idOf = (proposed: Proposed): string => (proposed.ok ? proposed.id : assert.fail(JSON.stringify(proposed)));

async function dearer(db: Database, amount: number) {
  const current = await findProcedure(db, CODE);
  assert.ok(current);
  const { version, ...definition } = current;
  const fees = definition.fees.map((fee) =>
    fee.amount.type === "per_unit" ? { ...fee, amount: { ...fee.amount, amount } } : fee,
  );
  return { definition: { ...definition, fees }, form: await getProcedureForm(db, CODE, version), version };
}

const messagesSent = statement<{ text: string }, []>(
  "test.messages-sent",
  "select payload->>'text' as text from job where queue = 'send-message' order by id",
);

describe("publishing with four eyes", () => {
  test("one proposes, another publishes; the new version is in force, the old one stays for its dossiers", () =>
    withProvince(async (database, place) => {
      const db = database.forTenant("tayninh");
      const next = await dearer(db, 9_000);
      const propose = (by: typeof tung, note: string) =>
        proposeVersion(database, tenant, { ...next, ...by, effectiveFrom: today, note });
      const first = idOf(await propose(tung, "Mức thu mới"));
      const other = await dearer(db, 9_500);
      const second = await proposeVersion(database, tenant, { ...other, ...diem, effectiveFrom: today, note: "Khác" });
      assert.deepEqual(second, { ok: false, reason: "other-open" });
      const shown = await showProposal(db, first);
      assert.deepEqual(
        shown?.differences.map(({ place }) => place),
        ["fees.extract-copy.amount"],
      );
      assert.equal((await approveProposal(database, tenant, { id: first, note: "", ...tung })).word, "same-person");
      assert.equal((await findProcedure(db, CODE))?.version, next.version, "nothing is published yet");
      const decided = await approveProposal(database, tenant, { id: first, note: "", ...diem });
      assert.deepEqual(decided, { word: "published", version: next.version + 1, told: 0 });
      assert.equal((await approveProposal(database, tenant, { id: first, note: "", ...diem })).word, "not-open");
      const now = await findProcedure(db, CODE);
      assert.equal(now?.version, next.version + 1);
      assert.notDeepEqual(now?.fees, (await getProcedureVersion(db, CODE, next.version))?.fees);
      assert.deepEqual(await propose(tung, "Lần nữa"), { ok: false, reason: "same" });

      // The province's own version stays in front of the software's files, and no import touches it.
      assert.equal(await seedCatalogue(database, "tayninh"), 0);
      const record = JSON.stringify({ code: CODE, name: now?.name.vi, levels: ["commune"], decision: "7/QĐ-BTP" });
      const report = await importCatalogue(database, tenant, Readable.from([Buffer.from(record)]));
      assert.deepEqual([report.changed, report.kept.length], [0, 1]);
      assert.equal((await findProcedure(db, CODE))?.version, next.version + 1);

      // What was proposed and decided cannot be written over.
      const change = statement<object, []>("test.change-proposal", "update procedure_proposal set note = 'x'");
      await assert.rejects(() => db.run(change, []), /was to be changed/);
      await withAdmin(place, async (client) => {
        const { rows } = await client.query("select action from audit where subject = $1 order by id", [CODE]);
        assert.deepEqual(rows.map((row) => (row as { action: string }).action).slice(-2), [
          "procedure.proposed",
          "procedure.published",
        ]);
      });
    }));

  test("mistakes are named, a refused proposal is over, one on top of an older version is stale", () =>
    withProvince(async (database) => {
      const db = database.forTenant("tayninh");
      const next = await dearer(db, 9_000);
      const wrong = await proposeVersion(database, tenant, {
        ...next,
        definition: { ...next.definition, fees: [], decision: "", timeLimits: [] },
        ...tung,
        effectiveFrom: today,
        note: "Sai",
      });
      assert.ok(!wrong.ok && wrong.reason === "invalid");
      assert.ok(wrong.problems.some((problem) => problem.startsWith("decision")));
      assert.ok(wrong.problems.some((problem) => problem.startsWith("timeLimits")));
      const id = idOf(await proposeVersion(database, tenant, { ...next, ...tung, effectiveFrom: today, note: "Một" }));
      const again = idOf(
        await proposeVersion(database, tenant, {
          ...(await dearer(db, 7_000)),
          ...tung,
          effectiveFrom: today,
          note: "Hai",
        }),
      );
      assert.deepEqual(
        (await listProposals(db, undefined)).open.map((one) => one.id),
        [again],
        "the newer takes its place",
      );
      assert.equal((await approveProposal(database, tenant, { id, note: "", ...diem })).word, "not-open");
      assert.equal(
        (await rejectProposal(database, tenant, { id: again, note: "Chưa đủ căn cứ", ...diem })).word,
        "rejected",
      );
      assert.equal((await listProposals(db, undefined)).decided[0]?.decisionNote, "Chưa đủ căn cứ");
      const listed = loadProcedures().find(({ form }) => form === null)?.definition.code ?? assert.fail();
      const info = await findProcedure(db, listed);
      assert.ok(info);
      const { version: _version, ...definition } = info;
      const late = idOf(
        await proposeVersion(database, tenant, {
          definition: { ...definition, decision: "8/QĐ-BTP" },
          form: null,
          ...tung,
          effectiveFrom: today,
          note: "Ba",
        }),
      );
      const record = JSON.stringify({ code: listed, name: info.name.vi, levels: ["commune"], decision: "9/QĐ" });
      assert.equal((await importCatalogue(database, tenant, Readable.from([Buffer.from(record)]))).changed, 1);
      assert.equal((await approveProposal(database, tenant, { id: late, note: "", ...diem })).word, "stale");
    }));

  test("a version waits for its day; one that ends gives way to the one before it, and owners of drafts are told", () =>
    withProvince(async (database, place) => {
      const db = database.forTenant("tayninh");
      const next = await dearer(db, 9_000);
      const id = idOf(
        await proposeVersion(database, tenant, { ...next, ...tung, effectiveFrom: tomorrow, note: "Từ ngày mai" }),
      );
      await approveProposal(database, tenant, { id, note: "", ...diem });
      assert.equal((await findProcedure(db, CODE))?.version, next.version);
      const atNoon = { now: () => new Date(`${tomorrow}T05:00:00Z`) };
      assert.equal((await findProcedure(db, CODE, atNoon))?.version, next.version + 1);
      // The day comes: here by moving the version's day back.
      await withAdmin(place, (client) =>
        client.query("update procedure_version set effective_from = effective_from - 1 where effective_from > $1", [
          today,
        ]),
      );
      assert.equal(await database.tx((tx) => enterDueVersions(tx, "tayninh")), 1);
      assert.equal(await database.tx((tx) => enterDueVersions(tx, "tayninh")), 0);
      const version = next.version + 1;
      const { name, field } = next.definition;
      const [agency] = await listAgenciesOffering(db, CODE);
      assert.ok(agency);
      const draft = await startDraft(database, {
        tenant: "tayninh",
        procedure: { code: CODE, version, name, fieldCode: field.code, fieldName: field.name },
        agency: { id: agency.id, name: agency.name.vi, identifier: agency.identifier },
        channel: "provincial-portal",
        applicant: { sub: "01900000-0000-7000-8000-00000000d001", name: "A", identityNumber: "", phone: "0900000999" },
      } as never);
      assert.ok(draft.ok, JSON.stringify(draft));

      const end = async (which: number) => {
        const proposal = idOf(
          await proposeWithdrawal(database, tenant, {
            code: CODE,
            version: which,
            effectiveFrom: today,
            reason: "Nghị quyết đã bị bãi bỏ",
            ...tung,
          }),
        );
        return approveProposal(database, tenant, { id: proposal, note: "", ...diem });
      };
      assert.deepEqual(await end(version), { word: "published", version, told: 1 });
      const [message] = await db.many(messagesSent, []);
      assert.match(message?.text ?? "", /hết áp dụng từ .* mở lại để xem mẫu đang áp dụng/);
      assert.equal((await findProcedure(db, CODE))?.version, next.version, "the one before is in force again");
      assert.ok(await getProcedureVersion(db, CODE, version), "dossiers that hold it find it");
      const shown = await showVersions(db, CODE, today);
      assert.deepEqual(
        shown?.versions.map((row) => [row.version, row.inForce, row.withdrawnReason]),
        [
          [version, false, "Nghị quyết đã bị bãi bỏ"],
          [next.version, true, null],
        ],
      );
      for (let left = next.version; left > 0; left -= 1) assert.equal((await end(left)).word, "published");
      assert.equal(await findProcedure(db, CODE), undefined);
      assert.deepEqual(await listAgenciesOffering(db, CODE), [], "nobody offers what has no version");
      const found = await searchProcedures(db, { words: "trích lục" });
      assert.ok(found.rows.every((row) => row.code !== CODE));
      await seedCatalogue(database, "tayninh");
      assert.equal(await findProcedure(db, CODE), undefined, "starting again does not bring it back");
      assert.deepEqual(
        await proposeWithdrawal(database, tenant, {
          code: CODE,
          version: next.version,
          effectiveFrom: today,
          reason: "x",
          ...tung,
        }),
        { ok: false, reason: "ended" },
      );
    }));
});
