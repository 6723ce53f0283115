import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { findDossier, listDossiersOf, listFiles, listHistory, withdrawDossier } from "#province/dossiers/index.ts";
import { findObligation } from "#province/fees/index.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { FATHER, type LinkedExample, linkedExample } from "./linked-example.ts";

const tenant = "tayninh";
const child = { soDinhDanh: "072226000123" };

function withExample(work: (example: LinkedExample, database: Database) => Promise<void>): Promise<void> {
  return withProvince(async (database) => {
    const example = await linkedExample(database);
    try {
      await work(example, database);
    } finally {
      await example.close();
    }
  });
}

const states = async (example: LinkedExample, whole: string) => {
  await example.drain();
  const dossier = await findDossier(example.database, { tenant, dossierId: whole });
  return [dossier?.state, ...(await example.parts(whole)).map(({ state }) => state)].join(" ");
};

describe("one filing, three dossiers", () => {
  test("as they come: the others wait for the birth, get its data and papers, and each result is given when it is there", () =>
    withExample(async (example, database) => {
      const whole = await example.file();
      assert.equal(await states(example, whole), "filed filed filed filed");
      const parts = await example.parts(whole);
      assert.equal(new Set(parts.map(({ number }) => number)).size, 3);
      assert.deepEqual(
        parts.map(({ agency, opened, hold }) => [agency.id, opened, hold]),
        [
          ["xa-25681", true, null],
          ["cong-an", false, "waits-for-part"],
          ["bhxh", false, "waits-for-part"],
        ],
      );
      // Counted once: one row of the person, one of the money, with the part that it is for.
      const { dossiers } = await listDossiersOf(database, { tenant, applicantSub: FATHER.sub });
      assert.deepEqual(
        dossiers.map(({ id }) => id),
        [whole],
      );
      const birth = await example.part(whole, "birth");
      const residence = await example.part(whole, "residence");
      const insurance = await example.part(whole, "insurance");
      assert.equal(await findObligation(database.forTenant(tenant), whole), undefined);
      assert.equal((await findObligation(database.forTenant(tenant), birth.id))?.total, 16_000);
      assert.equal((await listFiles(database, { tenant, dossierId: birth.id }))[0]?.component, "birth-proof");

      const early = (await example.receive(tenant, residence.id)) as { ok: boolean; reason?: string };
      assert.deepEqual([early.ok, early.reason], [false, "waits-for-part"]);
      const all = (await example.receive(tenant, whole)) as { ok: boolean; reason?: string };
      assert.deepEqual([all.ok, all.reason], [false, "handled-in-parts"]);

      const received = (await example.receive(tenant, birth.id)) as { ok: boolean; code?: string };
      assert.match(received.code ?? "", /^000\.20\.31\.H53-\d{6}-0001$/);
      assert.equal(await states(example, whole), "received received filed filed");
      await example.decide(tenant, birth.id, child);
      assert.equal(await states(example, whole), "processing result-ready filed filed");
      const opened = await findDossier(database, { tenant, dossierId: residence.id });
      assert.equal(opened?.linkedHold, null);
      const members = JSON.stringify(opened?.answers["thanhVien"]);
      assert.ok(members.includes("Nguyễn Minh Khôi") && members.includes(child.soDinhDanh), members);
      const proof = await listFiles(database, { tenant, dossierId: insurance.id });
      assert.deepEqual(
        proof.map(({ component, mediaType }) => [component, mediaType]),
        [["birth-certificate", "application/pdf"]],
      );
      const insured = await findDossier(database, { tenant, dossierId: insurance.id });
      assert.equal(insured?.answers["bhytSoGiayKhaiSinh"], "12/KS");

      for (const part of [residence, insurance]) {
        const code = (await example.receive(tenant, part.id)) as { code?: string };
        assert.match(code.code ?? "", part === residence ? /^000\.00\.13\.H53/ : /^000\.00\.12\.H53/);
      }
      const due = await findDossier(database, { tenant, dossierId: residence.id });
      assert.match(JSON.stringify(due?.dueExplanation?.rule), /"days":2/);
      await example.decide(tenant, residence.id);
      assert.ok((await example.giveBack(tenant, residence.id)).ok);
      const unpaid = await example.giveBack(tenant, birth.id);
      assert.deepEqual([unpaid.ok, unpaid.ok || unpaid.reason], [false, "fee-unpaid"]);
      assert.equal(await states(example, whole), "processing result-ready returned received");
    }));

  test("together: nothing is given before the last, then everything by itself; a killed worker goes on where it stood", () =>
    withExample(async (example, database) => {
      const whole = await example.file({ deliveryParts: "together", extractCopies: 0 });
      const [birth, residence, insurance] = await Promise.all(
        ["birth", "residence", "insurance"].map((code) => example.part(whole, code)),
      );
      assert.ok(birth && residence && insurance);
      await example.receive(tenant, birth.id);
      await example.decide(tenant, birth.id, child);
      const alone = await example.giveBack(tenant, birth.id);
      assert.deepEqual([alone.ok, alone.ok || alone.reason], [false, "returned-together"]);
      await example.drain();
      for (const part of [residence, insurance]) {
        await example.receive(tenant, part.id);
        await example.decide(tenant, part.id);
      }
      // Killed between two parts: one is released and given, the job was never finished; it runs again from the start.
      assert.equal(await states(example, whole), "returned returned returned returned");
      const again = example.handlers["linked"];
      assert.ok(again);
      await again({ id: 1, tenant, queue: "linked", key: whole, payload: { wholeId: whole }, attempts: 2 });
      const history = await listHistory(database, { tenant, dossierId: residence.id });
      assert.equal(history.filter(({ action }) => action === "return-result").length, 1);
      assert.equal(history.filter(({ action }) => action === "release-part").length, 1);
    }));

  test("the birth is refused: the parts that need it end with the reason; a refused residence stops nobody else", () =>
    withExample(async (example, database) => {
      const whole = await example.file({ extractCopies: 0 });
      const birth = await example.part(whole, "birth");
      await example.receive(tenant, birth.id);
      await example.refuse(tenant, birth.id, "refuse");
      assert.equal(await states(example, whole), "stopped stopped stopped stopped");
      const residence = await findDossier(database, {
        tenant,
        dossierId: (await example.part(whole, "residence")).id,
      });
      assert.match(residence?.reason ?? "", /đăng ký khai sinh” không có kết quả \(lý do: Giấy chứng sinh/);
      const other = await example.file({ deliveryParts: "together", extractCopies: 0 });
      const parts = await Promise.all(["birth", "residence", "insurance"].map((code) => example.part(other, code)));
      const [first, second, third] = parts;
      assert.ok(first && second && third);
      await example.receive(tenant, first.id);
      await example.decide(tenant, first.id, child);
      await example.drain();
      await example.receive(tenant, second.id);
      await example.refuse(tenant, second.id, "refuse");
      await example.receive(tenant, third.id);
      await example.decide(tenant, third.id);
      assert.equal(await states(example, other), "returned returned stopped returned");
    }));

  test("not taken at reception, and withdrawn by the person: every part follows", () =>
    withExample(async (example, database) => {
      const declined = await example.file({ extractCopies: 0 });
      await example.refuse(tenant, (await example.part(declined, "birth")).id, "decline");
      assert.equal(await states(example, declined), "declined declined stopped stopped");
      const whole = await example.file({ extractCopies: 0 });
      await example.receive(tenant, (await example.part(whole, "birth")).id);
      await example.drain();
      const dossier = await findDossier(database, { tenant, dossierId: whole });
      const withdrawn = await withdrawDossier(database, {
        tenant,
        dossierId: whole,
        applicantSub: FATHER.sub,
        expectedVersion: dossier?.version ?? 0,
      });
      assert.ok(withdrawn.ok);
      assert.equal(await states(example, whole), "withdrawn withdrawn withdrawn withdrawn");
      // Once a result is decided the whole stays: what is left can be withdrawn part by part.
      const late = await example.file({ extractCopies: 0 });
      const birth = await example.part(late, "birth");
      await example.receive(tenant, birth.id);
      await example.decide(tenant, birth.id, child);
      await example.drain();
      const standing = await findDossier(database, { tenant, dossierId: late });
      const input = { tenant, dossierId: late, applicantSub: FATHER.sub, expectedVersion: standing?.version ?? 0 };
      assert.deepEqual(await withdrawDossier(database, input), { ok: false, reason: "result-decided" });
    }));
});
