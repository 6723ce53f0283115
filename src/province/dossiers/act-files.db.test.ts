import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createDiskStore } from "#kit/files.ts";
import { newId } from "#kit/ids.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { accountExample } from "./account-example.ts";
import { actFilesOf } from "./act-files.ts";
import type { Outcome } from "./dossier.ts";
import { aFiledDossier, citizen, officerLien, officerTri, tomorrow } from "./dossier-examples.ts";
import { listHistory } from "./dossier-view.ts";
import { refuseDossier } from "./end-dossier.ts";
import { forwardDossier } from "./forward-dossier.ts";
import { receiveDossier } from "./receive-dossier.ts";
import { noteLooseFile } from "./upload-store.ts";

function did<T>(outcome: Outcome<T>): T {
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome as T;
}

test("documents of a refusal are the applicant's to read, those of handing on are the offices' own, and their bytes stay", async () => {
  const folder = await mkdtemp(join(tmpdir(), "motcua-act-files-"));
  const store = createDiskStore(folder);
  await withProvince(async (database, place) => {
    const [me, somebody] = [citizen(), citizen()];
    const site = await accountExample({ database, folder, people: [me, somebody] });
    const document = async (words: string) => {
      const { sha256, size } = await store.put(Buffer.from(words), { maxBytes: 1_000 });
      await noteLooseFile(database, "tayninh", sha256);
      return { id: newId(), name: `${words}.pdf`, sha256, size, mediaType: "application/pdf" };
    };
    const filed = await aFiledDossier(database, { person: me });
    const key = { tenant: filed.tenant, dossierId: filed.dossierId, applicantSub: me.sub };
    const act = (expectedVersion: number) => ({ ...key, expectedVersion, actor: officerLien });
    const received = did(await receiveDossier(database, act(filed.version), { dueTimeOf: tomorrow }));
    const inside = await document("Báo cáo xác minh");
    const to = { officer: { id: officerTri.id, name: officerTri.name } };
    const handed = did(await forwardDossier(database, { ...act(received.version), to, files: [inside] }));
    const told = await document("Văn bản trả lời");
    const text = "Trẻ đã được đăng ký khai sinh tại phường 1 ngày 02/03/2024.";
    did(await refuseDossier(database, { ...act(handed.version), text, files: [told] }));

    const history = await listHistory(database, key);
    assert.deepEqual(
      history.flatMap((entry) => actFilesOf(entry, "officer")),
      [inside, told],
    );
    const kept = await withAdmin(place, (client) =>
      client.query(
        "select (select count(*)::int from loose_file) as loose, (select count(*)::int from history_file) as kept",
      ),
    );
    assert.deepEqual(kept.rows, [{ loose: 0, kept: 2 }]);

    const get = async (sub: string, url: string) => {
      const entered = await site.inject({ url: `/thu/vao?ai=${sub}` });
      const cookie = String([entered.headers["set-cookie"] ?? []].flat()[0]).split(";")[0] ?? "";
      return site.inject({ url, headers: { cookie, accept: "text/html" } });
    };
    const page = (await get(me.sub, `/ho-so/${key.dossierId}`)).body;
    assert.match(page, /Văn bản trả lời\.pdf/);
    assert.doesNotMatch(page, /Báo cáo xác minh/);
    const address = (id: string) => `/ho-so/${key.dossierId}/van-ban/${id}`;
    assert.equal((await get(me.sub, address(told.id))).body, "Văn bản trả lời");
    assert.equal((await get(me.sub, address(inside.id))).statusCode, 404);
    assert.equal((await get(somebody.sub, address(told.id))).statusCode, 404);
    await site.close();
  });
  await rm(folder, { recursive: true });
});
