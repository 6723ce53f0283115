import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { instantOf } from "#kit/calendar.ts";
import {
  buildDossierRecord,
  buildProgressRecord,
  createSyncClient,
  type DossierFacts,
  readSenderNote,
  readSyncMessage,
  type SyncRequest,
} from "./index.ts";

const facts: DossierFacts = {
  number: 321372,
  code: "000.20.31.H53-200610-0007",
  version: 5,
  link: "http://localhost:8082/ho-so/01900000-0000-7000-8000-000000000001",
  procedure: { code: "1.001193", name: "Thủ tục Đăng ký khai sinh", fieldCode: "HT", fieldName: "Hộ tịch" },
  way: "online",
  filedAtNationalPortal: false,
  holder: "Nguyễn Văn An",
  techId: "01900000-0000-7000-8000-000000000101",
  identityNumber: "072090000101",
  email: "",
  phone: "0900000101",
  summary: "Đăng ký khai sinh",
  note: "",
  status: 4,
  filedAt: instantOf("2020-06-10", 8, 1, 2),
  receivedAt: instantOf("2020-06-10", 9),
  dueAt: instantOf("2020-06-11", 17),
  finishedAt: null,
  returnedAt: null,
  refusedAt: null,
  returnedByPost: false,
  agencyName: "Ủy ban nhân dân thị trấn Bến Cầu",
  owed: 16_000,
  payableOnline: true,
  papers: [{ id: "f1", name: "chung-sinh.pdf", component: "giay-chung-sinh", link: "http://localhost:8082/tep/f1" }],
  dues: [{ code: "2.000635", name: "Bản sao trích lục", amount: 16_000, withResult: false }],
  supplements: [],
  results: [],
};

const example = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, "examples", `${name}.json`), "utf8"));

test("the built record is the example, and both keep the schema", () => {
  const record = buildDossierRecord(facts);
  assert.deepEqual((example("dong-bo-ho-so") as { data: unknown[] }).data, [record]);
  for (const name of ["dong-bo-ho-so", "cap-nhat-tien-do"]) {
    const read = readSyncMessage("request", example(name));
    assert.equal(read.ok ? "" : read.why, "");
  }
});

test("all values are strings and dates are yyyyMMddHHmmss of Viet Nam", () => {
  const record = buildDossierRecord(facts);
  assert.equal(record.NgayNopHoSo, "20200610080102");
  assert.equal(record.NgayTra, "");
  for (const [name, value] of Object.entries(record))
    assert.ok(typeof value === "string" || typeof value === "object", name);
});

test("a dossier that was not received yet goes under its number", () => {
  assert.equal(buildDossierRecord({ ...facts, code: null }).MaHoSo, "321372");
});

test("texts beyond the portal's limits are cut, so that the dossier still arrives", () => {
  const record = buildDossierRecord({ ...facts, summary: "á".repeat(3_000), note: "x".repeat(9_000) });
  assert.equal(record.TrichYeuHoSo.length, 1_000);
  assert.equal(readSyncMessage("dossier", record).ok, true);
  const step = {
    dossierCode: "1",
    by: "Nguyễn".repeat(20),
    role: "",
    at: facts.filedAt,
    unit: "",
    content: "",
    status: 4,
    dueAt: null,
  };
  assert.equal(buildProgressRecord(step).NguoiXuLy.length, 50);
});

test("a status outside the list and a half date are refused, and the reason does not repeat the value", () => {
  const record = buildDossierRecord(facts);
  const wrong = readSyncMessage("dossier", { ...record, TrangThaiHoSo: "11" });
  assert.equal(wrong.ok, false);
  assert.equal(readSyncMessage("dossier", { ...record, NgayTiepNhan: "20200610" }).ok, false);
  const read = readSyncMessage("dossier", { ...record, SoGiayToChuHoSo: "0720900001010720900001010" });
  assert.ok(!read.ok && !read.why.includes("0720"));
});

test("the sender's note is read back, another sender's remark is not mistaken for one", () => {
  assert.deepEqual(readSenderNote(buildDossierRecord(facts).ThongTinKhac), {
    phienBan: 5,
    duongDan: facts.link,
    conPhaiNop: 16_000,
  });
  for (const text of ["", "ghi chú", "null", '{"phienBan":"1"}']) assert.equal(readSenderNote(text), undefined);
});

/** A portal that knows one dossier and whose first session ends at once. */
async function withPortal(work: (url: string, seen: SyncRequest[]) => Promise<void>): Promise<void> {
  const seen: SyncRequest[] = [];
  let sessions = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const message = JSON.parse(body) as SyncRequest;
      const answer = (value: object) => response.end(JSON.stringify(value));
      if (request.url?.endsWith("/dang-nhap")) return answer({ error_code: 0, session: `s${++sessions}` });
      seen.push(message);
      if (message.session === "s1") return answer({ error_code: 2, message: "Phiên đã hết" });
      if (message.service === "DongBoHoSoMC" && message.isUpdating === "False")
        return answer({ error_code: "-3", message: "Hồ sơ đã tồn tại" });
      return answer({ error_code: "0", message: "" });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as { port: number };
    await work(`http://127.0.0.1:${port}/dong-bo`, seen);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("“đã tồn tại” is answered by sending again with isUpdating True; an ended session by signing in again", async () => {
  await withPortal(async (url, seen) => {
    const client = createSyncClient({ url, username: "tayninh", password: "x", unit: "000.00.00.H53" });
    await client.sendDossier(buildDossierRecord(facts), false);
    const ways = seen.map((message) =>
      message.service === "DongBoHoSoMC" ? `${message.session} ${message.isUpdating}` : "",
    );
    assert.deepEqual(ways, ["s1 False", "s2 False", "s2 True"]);
  });
});

test("a portal that does not answer is unavailable, so the job is tried again", async () => {
  const client = createSyncClient({ url: "http://127.0.0.1:9/dong-bo", username: "a", password: "b", unit: "c" });
  await assert.rejects(client.sendDossier(buildDossierRecord(facts), false), {
    code: "unavailable",
    reason: "unreachable",
  });
});
