import assert from "node:assert/strict";
import { test } from "node:test";
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import { withDatabase } from "#tests/support/database.ts";
import { answerSupplement, saveSupplementAnswer } from "./answer-supplement.ts";
import { attachFile, removeFile } from "./change-files.ts";
import type { Outcome, SupplementItem } from "./dossier.ts";
import { aFiledDossier, officerLien } from "./dossier-examples.ts";
import { markFeePaid } from "./dossier-fees.ts";
import {
  findDossier,
  findHistoryBreak,
  findOpenSupplement,
  listFiles,
  listHistory,
  listSupplements,
} from "./dossier-view.ts";
import { requestSupplement } from "./request-supplement.ts";

function done<T>(outcome: Outcome<T>): T {
  assert.ok(outcome.ok, outcome.ok ? "" : outcome.reason);
  return outcome;
}

const items: SupplementItem[] = [
  {
    target: "field",
    ref: "child.birthDate",
    label: "Ngày sinh",
    reason: "Ngày sinh khác với giấy chứng sinh, đề nghị sửa",
  },
  {
    target: "component",
    ref: "giay-chung-sinh",
    label: "Giấy chứng sinh",
    reason: "Ảnh bị mờ ở góc dưới, đề nghị chụp lại",
  },
];
const answers = { "child.name": "Nguyễn Gia Hân", "child.birthDate": "2020-06-01" };
const paper = {
  component: "giay-chung-sinh",
  name: "chung-sinh.jpg",
  sha256: "e".repeat(64),
  size: 9,
  mediaType: "image/jpeg",
};

async function asked(database: Database) {
  const filed = await aFiledDossier(database, { answers });
  const stand = done(
    await requestSupplement(database, {
      ...filed,
      expectedVersion: filed.version,
      actor: officerLien,
      text: "",
      items,
    }),
  );
  return { ...filed, ...stand };
}

test("a request opens only the named field and paper", async () => {
  await withDatabase("province", async (database) => {
    const dossier = await asked(database);
    assert.deepEqual(await saveSupplementAnswer(database, { ...dossier, answers: { "child.name": "Khác" } }), {
      ok: false,
      reason: "not-opened",
    });
    assert.deepEqual(await attachFile(database, { ...dossier, ...paper, component: "uy-quyen" }), {
      ok: false,
      reason: "not-opened",
    });
    done(await saveSupplementAnswer(database, { ...dossier, answers: { "child.birthDate": "2020-06-02" } }));
    // typed and kept, but the dossier itself does not move before it is sent
    assert.deepEqual((await findDossier(database, dossier))?.answers, answers);
    assert.deepEqual((await findOpenSupplement(database, dossier))?.buffer, { "child.birthDate": "2020-06-02" });
  });
});

test("an answer merges, keeps what it displaced and goes back to where the dossier was", async () => {
  await withDatabase("province", async (database) => {
    const dossier = await asked(database);
    assert.deepEqual(await answerSupplement(database, { ...dossier, answers: {} }), {
      ok: false,
      reason: "incomplete-answer",
    });
    done(await attachFile(database, { ...dossier, ...paper }));
    assert.equal((await listFiles(database, dossier))[0]?.status, "pending");
    const sent = done(await answerSupplement(database, { ...dossier, answers: { "child.birthDate": "2020-06-02" } }));
    assert.equal(sent.state, "filed");
    const stored = await findDossier(database, dossier);
    assert.deepEqual(stored?.answers, { ...answers, "child.birthDate": "2020-06-02" });
    assert.equal(stored?.reason, null);
    assert.equal((await listFiles(database, dossier))[0]?.status, "active");
    const [round] = await listSupplements(database, dossier);
    assert.deepEqual(round?.displaced, { "child.birthDate": "2020-06-01" });
    const last = (await listHistory(database, dossier)).at(-1);
    assert.deepEqual(last?.detail["displaced"], { "child.birthDate": "2020-06-01" });
    assert.equal(await findHistoryBreak(database, dossier), null);
    assert.deepEqual(await answerSupplement(database, { ...dossier, answers: {} }), {
      ok: false,
      reason: "wrong-state",
    });
  });
});

