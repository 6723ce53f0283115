/** Letters, ratings, look-ups and live pages on the real portal and desk, with who may and who may not. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Database, openDatabase } from "#kit/db.ts";
import { cloneDatabase, type TestDatabase, withAdmin } from "../support/database.ts";
import { furnishedProvince } from "../support/furnished-province.ts";
import type { Answer, Visitor } from "../support/visitor.ts";
import { CANARY, openPlace, type Place } from "./place.ts";

let clone: TestDatabase;
let province: Database;
let place: Place;

before(async () => {
  clone = await cloneDatabase("province", furnishedProvince());
  province = openDatabase({ url: clone.appUrl, role: "test", max: 8 });
  place = await openPlace(province, clone);
});

after(async () => {
  await place?.close();
  await province?.close();
  await clone?.drop();
});

const owner = () => place.visitor("portal", { kind: "citizen", of: "owner" });
const officer = (role: "specialist" | "accountant" | "leader" | "one-stop") =>
  place.visitor("desk", { kind: "officer", role, of: "unit" });

async function write(visitor: Visitor, url: string, body: string, file?: { name: string; bytes: string }) {
  const form = new FormData();
  form.append("body", body);
  if (file) form.append("files", new Blob([file.bytes]), file.name);
  const request = new Request("http://localhost/", { method: "POST", body: form });
  const bytes = Buffer.from(await request.arrayBuffer()).toString("latin1");
  return visitor.postBody(url, bytes, request.headers.get("content-type") ?? "");
}

test("the officer and the applicant write to each other; nobody else reads it, nothing typed is lost, a closed dossier takes no more", async () => {
  const { filed, returned } = place.things;
  const thread = `/ho-so/${filed}/trao-doi`;
  const citizen = await owner();
  const specialist = await officer("specialist");
  assert.equal((await write(specialist, thread, "Ban mang theo giay chung sinh.")).status, 303);
  assert.match((await citizen.get(`/ho-so/${filed}`)).body, /1 tin chưa đọc/);
  assert.match((await citizen.get(thread)).body, /Ban mang theo giay chung sinh\./);
  assert.match((await specialist.get(thread)).body, /Đã xem/);

  const refused = await write(citizen, thread, "Toi gui kem anh.", { name: "a.exe", bytes: "MZ not a picture" });
  assert.equal(refused.status, 422);
  assert.match(refused.body, /Toi gui kem anh\.<\/textarea>/);
  const letter = await write(citizen, thread, "Da gui.", { name: "b.pdf", bytes: PDF });
  assert.equal(letter.status, 303, letter.body);
  const file = /\/trao-doi\/([0-9a-f-]{36})/.exec((await citizen.get(thread)).body)?.[1] ?? "";
  assert.equal((await citizen.get(`${thread}/${file}`)).status, 200);
  assert.equal((await specialist.get(`${thread}/${file}`)).status, 200);
  const other = await place.visitor("portal", { kind: "citizen", of: "other" });
  assert.equal((await other.get(`${thread}/${file}`)).status, 404);
  assert.equal((await other.get(thread)).status, 404);

  assert.equal((await write(await officer("accountant"), thread, "x")).status, 403);
  const closed = await write(citizen, `/ho-so/${returned}/trao-doi`, "Con cau hoi.");
  assert.equal(closed.status, 422);
  assert.match(closed.body, /Hồ sơ đã kết thúc/);
  const { rows } = await withAdmin(clone, (client) =>
    client.query<{ count: number }>(
      "select count(*)::int as count from job where queue = 'citizen-notice' and payload ->> 'source' like 'letter:%'",
    ),
  );
  assert.equal(rows[0]?.count, 1, "the officer's letter is told, the applicant's own is not");
});

test("a dossier is rated once, after its result, by its applicant; a comment is public when a leader has read it", async () => {
  const { filed, returned } = place.things;
  const citizen = await owner();
  const form = `/ho-so/${returned}/danh-gia`;
  assert.equal((await citizen.post(`/ho-so/${filed}/danh-gia`, { score: "1" })).status, 303);
  assert.equal((await citizen.get(`/ho-so/${filed}/danh-gia`)).location, `/ho-so/${filed}`, "not before its result");
  const missing = await citizen.post(form, { score: "", comment: "Nhanh <b>gọn" });
  assert.equal(missing.status, 422);
  assert.match(missing.body, /Nhanh &lt;b&gt;gọn<\/textarea>/);
  await citizen.post(form, { score: "5", comment: "Nhanh <b>gọn" });
  await citizen.post(form, { score: "1", comment: "Lời khác" });
  assert.match((await citizen.get(`/ho-so/${returned}`)).body, /Rất hài lòng/);
  const anybody = await place.visitor("portal", { kind: "nobody" });
  const before = (await anybody.get("/danh-gia")).body;
  assert.match(before, /5,0/);
  assert.doesNotMatch(before, /Nhanh|Lời khác/);
  const leader = await officer("leader");
  assert.match((await leader.get("/danh-gia")).body, /Nhanh &lt;b&gt;gọn/);
  assert.equal((await (await officer("one-stop")).post(`/danh-gia/${returned}`, { viec: "dang" })).status, 403);
  await leader.post(`/danh-gia/${returned}`, { viec: "dang" });
  const shown = (await anybody.get("/danh-gia")).body;
  assert.match(shown, /Nhanh &lt;b&gt;gọn/);
  assert.doesNotMatch(shown, new RegExp(`Lời khác|${CANARY}`));
});

test("without signing in a code tells finished or not, with the paper number more, and guessing meets a security code", async () => {
  const anybody = await place.visitor("portal", { kind: "nobody" });
  const code = "000.20.31.H53-260302-0001";
  const short = (await anybody.get(`/tra-cuu?ma=${code}`)).body;
  assert.match(short, /Hồ sơ đã giải quyết xong/);
  assert.doesNotMatch(short, new RegExp(`${CANARY}|Đã trả kết quả|/ho-so/`));
  const more = await anybody.post("/tra-cuu", { ma: code, "giay-to": "0101" });
  assert.match(more.body, /Đã trả kết quả/);
  assert.doesNotMatch(more.body, new RegExp(`${CANARY}|072090000101`));
  const miss = (paper: string): Promise<Answer> => anybody.post("/tra-cuu", { ma: code, "giay-to": paper });
  for (const paper of ["0102", "0103", "0104"]) assert.match((await miss(paper)).body, /không khớp nhau/);
  assert.match((await miss("0101")).body, /Nhập mã xác thực/, "the right one too, now");
  const passed = await anybody.post("/tra-cuu", { ma: code, "giay-to": "0101", captcha: "000000", captchaToken: "x" });
  assert.equal(passed.status, 422);
});

test("an open page of a dossier hears of a change at once, its owner's alone, and few at a time", async () => {
  const { filed } = place.things;
  await place.portal.listen({ host: "127.0.0.1", port: 0 });
  const address = place.portal.listeningOrigin;
  const citizen = await owner();
  const stop = new AbortController();
  const open = (cookie: string) =>
    fetch(`${address}/ho-so/${filed}/su-kien`, {
      headers: { accept: "text/event-stream", cookie },
      redirect: "manual",
      signal: stop.signal,
    });
  const cookie = [...citizen.cookies].map(([name, { value }]) => `${name}=${value}`).join("; ");
  const stream = await open(cookie);
  assert.equal(stream.headers.get("content-type"), "text/event-stream; charset=utf-8");
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert.match((await reader?.read())?.value ?? "", /^retry: \d+\ndata: \d+\n\n$/);
  await withAdmin(clone, (client) => client.query("select pg_notify('dossier', $1)", [filed]));
  assert.equal((await reader?.read())?.value, "data: changed\n\n");
  assert.equal((await open("")).status, 303);
  const more = await Promise.all([open(cookie), open(cookie), open(cookie), open(cookie)]);
  assert.deepEqual(more.map(({ status }) => status).sort(), [200, 200, 200, 429]);
  stop.abort();
});

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000053 00000 n 
0000000104 00000 n 
trailer<</Size 4/Root 1 0 R>>
startxref
167
%%EOF`;
