import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { randomToken, sha256 } from "#kit/crypto.ts";
import type { Database } from "#kit/db.ts";
import { addSession } from "#kit/http/session-store.ts";
import { newId } from "#kit/ids.ts";
import { listFiles, listHistory } from "#province/dossiers/index.ts";
import { dossierFor, openDeskFile } from "#province/handling/index.ts";
import { aDossierAtTheDesk, deskExample, samplePdf } from "#province/handling/desk-example.ts";
import { reminderJobs, reminderRoutes } from "#province/reminders/index.ts";
import { type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { opinionJobs, opinionRoutes } from "./index.ts";
import { decideOpinion, opinionDiagram } from "./opinion-lifecycle.ts";
import { listOpinions } from "./opinion-view.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";
const NOW = "2026-11-20T02:00:00Z";

test("docs/lifecycles/opinion.mmd is the table as it is, and only the parties of the table act", () => {
  const file = new URL("../../../docs/lifecycles/opinion.mmd", import.meta.url);
  assert.equal(readFileSync(file, "utf8"), opinionDiagram());
  assert.deepEqual(decideOpinion("asked", "answer", "asked"), { ok: true, to: "answered" });
  assert.deepEqual(decideOpinion("answered", "answer", "asked"), { ok: false, reason: "conflict" });
  assert.deepEqual(decideOpinion("asked", "take-back", "asked"), { ok: false, reason: "not-found" });
});

/** Another unit's officers, and a signed-in session for any officer by name. */
async function people(database: Database, place: TestDatabase) {
  await withAdmin(place, async (client) => {
    await client.query("select set_config('app.tenant', $1, false)", [tenant]);
    for (const [name, role] of [
      ["so.truong", "leader"],
      ["so.chuyenvien", "specialist"],
      ["so.ketoan", "accountant"],
    ])
      await client.query(
        `insert into officer (id, username, name, role, unit, agency_id, password_hash, totp_sealed, email)
         values ($1, $2, $3, $4, 'Phòng Tư pháp', 'xa-25684', 'x', 'x', $5)`,
        [newId(), name, `Người ${name}`, role, `${name}@example.vn`],
      );
    await client.query(
      `update officer set email = username || '@example.vn' where username in ('chuyenvien.tayninh', 'lanhdao.tayninh')`,
    );
  });
  const idOf = async (username: string): Promise<string> =>
    withAdmin(place, async (client) => {
      const { rows } = await client.query<{ id: string }>("select id from officer where username = $1", [username]);
      return rows[0]?.id ?? "";
    });
  return {
    idOf,
    cookieOf: async (username: string): Promise<string> => {
      const token = randomToken();
      const session = JSON.stringify({ officer: await idOf(username) });
      await database.run(addSession, [sha256(token), "tayninh-desk", session, 1_800, null]);
      return `test_desk=${token}`;
    },
  };
}

function multipart(fields: readonly (readonly [string, string])[], file?: { name: string; bytes: Uint8Array }) {
  const boundary = "----motcua-test";
  const parts = fields.map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  if (file)
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="${file.name}"\r\ncontent-type: application/pdf\r\n\r\n`,
      ),
      Buffer.from(file.bytes),
      Buffer.from("\r\n"),
    );
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { payload: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}

async function scene(database: Database, place: TestDatabase) {
  const clock = { now: () => new Date(NOW) };
  const desk = await deskExample(database, { clock });
  const { handling } = desk;
  opinionRoutes(desk.site, {
    ...handling,
    clock,
    secret: handling.dataKey,
    dossierOf: (officer, id) => dossierFor(handling, officer, id),
    openFile: (officer, reply, file, about) => openDeskFile(handling, officer, reply, file, about),
  });
  reminderRoutes(desk.site, handling);
  const { id } = await aDossierAtTheDesk(database, desk.files);
  await withAdmin(place, (client) =>
    client.query(
      `update dossier set state = 'processing', code = '000.20.31.H53-261120-0001', received_at = '2026-11-20T01:00Z',
         due_at = '2026-12-10T10:00Z' where id = $1`,
      [id],
    ),
  );
  const get = (url: string, cookie: string) => desk.site.inject({ url, headers: { cookie } });
  const post = (
    url: string,
    cookie: string,
    fields: readonly (readonly [string, string])[],
    file?: { name: string; bytes: Uint8Array },
  ) => {
    const { payload, type } = multipart(fields, file);
    return desk.site.inject({ method: "POST", url, payload, headers: { cookie, origin, "content-type": type } });
  };
  return { ...desk, id, get, post };
}

const question = (more: readonly (readonly [string, string])[]) =>
  [
    ["to", "don-vi:xa-25684"],
    ["question", "Giấy chứng sinh này có do trạm y tế xã cấp không?"],
    ["days", "2"],
    ...more,
  ] as const;

test("another unit is asked, sees the question and the papers shown and nothing else, answers once, and everybody concerned is told", () =>
  withProvince(async (database, place) => {
    const { idOf, cookieOf } = await people(database, place);
    const { id, get, post } = await scene(database, place);
    const db = database.forTenant(tenant);
    const [asker, asked, colleague, accountant] = await Promise.all(
      ["chuyenvien.tayninh", "so.chuyenvien", "so.truong", "so.ketoan"].map(cookieOf),
    );
    assert.ok(asker && asked && colleague && accountant);
    const [shown, hidden] = await listFiles(database, { tenant, dossierId: id });
    assert.ok(shown && hidden);

    const empty = await post(`/ho-so/${id}/y-kien`, asker, [["days", "x"]]);
    assert.equal(empty.statusCode, 422);
    assert.match(empty.body, /Chọn đơn vị hoặc cán bộ cần hỏi/);
    const late = await post(
      `/ho-so/${id}/y-kien`,
      asker,
      question([["days", "30"]]).filter(([k, v]) => k !== "days" || v === "30"),
    );
    assert.match(late.body, /sau ngày hẹn trả hồ sơ/);
    assert.match(late.body, /trạm y tế xã cấp không/, "what was typed is still there");
    const offered = async (dueAt: string) => {
      await withAdmin(place, (client) => client.query("update dossier set due_at = $2 where id = $1", [id, dueAt]));
      const { body } = await get(`/ho-so/${id}/y-kien`, asker);
      return [/name="days"[^>]*? value="(\d+)"/.exec(body)?.[1], /value="(days|hours)"[^>]* checked/.exec(body)?.[1]];
    };
    assert.deepEqual(
      await offered("2026-11-20T10:00Z"),
      ["4", "hours"],
      "due today: an answer in days would be too late",
    );
    assert.deepEqual(await offered("2026-12-10T10:00Z"), ["5", "days"]);
    const opinionId = newId();
    for (let twice = 0; twice < 2; twice += 1) {
      const sent = await post(
        `/ho-so/${id}/y-kien`,
        asker,
        question([
          ["id", opinionId],
          ["papers", shown.id],
        ]),
      );
      assert.equal(sent.statusCode, 303);
    }
    const [opinion, ...more] = await listOpinions(db, id);
    assert.equal(more.length, 0, "the same form sent twice is one question");
    assert.equal(opinion?.dueAt.toISOString(), "2026-11-25T10:00:00.000Z", "over the weekend and Culture Day");
    assert.ok((opinion?.dueExplanation.lines.length ?? 0) >= 3);

    assert.equal((await get(`/ho-so/${id}`, asked)).statusCode, 404, "the dossier itself stays shut");
    const page = await get(`/y-kien/${opinionId}`, asked);
    assert.match(page.body, /trạm y tế xã cấp không/);
    assert.equal((await get(`/y-kien/${opinionId}/tep/${shown.id}`, asked)).statusCode, 200);
    assert.equal((await get(`/y-kien/${opinionId}/tep/${hidden.id}`, asked)).statusCode, 404);
    assert.equal((await get(`/y-kien/${opinionId}`, accountant)).statusCode, 404);
    assert.doesNotMatch((await get("/y-kien", accountant)).body, /000\.20\.31\.H53-261120-0001/);
    assert.match((await get("/y-kien", asked)).body, /000\.20\.31\.H53-261120-0001/);
    assert.match((await get("/nhac-viec", asked)).body, /lấy ý kiến, trả lời trước 25\/11\/2026/);

    const silent = await post(`/y-kien/${opinionId}`, asked, [["verdict", "disagree"]]);
    assert.equal(silent.statusCode, 422);
    const answer = [
      ["verdict", "agree"],
      ["answer", "Đúng, trạm y tế cấp ngày 20/02/2026, số 12."],
    ] as const;
    const bytes = await samplePdf("Xác nhận của trạm y tế");
    const given = await post(`/y-kien/${opinionId}`, asked, answer, { name: "xac-nhan.pdf", bytes });
    assert.equal(given.statusCode, 303, given.body.slice(0, 200));
    const second = await post(`/y-kien/${opinionId}`, colleague, answer);
    assert.equal(second.statusCode, 409);
    assert.match(second.body, /vừa được trả lời[\s\S]*số 12/);
    const seen = await get(`/ho-so/${id}/y-kien`, asker);
    assert.match(seen.body, /Đúng, trạm y tế cấp[\s\S]*xac-nhan\.pdf/);
    assert.match((await get(`/ho-so/${id}`, asker)).body, /Đồng ý/);
    const back = await post(`/ho-so/${id}/y-kien/${opinionId}/thoi`, asker, []);
    assert.equal(back.statusCode, 409, "what was answered is not taken back");

    const sentMails: string[] = [];
    const mail = reminderJobs({
      database,
      deskOrigin: () => origin,
      send: async (job) => void sentMails.push((job.payload as { to: string }).to),
    })["reminder-mail"];
    const job = { id: 1, tenant, queue: "reminder-mail", key: "", attempts: 1 };
    for (const name of ["so.chuyenvien", "chuyenvien.tayninh", "chuyenvien.tayninh"])
      await mail({ ...job, payload: { officerId: await idOf(name) } });
    assert.deepEqual(
      sentMails,
      ["so.chuyenvien@example.vn", "chuyenvien.tayninh@example.vn"],
      "each thing is mailed once",
    );
    const actions = (await listHistory(database, { tenant, dossierId: id })).map(({ action }) => action);
    assert.deepEqual(actions.slice(-2), ["ask-opinion", "give-opinion"]);
  }));

test("an opinion that is late is written down once and told to who asked, who was asked and the heads of both; one taken back never is", () =>
  withProvince(async (database, place) => {
    const { cookieOf, idOf } = await people(database, place);
    const { id, get, post } = await scene(database, place);
    const asker = await cookieOf("chuyenvien.tayninh");
    const [first, second] = [newId(), newId()];
    const [paper] = await listFiles(database, { tenant, dossierId: id });
    const toOne = question([]).filter(([name]) => name !== "to");
    await post(`/ho-so/${id}/y-kien`, asker, question([["id", first]]));
    await post(`/ho-so/${id}/y-kien`, asker, [
      ...toOne,
      ["to", `can-bo:${await idOf("so.chuyenvien")}`],
      ["id", second],
      ["papers", paper?.id ?? ""],
    ]);
    const showing = async () =>
      (await get(`/y-kien/${second}/tep/${paper?.id}`, await cookieOf("so.chuyenvien"))).statusCode;
    assert.equal(await showing(), 200);
    const boss = await cookieOf("so.truong");
    assert.equal((await get(`/y-kien/${second}`, boss)).statusCode, 404, "a named officer answers alone");
    assert.equal((await post(`/ho-so/${id}/y-kien/${second}/thoi`, asker, [])).statusCode, 303);
    assert.equal(await showing(), 404, "what is not asked any more shows nothing");
    await withAdmin(place, (client) =>
      client.query("update opinion set due_at = now() - interval '1 minute' where dossier_id = $1", [id]),
    );
    const due = opinionJobs(database)["opinion-due"];
    const job = { id: 1, tenant, queue: "opinion-due", key: "", attempts: 1 };
    for (const opinionId of [first, second, first]) await due({ ...job, payload: { opinionId } });
    const actions = (await listHistory(database, { tenant, dossierId: id })).map(({ action }) => action);
    assert.equal(actions.filter((action) => action === "opinion-overdue").length, 1);
    for (const name of ["chuyenvien.tayninh", "so.truong", "so.chuyenvien", "lanhdao.tayninh"])
      assert.match((await get("/nhac-viec", await cookieOf(name))).body, /chưa trả lời ý kiến/, name);
  }));
