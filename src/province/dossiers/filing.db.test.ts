import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { FastifyInstance } from "fastify";
import { seedCatalogue } from "#province/catalogue/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import type { Database } from "#kit/db.ts";
import { findDossier, listDossiersOf, listFiles } from "./dossier-view.ts";
import { CAPTCHA_ANSWER, filingExample, PERSON } from "./filing-example.ts";

const PDF = Buffer.from(
  "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>\nendobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \n0000000107 00000 n \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n174\n%%EOF\n",
);

/** A person with a browser: keeps the cookie, sends forms as a browser does. */
class Browser {
  #cookie = "";
  readonly #site: FastifyInstance;

  constructor(site: FastifyInstance) {
    this.#site = site;
  }

  async get(url: string) {
    return this.#keep(await this.#site.inject({ url, headers: this.#headers() }));
  }

  async post(url: string, fields: Record<string, string> | URLSearchParams, headers: Record<string, string> = {}) {
    const payload = new URLSearchParams(fields).toString();
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return this.#keep(
      await this.#site.inject({ method: "POST", url, payload, headers: { ...this.#headers(), ...type, ...headers } }),
    );
  }

  async upload(
    url: string,
    action: string,
    files: readonly { component: string; name: string; bytes: Buffer }[],
    headers: Record<string, string> = {},
  ) {
    const form = new FormData();
    form.append("_action", action);
    for (const file of files) form.append(`file.${file.component}`, new Blob([new Uint8Array(file.bytes)]), file.name);
    const request = new Request("http://localhost/", { method: "POST", body: form });
    const payload = Buffer.from(await request.arrayBuffer());
    const type = { "content-type": request.headers.get("content-type") ?? "" };
    return this.#keep(
      await this.#site.inject({ method: "POST", url, payload, headers: { ...this.#headers(), ...type, ...headers } }),
    );
  }

  #headers() {
    return { "sec-fetch-site": "same-origin", ...(this.#cookie ? { cookie: this.#cookie } : {}) };
  }

  #keep<Answer extends { headers: Record<string, unknown> }>(answer: Answer): Answer {
    const set = answer.headers["set-cookie"];
    for (const line of Array.isArray(set) ? set : set ? [set] : []) {
      const [pair = ""] = String(line).split(";");
      if (pair.startsWith("test_portal=")) this.#cookie = pair.endsWith("=") ? "" : pair;
    }
    return answer;
  }
}

