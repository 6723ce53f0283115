import assert from "node:assert/strict";
import { test } from "node:test";
import { findDossier } from "#province/dossiers/index.ts";
import { aReceivedDossier, standardProcess, useProcess } from "#province/dossiers/process-example.ts";
import { listSteps } from "#province/steps/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { type DeskExample, deskExample } from "./desk-example.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";

async function at(desk: DeskExample, username: string) {
  const cookie = await desk.signIn(username);
  const get = (url: string) => desk.site.inject({ url, headers: { cookie } });
  const post = (url: string, values: Record<string, string>) =>
    desk.site.inject({
      method: "POST",
      url,
      headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams(values).toString(),
    });
  const send = async (url: string, values: Record<string, string>, file?: { name: string; bytes: Buffer }) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.append(name, value);
    if (file) form.append("files", new Blob([Uint8Array.from(file.bytes)]), file.name);
    const request = new Request("http://x/", { method: "POST", body: form });
    const payload = Buffer.from(await request.arrayBuffer());
    const type = request.headers.get("content-type") ?? "";
    return desk.site.inject({ method: "POST", url, headers: { cookie, origin, "content-type": type }, payload });
  };
  return { get, post, send };
}

/** One grey pixel: enough of a picture for the store. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

test("the desk's page shows the procedure, offers exactly what the step allows, and loses nothing that was typed", () =>
  withProvince(async (database, place) => {
    await useProcess(database, standardProcess("department-opinion"));
    const desk = await deskExample(database);
    const id = await aReceivedDossier(database);
    const clerk = await at(desk, "tiepnhan.tayninh");
    const first = (await clerk.get(`/ho-so/${id}`)).body;
    assert.match(first, /Quy trình nội bộ/);
    assert.match(first, /<process-picture/);
    assert.match(first, /Bước này xong khi bấm “Chuyển thụ lý”/);
    const specialist = await at(desk, "chuyenvien.tayninh");
    assert.doesNotMatch((await specialist.get(`/ho-so/${id}`)).body, /value="forward"|value="record-result"/);

    const version = String((await findDossier(database, { tenant, dossierId: id }))?.version);
    const to = /<option value="([^"]+)"[^>]*>Huỳnh Minh Trí/.exec((await clerk.get(`/ho-so/${id}/chuyen-thu-ly`)).body);
    assert.equal((await clerk.post(`/ho-so/${id}/chuyen-thu-ly`, { version, to: to?.[1] ?? "" })).statusCode, 303);
    assert.match((await specialist.get("/buoc")).body, new RegExp(`/ho-so/${id}#steps-title`));

    const db = database.forTenant(tenant);
    const steps = await listSteps(db, id);
    const [study] = steps?.now ?? [];
    assert.ok(study);
    const page = `/ho-so/${id}/buoc/${study.id}`;
    // Nobody's key signs before the step for it: the signature would stay, whoever should have given it.
    const leader = await at(desk, "lanhdao.tayninh");
    const entered = (result: string | null) =>
      withAdmin(place, (client) => client.query("update dossier set result_id = $2 where id = $1", [id, result]));
    await entered(study.id);
    const now = String((await findDossier(database, { tenant, dossierId: id }))?.version);
    const early = await leader.post(`/ho-so/${id}/ky-ket-qua`, { version: now });
    assert.equal(early.statusCode, 409);
    assert.ok(early.body.includes("đang giao cho người khác hoặc vai trò khác"));
    await entered(null);
    assert.equal((await specialist.get(page)).statusCode, 200);
    // Somebody else changed the step: the form comes back with the words and the paper.
    const wrong = await specialist.send(
      page,
      { revision: String(study.revision + 7), content: "Đã xem xét đủ thành phần." },
      { name: "bien-ban.png", bytes: png },
    );
    assert.equal(wrong.statusCode, 409);
    assert.match(wrong.body, /vừa được người khác thay đổi/);
    assert.match(wrong.body, /Đã xem xét đủ thành phần\./);
    const kept = /name="kept" value="([^"]+)"/.exec(wrong.body)?.[1] ?? "";
    assert.match(wrong.body, /bien-ban\.png/);
    const values = { revision: String(study.revision), content: "Đã xem xét đủ thành phần.", kept };
    assert.equal((await specialist.send(page, values)).statusCode, 303);
    const done = (await specialist.get(`/ho-so/${id}`)).body;
    const file = /\/ho-so\/[^"]+\/buoc\/tep\/[^"]+/.exec(done)?.[0] ?? "";
    assert.equal((await specialist.get(file)).headers["content-type"], "image/png");
    // The same form again: the step has moved, and nothing is written twice.
    assert.notEqual((await specialist.send(page, values)).statusCode, 200);

    // An officer of the other agency sees the dossier for the opinion alone.
    const [opinion] = (await listSteps(db, id))?.now ?? [];
    assert.equal(opinion?.unit.id, "so-xay-dung");
    const move = "update officer set agency_id = $1 where username = 'chuyenvien.tayninh'";
    await withAdmin(place, (client) => client.query(move, ["so-tu-phap"]));
    assert.equal((await specialist.get(`/ho-so/${id}`)).statusCode, 404);
    await withAdmin(place, (client) => client.query(move, ["so-xay-dung"]));
    const seen = await specialist.get(`/ho-so/${id}`);
    assert.equal(seen.statusCode, 200);
    assert.doesNotMatch(seen.body, /formaction="\/ho-so\/[^"]+\/mo"/);
    assert.equal((await specialist.post(`/ho-so/${id}/luu`, { version: "1", note: "x" })).statusCode, 404);
    const asked = `/ho-so/${id}/buoc/${opinion?.id}`;
    const taken = await specialist.post(`${asked}/nhan`, { buoc: String(opinion?.revision) });
    assert.equal(taken.statusCode, 303);
    const silent = await specialist.send(asked, { revision: "2", content: "" });
    assert.match(silent.body, /Hãy ghi nội dung xử lý/);
    const given = await specialist.send(asked, { revision: "2", content: "Thống nhất." });
    assert.equal(given.statusCode, 303, given.body.slice(0, 300));
    const after = await listSteps(db, id);
    assert.equal(after?.done.find(({ node }) => node === "opinion")?.content, "Thống nhất.");
    assert.equal((await specialist.get(`/ho-so/${id}?lang=en`)).statusCode, 200);
  }));
