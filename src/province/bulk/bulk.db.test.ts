import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { zipSync } from "fflate";
import { createCaptchaDesk } from "#kit/captcha.ts";
import { systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { html } from "#kit/html.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { CAPTCHA_ANSWER, filingExample, PERSON } from "#province/dossiers/filing-example.ts";
import { type Applicant, listDossiersOf, listFiles } from "#province/dossiers/index.ts";
import type { Fees } from "#province/fees/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { Browser, PDF, where } from "#tests/support/filing-walk.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { bulkJobs, bulkRoutes } from "./index.ts";

const TENANT = "tayninh";
const CODE = "2.000635";

interface Scene {
  readonly browser: Browser;
  readonly database: Database;
  readonly place: TestDatabase;
  /** Runs everything that waits for the worker. */
  readonly work: () => Promise<void>;
}

async function withScene(play: (scene: Scene) => Promise<void>): Promise<void> {
  await withProvince(async (database, place) => {
    const folder = await mkdtemp(join(tmpdir(), "bulk-"));
    const { site } = await filingExample({ database, folder });
    const store = createDiskStore(folder);
    const secret = "0123456789abcdef0123456789abcdef";
    bulkRoutes(site, {
      database,
      store,
      clock: systemClock,
      tenant: findTenant(TENANT),
      captcha: createCaptchaDesk({ db: database, secret, demoAnswer: CAPTCHA_ANSWER }),
      fees: { database, tenant: TENANT, clock: systemClock } as unknown as Fees,
      person: (request) => request.session.get<Applicant>("person"),
      signInPath: (back) => `/dang-nhap?ve=${encodeURIComponent(back)}`,
      page: (_request, content) => html`<title>${content.title}</title><main id="main">${content.body}</main>`,
    });
    const handlers = bulkJobs({ database, store, clock: systemClock });
    const worker = createWorker({ database, handlers, log: createLog("test") });
    try {
      const browser = new Browser(site);
      await browser.get("/thu/vao");
      const work = async (): Promise<void> => {
        while ((await worker.drain()) > 0);
      };
      await play({ browser, database, place, work });
    } finally {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

const IDS = [
  "_stt",
  "yeuCauCho",
  "quanHe",
  "loaiTrichLuc",
  "noiDaDangKy",
  "nksHoTen",
  "nksNgaySinh",
  "nksGioiTinh",
  "nksDanToc",
  "nksQuocTich",
  "nksNoiCuTru.detail",
  "nksNoiCuTru.area",
  "copies",
  "file.authorisation",
];

function line(name: string, more: Readonly<Record<string, string>> = {}): string {
  const cells: Record<string, string> = {
    yeuCauCho: "Cho người khác",
    quanHe: "chaMe",
    loaiTrichLuc: "Khai sinh",
    noiDaDangKy: "UBND thị trấn Bến Cầu",
    nksHoTen: name,
    nksNgaySinh: "15/03/1990",
    nksGioiTinh: "Nữ",
    nksDanToc: "Kinh",
    nksQuocTich: "Việt Nam",
    "nksNoiCuTru.detail": "12 ấp 3",
    "nksNoiCuTru.area": "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
    copies: "2",
    ...more,
  };
  return IDS.map((id) => `"${cells[id] ?? ""}"`).join(";");
}

const SHEET = [
  IDS.join(";"),
  line("Trần Thị Bình"),
  line("Lê Văn Cường", { copies: "hai" }),
  line("Phạm Thị Dung", { quanHe: "uyQuyen", "file.authorisation": "Ủy quyền Dung.pdf" }),
].join("\r\n");

async function send(browser: Browser, sheet = SHEET): Promise<string> {
  const start = await browser.get(`/nop-nhieu/${CODE}`);
  assert.equal(start.statusCode, 200, start.body);
  const agency =
    /<option value="([^"]+)"/.exec(start.body)?.[1] ?? /name="coQuan" value="([^"]+)"/.exec(start.body)?.[1];
  const file = { field: "bang", name: "trích lục.csv", bytes: Buffer.from(sheet) };
  const sent = await browser.form(`/nop-nhieu/${CODE}`, { coQuan: agency ?? "" }, file);
  assert.match(where(sent), /^\/nop-nhieu\/lo\//, sent.body);
  return where(sent);
}

const token = (page: string): string => /name="captchaToken" value="([^"]*)"/.exec(page)?.[1] ?? "";

async function fileAll(browser: Browser, batch: string) {
  const page = await browser.get(batch);
  return browser.post(`${batch}/nop`, { captchaToken: token(page.body), captcha: CAPTCHA_ANSWER });
}

const dossiers = async (database: Database) =>
  (await listDossiersOf(database, { tenant: TENANT, applicantSub: PERSON.sub })).dossiers;

test("a sheet is sent, its errors are put right on the page, papers come in an archive, and each row becomes one dossier", () =>
  withScene(async ({ browser, database, place, work }) => {
    const batch = await send(browser);
    const page = await browser.get(batch);
    assert.match(page.body, /<strong>2<\/strong> dòng cần sửa/);
    assert.match(page.body, /M3<\/span> <strong>[^<]+:<\/strong> [^<]*hai/);
    assert.match(page.body, /Chưa nhận được tệp “Ủy quyền Dung\.pdf”/);

    const wrong = await browser.form(`${batch}/dong/2`, { copies: "0,5" });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /value="0,5"/, "nothing that was typed is lost");
    const right = await browser.form(`${batch}/dong/2`, { copies: "3" });
    assert.equal(where(right), batch, right.body);

    // Its name in the archive is written in another way than in the sheet.
    const zip = Buffer.from(
      zipSync({
        ["giấy tờ/ủy quyền dung.PDF".normalize("NFD")]: new Uint8Array(PDF),
        "__MACOSX/._x": new Uint8Array(4),
      }),
    );
    const papers = await browser.form(`${batch}/giay-to`, {}, { field: "giayTo", name: "giay to.zip", bytes: zip });
    assert.equal(where(papers), batch, papers.body);
    assert.match((await browser.get(batch)).body, /Nộp 3 hồ sơ/);

    const unsure = await browser.post(`${batch}/nop`, { captchaToken: "", captcha: "" });
    assert.equal(unsure.statusCode, 422);
    const [one, two] = await Promise.all([fileAll(browser, batch), fileAll(browser, batch)]);
    assert.deepEqual([where(one), where(two)], [batch, batch]);
    assert.match((await browser.get(batch)).body, /Đang nộp hồ sơ/);
    await work();

    const filed = await dossiers(database);
    assert.deepEqual(filed.map(({ holderName, state, feeState }) => [holderName, state, feeState]).sort(), [
      ["Lê Văn Cường", "filed", "due"],
      ["Phạm Thị Dung", "filed", "due"],
      ["Trần Thị Bình", "filed", "due"],
    ]);
    const dung = filed.find(({ holderName }) => holderName === "Phạm Thị Dung");
    const files = await listFiles(database, { tenant: TENANT, dossierId: dung?.id ?? "" });
    assert.deepEqual(
      files.map(({ component }) => component),
      ["authorisation"],
    );
    const done = await browser.get(batch);
    assert.match(done.body, /3 hồ sơ đã được nộp/);
    assert.match(done.body, /3 khoản phải nộp, tổng cộng 56\.000 đ/);
    assert.doesNotMatch(done.body, /Lê Văn Cường/, "what was typed is in the dossiers only");

    // Killed after filing and before saying so: every try again finds the same dossiers.
    await withAdmin(place, async (client) => {
      await client.query("select set_config('app.tenant', $1, false)", [TENANT]);
      await client.query("update filing_batch_row set state = 'filing', number = null");
      await client.query(
        `select job_put('bulk-file', batch_id || ':' || seq || n, jsonb_build_object('batchId', batch_id, 'seq', seq))
         from filing_batch_row, generate_series(1, 2) n`,
      );
    });
    await work();
    assert.equal((await dossiers(database)).length, 3);
    assert.match((await browser.get(batch)).body, /3 hồ sơ đã được nộp/);
  }));

test("a corrected sheet stands for what is not filed yet; another person sees nothing of it; it can be thrown away", () =>
  withScene(async ({ browser, database, place, work }) => {
    const batch = await send(browser);
    await fileAll(browser, batch);
    await work();
    assert.equal((await dossiers(database)).length, 1, "rows with errors stay");
    const back = await browser.get(`${batch}/loi.csv`);
    assert.match(back.body, /M3: /);
    assert.doesNotMatch(back.body, /Trần Thị Bình/);
    const corrected = Buffer.from(back.body.replace('"hai"', '"3"').replace(",hai,", ",3,"));
    const again = await browser.form(`${batch}/bang`, {}, { field: "bang", name: "sửa.csv", bytes: corrected });
    assert.equal(where(again), batch, again.body);
    assert.match((await browser.get(batch)).body, /Nộp 1 hồ sơ/);

    // The procedure is no longer filed: the row comes back with the reason, and no draft is left behind.
    await fileAll(browser, batch);
    await withAdmin(place, (client) =>
      client.query("update filing_batch set agency = jsonb_set(agency, '{id}', '\"none\"')"),
    );
    await work();
    assert.match((await browser.get(batch)).body, /hiện không nhận hồ sơ nộp bằng bảng tính/);
    assert.equal((await dossiers(database)).length, 1);

    await browser.get("/thu/vao?ai=b");
    for (const path of ["", "/loi.csv", "/dong/2", "/trang-thai"])
      assert.equal((await browser.get(batch + path)).statusCode, 404, path);
    await browser.get("/thu/vao");
    const gone = await browser.post(`${batch}/xoa`, {});
    assert.equal(where(gone), `/nop-nhieu/${CODE}`, gone.body);
    assert.match((await browser.get(batch)).body, /Hồ sơ số \d+/, "what is filed stays in the list");
    assert.equal((await browser.get("/nop-nhieu/1.001193")).statusCode, 404, "a procedure that takes no sheets");
    const refused = await browser.form(
      `/nop-nhieu/${CODE}`,
      { coQuan: "so-tu-phap" },
      { field: "bang", name: "a.pdf", bytes: PDF },
    );
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /Tệp không phải bảng tính/);
  }));