test("a paper of the filed dossier leaves it only with the answer, and can be taken back before", async () => {
  await withDatabase("province", async (database) => {
    const dossier = await asked(database);
    const first = done(await attachFile(database, { ...dossier, ...paper }));
    done(await answerSupplement(database, { ...dossier, answers: { "child.birthDate": "2020-06-02" } }));
    const now = await findDossier(database, dossier);
    done(
      await requestSupplement(database, {
        ...dossier,
        expectedVersion: now?.version ?? 0,
        actor: officerLien,
        text: "",
        items: items.slice(1),
      }),
    );
    done(await removeFile(database, { ...dossier, fileId: first.fileId }));
    assert.equal((await listFiles(database, dossier))[0]?.status, "dropping");
    assert.deepEqual(await answerSupplement(database, { ...dossier, answers: {} }), {
      ok: false,
      reason: "incomplete-answer",
    });
    // the same picture again is no answer: it only takes the removal back
    done(await attachFile(database, { ...dossier, ...paper }));
    assert.equal((await listFiles(database, dossier))[0]?.status, "active");
    assert.deepEqual(await answerSupplement(database, { ...dossier, answers: {} }), {
      ok: false,
      reason: "incomplete-answer",
    });
    done(await removeFile(database, { ...dossier, fileId: first.fileId }));
    done(await attachFile(database, { ...dossier, ...paper, sha256: "f".repeat(64) }));
    assert.equal(done(await answerSupplement(database, { ...dossier, answers: {} })).round, 2);
    assert.deepEqual(
      (await listFiles(database, dossier)).map((file) => [file.sha256[0], file.status]),
      [["f", "active"]],
    );
  });
});

test("a question that the new answers hide loses its answer, and the history keeps it", async () => {
  await withDatabase("province", async (database) => {
    const filed = await aFiledDossier(database, { answers: { kind: "a", more: "x" } });
    const item: SupplementItem = {
      target: "field",
      ref: "kind",
      label: "Loại",
      reason: "Chọn sai loại khai sinh, đề nghị sửa",
    };
    done(
      await requestSupplement(database, {
        ...filed,
        expectedVersion: filed.version,
        actor: officerLien,
        text: "",
        items: [item],
      }),
    );
    done(await answerSupplement(database, { ...filed, answers: { kind: "b" }, consequences: { more: null } }));
    assert.deepEqual((await findDossier(database, filed))?.answers, { kind: "b" });
    assert.deepEqual((await listSupplements(database, filed))[0]?.displaced, { kind: "a", more: "x" });
  });
});

test("a reason that explains nothing is refused and nothing changes", async () => {
  await withDatabase("province", async (database) => {
    const filed = await aFiledDossier(database, { answers });
    const input = { ...filed, expectedVersion: filed.version, actor: officerLien };
    assert.deepEqual(await requestSupplement(database, { ...input, text: "ABC", items }), {
      ok: false,
      reason: "reason-too-short",
    });
    assert.deepEqual(
      await requestSupplement(database, {
        ...input,
        text: "",
        items: items.map((item) => ({ ...item, reason: "KHÔNG HỢP LỆ" })),
      }),
      { ok: false, reason: "reason-too-short" },
    );
    assert.deepEqual(
      await requestSupplement(database, { ...input, text: "Đề nghị chụp lại giấy chứng sinh", items: [] }),
      { ok: false, reason: "nothing-asked" },
    );
    assert.equal((await findDossier(database, filed))?.state, "filed");
    done(
      await requestSupplement(database, {
        ...input,
        text: "Đề nghị chụp lại giấy chứng sinh cho rõ",
        items: items.map((item) => ({ ...item, reason: "" })),
      }),
    );
  });
});

test("money that comes during a supplement does not lose the way back", async () => {
  await withDatabase("province", async (database) => {
    const dossier = await asked(database);
    done(await markFeePaid(database, { ...dossier, amount: 1, reference: "r" }));
    const stored = await findDossier(database, dossier);
    assert.equal(stored?.state, "supplement-requested");
    assert.equal(stored?.resumeState, "filed");
  });
});

test("another person cannot answer", async () => {
  await withDatabase("province", async (database) => {
    const dossier = await asked(database);
    assert.deepEqual(await answerSupplement(database, { ...dossier, applicantSub: newId(), answers: {} }), {
      ok: false,
      reason: "not-found",
    });
  });
});
