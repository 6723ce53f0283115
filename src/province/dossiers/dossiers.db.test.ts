import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fixedClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { newId, newSecretId } from "#kit/ids.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { attachFile, removeFile } from "./change-files.ts";
import type { Outcome } from "./dossier.ts";
import {
  aDraft,
  aFiledDossier,
  benCau,
  citizen,
  copyDue,
  officerLien,
  officerTri,
  tomorrow,
} from "./dossier-examples.ts";
import { markFeePaid } from "./dossier-fees.ts";
import { recordResult, returnResult, signResult } from "./dossier-result.ts";
import { findDossier, findDossierOf, findHistoryBreak, listDossiers, listFiles, listHistory } from "./dossier-view.ts";
import { declineDossier, refuseDossier } from "./end-dossier.ts";
import { fileDossier } from "./file-dossier.ts";
import { forwardDossier } from "./forward-dossier.ts";
import { receiveDossier } from "./receive-dossier.ts";
import { saveDraft } from "./save-draft.ts";
import { saveOfficerNote } from "./save-officer-note.ts";
import { withdrawDossier } from "./withdraw-dossier.ts";

function done<T>(outcome: Outcome<T>): T {
  assert.ok(outcome.ok, outcome.ok ? "" : outcome.reason);
  return outcome;
}

const online = { handIn: "online", receive: "online" } as const;
const paper = {
  component: "giay-chung-sinh",
  name: "chung-sinh.pdf",
  sha256: "a".repeat(64),
  size: 1200,
  mediaType: "application/pdf",
};
const at = (iso: string) => ({ clock: fixedClock(iso), dueTimeOf: tomorrow });

async function received(database: Database, dues = [] as (typeof copyDue)[]) {
  const filed = await aFiledDossier(database, { dues });
  const stand = done(
    await receiveDossier(
      database,
      { ...filed, expectedVersion: filed.version, actor: officerLien },
      { dueTimeOf: tomorrow },
    ),
  );
  return { ...filed, ...stand };
}

describe("a draft", () => {
  test("is taken up again on another device, unless another is asked for", async () => {
    await withDatabase("province", async (database) => {
      const person = citizen();
      const first = await aDraft(database, { person });
      const again = await aDraft(database, { person });
      assert.equal(again.dossierId, first.dossierId);
      const elsewhere = await aDraft(database, { person, agency: { ...benCau, id: "H53.31.21" } });
      assert.notEqual(elsewhere.dossierId, first.dossierId);
    });
  });

  test("begun in eight tabs at once is one draft", async () => {
    await withDatabase("province", async (database) => {
      const person = citizen();
      const drafts = await Promise.all(Array.from({ length: 8 }, () => aDraft(database, { person })));
      assert.equal(new Set(drafts.map((draft) => draft.dossierId)).size, 1);
    });
  });

  test("merges the pages of two tabs and refuses a page made from an older version", async () => {
    await withDatabase("province", async (database) => {
      const draft = await aDraft(database);
      const one = done(await saveDraft(database, { ...draft, answers: { a: "một", b: 2 }, page: "p1" }));
      done(await saveDraft(database, { ...draft, answers: { c: ["ba"], b: null } }));
      const stored = await findDossierOf(database, draft);
      assert.deepEqual(stored?.answers, { "applicant.name": "Nguyễn Văn An", a: "một", c: ["ba"] });
      assert.equal(stored?.page, "p1");
      const stale = await saveDraft(database, { ...draft, answers: { a: "cũ" }, revision: one.version });
      assert.deepEqual(stale, { ok: false, reason: "stale-draft" });
    });
  });

  test("is another person's secret", async () => {
    await withDatabase("province", async (database) => {
      const draft = await aDraft(database);
      const other = { ...draft, applicantSub: newId() };
      assert.equal(await findDossierOf(database, other), undefined);
      assert.deepEqual(await saveDraft(database, { ...other, answers: { a: 1 } }), { ok: false, reason: "not-found" });
      assert.deepEqual(await attachFile(database, { ...other, ...paper }), { ok: false, reason: "not-found" });
    });
  });

  test("keeps the same bytes once per component and forgets a removed file", async () => {
    await withDatabase("province", async (database) => {
      const draft = await aDraft(database);
      const first = done(await attachFile(database, { ...draft, ...paper }));
      const again = done(await attachFile(database, { ...draft, ...paper, name: "lan-hai.pdf" }));
      assert.equal(again.fileId, first.fileId);
      done(await removeFile(database, { ...draft, fileId: first.fileId }));
      assert.deepEqual(await listFiles(database, draft), []);
      assert.deepEqual(await removeFile(database, { ...draft, fileId: first.fileId }), {
        ok: false,
        reason: "file-not-found",
      });
    });
  });
});