async function withPortal(
  work: (browser: Browser, database: Database, site: FastifyInstance) => Promise<void>,
  tenant = "tayninh",
) {
  await withDatabase("province", async (database) => {
    await seedCatalogue(database, tenant);
    const folder = await mkdtemp(join(tmpdir(), "filing-"));
    const { site } = await filingExample({ database, folder, tenant });
    try {
      const browser = new Browser(site);
      await browser.get("/thu/vao");
      await work(browser, database, site);
    } finally {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

const where = (answer: { headers: Record<string, unknown> }): string => String(answer.headers["location"] ?? "");

async function begin(browser: Browser, code = "1.001193"): Promise<string> {
  const start = await browser.get(`/thu-tuc/${code}/nop`);
  assert.equal(start.statusCode, 200, start.body);
  const agency =
    /<option value="([^"]+)"/.exec(start.body)?.[1] ?? /name="coQuan" value="([^"]+)"/.exec(start.body)?.[1] ?? "";
  const begun = await browser.post(`/thu-tuc/${code}/nop`, { coQuan: agency });
  assert.equal(begun.statusCode, 303, begun.body);
  return where(begun).split("/")[2] ?? "";
}

const REQUESTER = {
  nycNgayCapGiayToTuyThan: "10/05/2021",
  nycNoiCapGiayToTuyThan: "Cục Cảnh sát QLHC về TTXH",
  "nycNoiCuTru.detail": "12 ấp 3",
  "nycNoiCuTru.area": "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
  nycLoaiCuTru: "thuongTru",
  nycQuanHe: "cha",
  _action: "next",
};

function recently(): string {
  const day = new Date(Date.now() - 5 * 86_400_000);
  return `${day.getUTCDate()}/${day.getUTCMonth() + 1}/${day.getUTCFullYear()}`;
}

const CHILD = () => ({
  nksHoTen: "Nguyễn Minh Khôi",
  nksGioiTinh: "nam",
  nksNgaySinh: recently(),
  nksDanToc: "01",
  nksQuocTich: "VN",
  nksSinhTai: "trongNuoc",
  "nksNoiSinh.detail": "Trung tâm Y tế huyện Bến Cầu",
  "nksNoiSinh.area": "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
  nksQueQuan: "Xã Tiên Thuận, Huyện Bến Cầu, Tỉnh Tây Ninh",
  maGCS: "",
  _action: "next",
});

const PARENTS = {
  nksLoaiKhaiSinh: "duChaMe",
  meHoTen: "Trần Thị Bình",
  meNgaySinh: "1992",
  meDanToc: "01",
  meQuocTich: "VN",
  meCungNoiCuTru: "yes",
  chaDanToc: "01",
  chaQuocTich: "VN",
  extractCopies: "2",
  _action: "next",
};

async function fillIn(browser: Browser, id: string): Promise<void> {
  const first = await browser.post(`/ho-so/${id}/ke-khai/nguoi-yeu-cau`, REQUESTER);
  assert.equal(where(first), `/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, first.body);
  const second = await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD());
  assert.equal(where(second), `/ho-so/${id}/ke-khai/cha-me`, second.body);
  const third = await browser.post(`/ho-so/${id}/ke-khai/cha-me`, PARENTS);
  assert.equal(where(third), `/ho-so/${id}/giay-to`, third.body);
  const papers = await browser.upload(`/ho-so/${id}/giay-to`, "next", [
    { component: "birth-proof", name: "giấy chứng sinh.pdf", bytes: PDF },
  ]);
  assert.equal(where(papers), `/ho-so/${id}/nhan-ket-qua`, papers.body);
  const delivery = await browser.post(`/ho-so/${id}/nhan-ket-qua`, {
    deliveryHandIn: "online",
    deliveryReceive: "online",
    _action: "next",
  });
  assert.equal(where(delivery), `/ho-so/${id}/kiem-tra`, delivery.body);
}

function sendFields(page: string): Record<string, string> {
  const value = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
  return {
    submissionId: value("submissionId"),
    files: value("files"),
    captchaToken: value("captchaToken"),
    captcha: CAPTCHA_ANSWER,
  };
}

test("a birth registration is filed with at most 25 fields typed, and one dossier comes of it", async () => {
  const typed = [REQUESTER, CHILD(), PARENTS]
    .flatMap((page) => Object.entries(page))
    .filter(([name, value]) => name !== "_action" && value !== "");
  assert.ok(typed.length <= 25, `${typed.length} fields`);
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await fillIn(browser, id);
    const check = await browser.get(`/ho-so/${id}/kiem-tra`);
    assert.match(check.body, /Hệ thống đã nhận 1 tệp/);
    assert.match(check.body, /16\.000 đ/);
    assert.match(check.body, /Gửi hồ sơ/);
    const fields = sendFields(check.body);
    const [one, two] = await Promise.all([
      browser.post(`/ho-so/${id}/kiem-tra`, fields),
      browser.post(`/ho-so/${id}/kiem-tra`, fields),
    ]);
    assert.equal(where(one), `/ho-so/${id}/da-gui`, one.body);
    assert.equal(where(two), `/ho-so/${id}/da-gui`, two.body);
    const another = await browser.post(`/ho-so/${id}/kiem-tra`, { ...fields, submissionId: crypto.randomUUID() });
    assert.equal(where(another), `/ho-so/${id}/da-gui`);
    const sent = await browser.get(`/ho-so/${id}/da-gui`);
    assert.match(sent.body, /Thanh toán trên Cổng DVCQG/);
    const { dossiers } = await listDossiersOf(database, { tenant: "tayninh", applicantSub: PERSON.sub });
    assert.equal(dossiers.length, 1);
    assert.equal(dossiers[0]?.holderName, "Nguyễn Minh Khôi");
    assert.equal(dossiers[0]?.answers["chaHoTen"], PERSON.name);
    assert.equal(dossiers[0]?.answers["chaNgaySinh"], PERSON.birthDate);
    assert.deepEqual(dossiers[0]?.answers["meNoiCuTru"], {
      detail: "12 ấp 3",
      area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
    });
    assert.ok(sent.body.includes(String(dossiers[0]?.number)));
  });
});

test("the office of the person's own commune is set beforehand", async () => {
  await withPortal(async (browser) => {
    await browser.get("/thu/vao?ai=c");
    const start = await browser.get("/thu-tuc/1.001193/nop");
    assert.match(start.body, /<option value="[^"]+" selected>Ủy ban nhân dân thị trấn Bến Cầu<\/option>/);
  });
});

test("wrong answers come back with their errors, and what was typed is saved all the same", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    const answer = await browser.post(`/ho-so/${id}/ke-khai/cha-me`, { ...PARENTS, meSoGiayToTuyThan: "07909012345" });
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, /Số CCCD có 12 chữ số\. Bạn đã nhập 11\./);
    assert.match(answer.body, /href="#meSoGiayToTuyThan"/);
    assert.match(answer.body, /value="07909012345"/);
    const dossier = await findDossier(database, { tenant: "tayninh", dossierId: id });
    assert.equal(dossier?.answers["meSoGiayToTuyThan"], "07909012345");
  });
});

test("without JavaScript a question appears after Cập nhật and rows come and go by buttons", async () => {
  await withPortal(async (browser) => {
    const id = await begin(browser);
    const before = await browser.get(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`);
    assert.doesNotMatch(before.body, /nksNoiSinhNuocNgoai/);
    const update = await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, {
      ...CHILD(),
      nksSinhTai: "nuocNgoai",
      _action: "update",
    });
    assert.equal(where(update), `/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`);
    const after = await browser.get(where(update));
    assert.match(after.body, /name="nksNoiSinhNuocNgoai"/);
    assert.doesNotMatch(after.body, /name="nksNoiSinh\.detail"/);
  });
});

