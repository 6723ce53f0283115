import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { listSteps, moveInstance, publishProcess, saveProcess } from "#province/steps/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { completeStep, forwardDossier } from "./index.ts";
import {
  acting,
  aReceivedDossier,
  drawer,
  officerActor,
  publisher,
  standardProcess,
  unitsOfTayNinh,
  useProcess,
} from "./process-example.ts";

const tenant = "tayninh";

async function openSteps(database: Database, dossierId: string) {
  return (await listSteps(database.forTenant(tenant), dossierId))?.now ?? [];
}

describe("who may come to have a step", () => {
  test("a step that another agency has is not taken by giving the dossier to somebody by name", () =>
    withProvince(async (database, place) => {
      await useProcess(database, standardProcess("linked-serial"));
      const [clerk, specialist] = await Promise.all([
        officerActor(database, "one-stop"),
        officerActor(database, "specialist"),
      ]);
      const id = await aReceivedDossier(database);
      const to = { officer: { id: specialist.id, name: specialist.name } };
      assert.ok((await forwardDossier(database, { ...(await acting(database, id, clerk)), to })).ok);
      const given = async () => {
        const { expectedVersion } = await acting(database, id, clerk);
        const params = [tenant, id, expectedVersion, JSON.stringify(clerk), JSON.stringify(to.officer)];
        const { rows } = await withAdmin(place, (client) =>
          client.query("select dossier_assign($1, $2, $3, 'assign', $4, $5, null) ->> 'reason' as reason", params),
        );
        return (rows as { reason: string | null }[])[0]?.reason;
      };
      assert.equal(await given(), null, "their own unit's step goes with the dossier");
      const [own] = await openSteps(database, id);
      assert.ok(own);
      const seen = { tenant, dossierId: id, taskId: own.id, revision: own.revision, actor: specialist };
      assert.ok((await completeStep(database, { ...seen, content: "Đã thẩm định", files: [] })).ok);
      const [elsewhere] = await openSteps(database, id);
      assert.deepEqual([elsewhere?.unit.id, elsewhere?.officer], ["so-tnmt", null]);
      assert.equal(await given(), "step-not-yours");
      assert.equal((await openSteps(database, id))[0]?.officer, null);
    }));

  test("a step that another version gives to another role is nobody's", () =>
    withProvince(async (database) => {
      const processId = await useProcess(database, standardProcess("commune"));
      const db = database.forTenant(tenant);
      const id = await aReceivedDossier(database);
      const [before] = await openSteps(database, id);
      assert.deepEqual([before?.role, before?.officer === null], ["one-stop", false]);
      const xml = standardProcess("commune").replace('motcua:role="one-stop"', 'motcua:role="accountant"');
      const units = unitsOfTayNinh();
      const saved = await saveProcess(db, { processId, name: "Thử", xml, by: drawer, units });
      assert.ok(saved.ok, JSON.stringify(saved));
      const { version, revision } = saved;
      assert.ok((await publishProcess(db, { processId, version, revision, by: publisher, units })).ok);
      assert.ok((await moveInstance(db, { dossierId: id, version, by: publisher })).ok);
      const [after] = await openSteps(database, id);
      assert.deepEqual([after?.id, after?.role, after?.officer], [before?.id, "accountant", null]);
    }));
});