describe("filing", () => {
  test("twice with one submission gives one dossier and the first answer", async () => {
    await withDatabase("province", async (database) => {
      const draft = await aDraft(database);
      const filing = {
        ...draft,
        submissionId: newSecretId(),
        answers: { x: 1, y: { b: 1, a: 2 } },
        delivery: online,
        dues: [copyDue],
      };
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => fileDossier(database, filing)));
      const filed = answers.map((answer) => done(answer));
      assert.equal(new Set(filed.map((one) => one.number)).size, 1);
      assert.equal(filed.filter((one) => !one.replayed).length, 1);
      assert.ok(filed.every((one) => one.totalDue === 16_000));
      const { dossiers } = await listDossiers(database, { tenant: "tayninh" });
      assert.equal(dossiers.length, 1);
      assert.equal(dossiers[0]?.feeState, "due");
      assert.deepEqual(await fileDossier(database, { ...filing, answers: { x: 2 } }), {
        ok: false,
        reason: "submission-reused",
      });
      assert.deepEqual(await fileDossier(database, { ...filing, submissionId: newSecretId() }), {
        ok: false,
        reason: "already-filed",
      });
    });
  });

  test("writes number, obligation, history, audit and synchronisation together", async () => {
    await withDatabase("province", async (database, place) => {
      const filed = await aFiledDossier(database, { dues: [copyDue] });
      assert.equal(filed.number, 363_816);
      await withAdmin(place, async (client) => {
        const { rows } = await client.query(
          `select
          (select total from obligation where dossier_id = $1) as total,
          (select count(*)::int from dossier_history where dossier_id = $1) as history,
          (select count(*)::int from audit where subject = 'dossier:' || $1) as audit,
          (select payload ->> 'seq' from job where queue = 'dossier-sync' and key = $1::text) as seq`,
          [filed.dossierId],
        );
        assert.deepEqual(rows[0], { total: "16000", history: 2, audit: 2, seq: "2" });
      });
    });
  });

  test("refuses when the papers are not those of the check page, and then changes nothing", async () => {
    await withDatabase("province", async (database) => {
      const draft = await aDraft(database);
      const { fileId } = done(await attachFile(database, { ...draft, ...paper }));
      const filing = { ...draft, submissionId: newSecretId(), answers: {}, delivery: online, dues: [] };
      assert.deepEqual(await fileDossier(database, { ...filing, files: [] }), { ok: false, reason: "files-changed" });
      assert.equal((await findDossier(database, draft))?.state, "draft");
      done(await fileDossier(database, { ...filing, files: [{ id: fileId, sha256: paper.sha256 }] }));
      assert.deepEqual(await attachFile(database, { ...draft, ...paper, sha256: "b".repeat(64) }), {
        ok: false,
        reason: "wrong-state",
      });
    });
  });

  test("fails as a whole when the obligation cannot be written", async () => {
    await withDatabase("province", async (database) => {
      const draft = await aDraft(database);
      const broken = { ...copyDue, kind: "gift" as "fee" };
      await assert.rejects(
        fileDossier(database, { ...draft, submissionId: newSecretId(), answers: {}, delivery: online, dues: [broken] }),
      );
      const stored = await findDossier(database, draft);
      assert.equal(stored?.state, "draft");
      assert.equal(stored?.number, null);
      assert.equal((await listHistory(database, draft)).length, 1);
    });
  });
});

describe("reception", () => {
  test("of fifty dossiers at once gives fifty codes without a gap", async () => {
    await withDatabase("province", async (database) => {
      const filed = await Promise.all(Array.from({ length: 50 }, () => aFiledDossier(database)));
      const outcomes = await Promise.all(
        filed.map((one) =>
          receiveDossier(
            database,
            { ...one, expectedVersion: one.version, actor: officerLien },
            at("2020-06-10T02:00:00Z"),
          ),
        ),
      );
      const codes = outcomes.map((outcome) => done(outcome).code).sort();
      assert.deepEqual(
        codes,
        Array.from({ length: 50 }, (_, index) => `000.20.31.H53-200610-${String(index + 1).padStart(4, "0")}`),
      );
    });
  });

  test("counts days of Viet Nam: what comes at 17:00 UTC is the next day's first", async () => {
    await withDatabase("province", async (database) => {
      const [a, b] = [await aFiledDossier(database), await aFiledDossier(database)];
      const late = done(
        await receiveDossier(
          database,
          { ...a, expectedVersion: a.version, actor: officerLien },
          at("2020-06-10T16:59:00Z"),
        ),
      );
      const next = done(
        await receiveDossier(
          database,
          { ...b, expectedVersion: b.version, actor: officerLien },
          at("2020-06-10T17:00:00Z"),
        ),
      );
      assert.deepEqual([late.code, next.code], ["000.20.31.H53-200610-0001", "000.20.31.H53-200611-0001"]);
    });
  });

  test("by two officers at once: the second gets conflict and no number is used", async () => {
    await withDatabase("province", async (database) => {
      const filed = await aFiledDossier(database);
      const input = { ...filed, expectedVersion: filed.version };
      const outcomes = await Promise.all([
        receiveDossier(database, { ...input, actor: officerLien }, at("2020-06-10T02:00:00Z")),
        receiveDossier(database, { ...input, actor: officerTri }, at("2020-06-10T02:00:00Z")),
      ]);
      assert.equal(outcomes.filter((outcome) => outcome.ok).length, 1);
      assert.deepEqual(
        outcomes.filter((outcome) => !outcome.ok),
        [{ ok: false, reason: "conflict" }],
      );
      const other = await aFiledDossier(database);
      const next = done(
        await receiveDossier(
          database,
          { ...other, expectedVersion: other.version, actor: officerLien },
          at("2020-06-10T03:00:00Z"),
        ),
      );
      assert.equal(next.code, "000.20.31.H53-200610-0002");
    });
  });

  test("is not made when the procedure gives no time limit for the way it was filed", async () => {
    await withDatabase("province", async (database) => {
      const filed = await aFiledDossier(database);
      const input = { ...filed, expectedVersion: filed.version, actor: officerLien };
      assert.deepEqual(await receiveDossier(database, input, { dueTimeOf: async () => null }), {
        ok: false,
        reason: "no-rule-for-due-time",
      });
    });
  });
});