test("the browser's own saving marks what is wrong at once, and what is empty only after Tiếp tục", async () => {
  await withPortal(async (browser) => {
    const id = await begin(browser);
    const url = `/ho-so/${id}/ke-khai/cha-me`;
    const live = await browser.post(
      url,
      { nksLoaiKhaiSinh: "duChaMe", meHoTen: "", meSoGiayToTuyThan: "0720", _action: "update" },
      { "x-live": "1" },
    );
    assert.equal(live.statusCode, 200);
    assert.match(live.body, /Số CCCD có 12 chữ số\. Bạn đã nhập 4\./);
    assert.match(live.body, /Đã lưu lúc/);
    assert.doesNotMatch(live.body, /Ô này đang để trống/);
    const after = await browser.post(
      url,
      { nksLoaiKhaiSinh: "duChaMe", meHoTen: "", _checked: "1", _action: "update" },
      { "x-live": "1" },
    );
    assert.match(after.body, /Ô này đang để trống/);
  });
});

test("typing goes on after the session ended: what was posted waits for the sign-in and is in the draft", async () => {
  await withPortal(async (browser) => {
    const id = await begin(browser);
    await browser.get("/thu/ra");
    const lost = await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD());
    assert.match(where(lost), /^\/dang-nhap\?ve=/);
    const live = await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD(), { "x-live": "1" });
    assert.equal(live.statusCode, 401);
    await browser.get("/thu/vao");
    const back = await browser.get(decodeURIComponent(where(lost).split("ve=")[1] ?? ""));
    assert.match(back.body, /Những gì vừa nhập vẫn còn nguyên/);
    assert.match(back.body, /value="Nguyễn Minh Khôi"/);
  });
});

test("another person's draft is not found, and their sign-in does not take over what was typed", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await browser.get("/thu/ra");
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD());
    await browser.get("/thu/vao?ai=b");
    assert.equal((await browser.get(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`)).statusCode, 404);
    assert.equal((await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD())).statusCode, 404);
    const dossier = await findDossier(database, { tenant: "tayninh", dossierId: id });
    assert.equal(dossier?.answers["nksHoTen"], undefined);
  });
});

test("the open draft is offered again, on any device", async () => {
  await withPortal(async (browser, _database, site) => {
    const id = await begin(browser);
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, { ...CHILD(), _action: "save" });
    const phone = new Browser(site);
    await phone.get("/thu/vao");
    const start = await phone.get("/thu-tuc/1.001193/nop");
    assert.match(start.body, /Làm tiếp bản nháp/);
    const resumed = await phone.get(`/ho-so/${id}/ke-khai`);
    assert.equal(where(resumed), `/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`);
  });
});

test("a file that is empty, too large, of a wrong kind or a renamed program is refused with its reason; good ones stay", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-yeu-cau`, REQUESTER);
    const jpeg = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
      Buffer.from("JFIF\0"),
      Buffer.alloc(200),
      Buffer.from([0xff, 0xd9]),
    ]);
    const files = [
      ["rỗng.pdf", Buffer.alloc(0), /là tệp rỗng/],
      ["lớn.pdf", Buffer.concat([PDF, Buffer.alloc(21 * 1_048_576)]), /lớn hơn 20 MB/],
      ["bài.txt", Buffer.from("chữ"), /không thuộc loại tệp/],
      ["chương trình.pdf", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(500)]), /tệp chương trình/],
      ["ảnh.pdf", jpeg, /không đúng với đuôi tệp/],
      ["hỏng.pdf", PDF.subarray(0, 40), /bị hỏng/],
    ] as const;
    const sent = [
      ...files.map(([name, bytes]) => ({ component: "birth-proof", name, bytes })),
      { component: "birth-proof", name: "tốt.pdf", bytes: PDF },
    ];
    const answer = await browser.upload(`/ho-so/${id}/giay-to`, "upload", sent);
    assert.equal(answer.statusCode, 422, answer.body);
    for (const [, , words] of files) assert.match(answer.body, words);
    const kept = await listFiles(database, { tenant: "tayninh", dossierId: id });
    assert.deepEqual(
      kept.map((file) => [file.name, file.mediaType]),
      [["tốt.pdf", "application/pdf"]],
    );
    assert.match(answer.body, /Đã nhận 1 tệp/);
    const removed = await browser.upload(`/ho-so/${id}/giay-to`, `remove:${kept[0]?.id}`, []);
    assert.equal(removed.statusCode, 303, removed.body);
    assert.equal((await listFiles(database, { tenant: "tayninh", dossierId: id })).length, 0);
  });
});