describe("the way to the result", () => {
  test("from reception to the result in the citizen's hands, each step one entry of a whole history", async () => {
    await withDatabase("province", async (database) => {
      let stand = await received(database);
      const act = () => ({ ...stand, expectedVersion: stand.version, actor: officerTri });
      const file = { sha256: "c".repeat(64), name: "khai-sinh.pdf", size: 10, mediaType: "application/pdf" };
      stand = {
        ...stand,
        ...done(
          await forwardDossier(database, {
            ...act(),
            to: { officer: officerTri, unit: { id: "u1", name: "Tư pháp" } },
          }),
        ),
      };
      stand = { ...stand, ...done(await saveOfficerNote(database, { ...act(), note: "Đã đối chiếu" })) };
      assert.deepEqual(await signResult(database, { ...act(), file }), { ok: false, reason: "result-missing" });
      stand = { ...stand, ...done(await recordResult(database, { ...act(), resultId: newId(), file })) };
      stand = {
        ...stand,
        ...done(await signResult(database, { ...act(), file: { ...file, sha256: "d".repeat(64) } })),
      };
      assert.equal(stand.state, "result-ready");
      assert.deepEqual(await withdrawDossier(database, { ...stand, expectedVersion: stand.version }), {
        ok: false,
        reason: "wrong-state",
      });
      stand = { ...stand, ...done(await returnResult(database, act())) };
      const dossier = await findDossier(database, stand);
      assert.equal(dossier?.ending, "returned");
      assert.equal(dossier?.resultFile?.sha256, "d".repeat(64));
      assert.ok(dossier?.returnedAt);
      const history = await listHistory(database, stand);
      assert.deepEqual(
        history.map((entry) => entry.action),
        ["start", "file", "receive", "forward", "note", "record-result", "sign-result", "return-result"],
      );
      assert.equal(await findHistoryBreak(database, stand), null);
    });
  });

  test("a fee is known to the dossier once, whatever state it is in", async () => {
    await withDatabase("province", async (database) => {
      const filed = await aFiledDossier(database, { dues: [copyDue] });
      const paid = { ...filed, amount: 16_000, reference: "dvc1" };
      const both = await Promise.all([markFeePaid(database, paid), markFeePaid(database, paid)]);
      assert.deepEqual(both.map((outcome) => done(outcome).replayed).sort(), [false, true]);
      const dossier = await findDossier(database, filed);
      assert.equal(dossier?.feeState, "paid");
      assert.equal(dossier?.state, "filed");
    });
  });

  test("a decline or refusal without a real reason is refused", async () => {
    await withDatabase("province", async (database) => {
      const filed = await aFiledDossier(database);
      const input = { ...filed, expectedVersion: filed.version, actor: officerLien };
      assert.deepEqual(await declineDossier(database, { ...input, text: "ABC" }), {
        ok: false,
        reason: "reason-too-short",
      });
      done(await declineDossier(database, { ...input, text: "Nơi cư trú không thuộc thị trấn Bến Cầu" }));
      const over = await findDossier(database, filed);
      assert.equal(over?.state, "declined");
      assert.equal(over?.code, null);
      const other = await received(database);
      done(
        await refuseDossier(database, {
          ...other,
          expectedVersion: other.version,
          actor: officerLien,
          text: "Trẻ đã được đăng ký khai sinh tại xã Tiên Thuận",
        }),
      );
      assert.equal((await findDossier(database, other))?.ending, "refused");
    });
  });
});