test("more files than one post may hold: the first are kept and the rest is asked for", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    const many = Array.from({ length: 22 }, (_, index) => ({
      component: "birth-proof",
      name: `${index}.pdf`,
      bytes: Buffer.concat([PDF, Buffer.from("\n".repeat(index))]),
    }));
    const answer = await browser.upload(`/ho-so/${id}/giay-to`, "next", many);
    assert.equal(answer.statusCode, 422, answer.body);
    assert.match(answer.body, /Mỗi lần tải lên tối đa 20 tệp/);
    assert.equal((await listFiles(database, { tenant: "tayninh", dossierId: id })).length, 20);
  });
});

test("one chosen file goes up by itself and answers in short", async () => {
  await withPortal(async (browser) => {
    const id = await begin(browser);
    const good = await browser.upload(
      `/ho-so/${id}/giay-to`,
      "upload",
      [{ component: "birth-proof", name: "a.pdf", bytes: PDF }],
      { "x-live": "1" },
    );
    assert.deepEqual(good.json(), { errors: [] });
    const bad = await browser.upload(
      `/ho-so/${id}/giay-to`,
      "upload",
      [{ component: "birth-proof", name: "a.exe", bytes: PDF }],
      { "x-live": "1" },
    );
    assert.equal(bad.statusCode, 422);
    assert.match(bad.body, /không thuộc loại tệp/);
  });
});

test("a required paper without a file is an error on the papers' page and keeps the dossier from being sent", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-yeu-cau`, REQUESTER);
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD());
    await browser.post(`/ho-so/${id}/ke-khai/cha-me`, PARENTS);
    const papers = await browser.upload(`/ho-so/${id}/giay-to`, "next", []);
    assert.equal(papers.statusCode, 422);
    assert.match(papers.body, /Giấy tờ này là bắt buộc/);
    assert.match(papers.body, /href="#file\.birth-proof"/);
    const check = await browser.get(`/ho-so/${id}/kiem-tra`);
    assert.doesNotMatch(check.body, /name="submissionId"/);
    await browser.post(`/ho-so/${id}/kiem-tra`, { submissionId: crypto.randomUUID(), captcha: CAPTCHA_ANSWER });
    assert.equal((await findDossier(database, { tenant: "tayninh", dossierId: id }))?.state, "draft");
  });
});

test("a wrong security code sends nothing and shows a new one", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await fillIn(browser, id);
    const fields = sendFields((await browser.get(`/ho-so/${id}/kiem-tra`)).body);
    const wrong = await browser.post(`/ho-so/${id}/kiem-tra`, { ...fields, captcha: "sai" });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /Mã xác thực chưa đúng/);
    const missing = await browser.post(`/ho-so/${id}/kiem-tra`, { ...fields, captcha: "" });
    assert.match(missing.body, /Nhập mã xác thực trong hình/);
    assert.equal((await findDossier(database, { tenant: "tayninh", dossierId: id }))?.state, "draft");
  });
});

test("papers that changed in another tab after the last look are not sent unseen", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await fillIn(browser, id);
    const fields = sendFields((await browser.get(`/ho-so/${id}/kiem-tra`)).body);
    await browser.upload(`/ho-so/${id}/giay-to`, "upload", [
      { component: "birth-proof", name: "thêm.pdf", bytes: Buffer.concat([PDF, Buffer.from("\n")]) },
    ]);
    const answer = await browser.post(`/ho-so/${id}/kiem-tra`, fields);
    assert.equal(answer.statusCode, 422, answer.body);
    assert.match(answer.body, /Giấy tờ đính kèm đã thay đổi/);
    assert.equal((await findDossier(database, { tenant: "tayninh", dossierId: id }))?.state, "draft");
  });
});

test("Kon Tum says Nộp hồ sơ and asks for no security code", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await fillIn(browser, id);
    const check = await browser.get(`/ho-so/${id}/kiem-tra`);
    assert.doesNotMatch(check.body, /captchaToken/);
    assert.match(check.body, />Nộp hồ sơ<\/button>/);
    await browser.post(`/ho-so/${id}/kiem-tra`, sendFields(check.body));
    assert.equal((await findDossier(database, { tenant: "kontum", dossierId: id }))?.state, "filed");
  }, "kontum");
});
