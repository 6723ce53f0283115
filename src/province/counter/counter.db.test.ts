import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createCaptchaDesk } from "#kit/captcha.ts";
import type { Database } from "#kit/db.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { createPartialStore } from "#kit/partial-files.ts";
import {
  attachFile,
  discardDraft,
  findDossier,
  listDossiersOf,
  listHistory,
  saveDraft,
} from "#province/dossiers/index.ts";
import { postListRoutes } from "#province/delivery/index.ts";
import { feeJobs } from "#province/fees/index.ts";
import { aDossierAtTheDesk, deskExample, samplePdf } from "#province/handling/desk-example.ts";
import { listReceived, registerRoutes } from "#province/register/index.ts";
import { listSlips } from "#province/slips/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { counterRoutes, joinPerson } from "./index.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";
const clock = { now: () => new Date("2026-11-20T02:00:00Z") };
const CARD =
  "072090001234|290123456|Nguyễn Thị Ngọc Ẩn|02031990|Nữ|Ấp 3, Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh|10052021";
/** Extracts of civil status: a short form, paid on filing. */
const CODE = "2.000635";
const ANSWERS = {
  noiDangKy: "Ủy ban nhân dân Thị trấn Bến Cầu",
  nycHoTen: "Nguyễn Thị Ngọc Ẩn",
  nycSoGiayToTuyThan: "072090001234",
  nycLoaiGiayToTuyThan: "cccd",
  yeuCauCho: "banThan",
  loaiTrichLuc: "khaiSinh",
  noiDaDangKy: "Ủy ban nhân dân Thị trấn Bến Cầu",
  nksHoTen: "Nguyễn Thị Ngọc Ẩn",
  nksNgaySinh: "1990-03-02",
  nksGioiTinh: "nu",
  nksDanToc: "01",
  nksQuocTich: "VN",
  nksNoiCuTru: { area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh", detail: "Ấp 3" },
  copies: 2,
};

async function counterAt(database: Database, username: string) {
  const desk = await deskExample(database, { clock });
  counterRoutes(desk.site, {
    ...desk.handling,
    clock,
    partials: createPartialStore(desk.folder),
    captcha: createCaptchaDesk({ db: database, secret: desk.handling.dataKey, clock }),
    receipts: { signerOf: (collector) => desk.signers.receipts(collector) },
  });
  registerRoutes(desk.site, { ...desk.handling, clock });
  postListRoutes(desk.site, { ...desk.handling, clock });
  const cookie = await desk.signIn(username);
  const get = (url: string) => desk.site.inject({ url, headers: { cookie } });
  const post = (url: string, values: Record<string, string>) =>
    desk.site.inject({
      method: "POST",
      url,
      headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams(values).toString(),
    });
  return { desk, get, post };
}

describe("filing at the counter", () => {
  test("one scan of the card, the same form, code and slip at once, and the dossier waits for its owner's account", () =>
    withProvince(async (database, place) => {
      const { desk, get, post } = await counterAt(database, "tiepnhan.tayninh");
      assert.match((await get("/quay?q=trich+luc+ho+tich")).body, new RegExp(`/quay/${CODE.replaceAll(".", "\\.")}`));

      const scanned = await post(`/quay/${CODE}`, { qr: CARD, _action: "fill" });
      assert.equal(scanned.statusCode, 303);
      const filled = await get(`/quay/${CODE}`);
      for (const words of [
        "072090001234",
        "Nguyễn Thị Ngọc Ẩn",
        "02/03/1990",
        "Ấp 3, Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
      ])
        assert.ok(filled.body.includes(`value="${words}"`), words);
      assert.doesNotMatch(String(scanned.headers.location), /0720/);
      // The commune of the address is chosen beforehand.
      const agency = /<option value="([^"]+)" selected/.exec(filled.body)?.[1] ?? "";
      const person = {
        identityNumber: "072090001234",
        name: "Nguyễn Thị Ngọc Ẩn",
        birthDate: "02/03/1990",
        phone: "0900000123",
        address: "Ấp 3, Thị trấn Bến Cầu",
        agency,
        way: "counter",
      };
      const refused = await post(`/quay/${CODE}`, { ...person, identityNumber: "072085001234", phone: "12" });
      assert.equal(refused.statusCode, 422);
      assert.match(refused.body, /không khớp năm sinh/);
      assert.match(refused.body, /value="Nguyễn Thị Ngọc Ẩn"/);

      const begun = await post(`/quay/${CODE}`, person);
      const id = /\/ho-so\/([0-9a-f-]{36})\/ke-khai/.exec(String(begun.headers.location))?.[1] ?? "";
      const draft = await findDossier(database, { tenant, dossierId: id });
      assert.deepEqual([draft?.channel, draft?.state], ["counter", "draft"]);
      assert.match(draft?.applicantSub ?? "", /^quay:/);
      assert.match((await get("/quay")).body, new RegExp(`/ho-so/${id}/ke-khai`));

      const step = await get(`/ho-so/${id}/ke-khai`);
      assert.equal((await get(String(step.headers.location))).statusCode, 200);
      await saveDraft(database, {
        tenant,
        dossierId: id,
        applicantSub: draft?.applicantSub ?? "",
        answers: ANSWERS,
      });
      // What the person brought on paper is scanned.
      const attached = await attachFile(database, {
        tenant,
        dossierId: id,
        applicantSub: draft?.applicantSub ?? "",
        component: "extract-request",
        name: "to-khai.pdf",
        mediaType: "application/pdf",
        ...(await desk.files.put(await samplePdf("Tờ khai"), { maxBytes: 1_000_000 })),
      });
      assert.ok(attached.ok);
      const delivery = await get(`/ho-so/${id}/nhan-ket-qua`);
      assert.doesNotMatch(delivery.body, /deliveryHandIn"/);
      await post(`/ho-so/${id}/nhan-ket-qua`, { deliveryReceive: "desk", _action: "next" });
      const check = await get(`/ho-so/${id}/kiem-tra`);
      const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(check.body)?.[1] ?? "";
      const sent = await post(`/ho-so/${id}/kiem-tra`, { submissionId: value("submissionId"), files: value("files") });
      assert.equal(sent.headers.location, `/quay/xong/${id}`, problems(sent.body));

      const done = await get(`/quay/xong/${id}`);
      assert.match(done.body, /Mã hồ sơ/);
      const received = await findDossier(database, { tenant, dossierId: id });
      assert.equal(received?.state, "received");
      assert.deepEqual(received?.delivery, { handIn: "desk", receive: "desk" });
      const history = await listHistory(database, { tenant, dossierId: id });
      assert.deepEqual(
        history.map(({ action, actor }) => [action, actor.kind]),
        [
          ["start", "officer"],
          ["file", "officer"],
          ["receive", "officer"],
        ],
      );
      const slips = await listSlips(database.forTenant(tenant), id);
      assert.deepEqual(
        slips.map(({ kind }) => kind),
        ["receipt"],
      );
      assert.match(done.body, new RegExp(`/ho-so/${id}/phieu/${slips[0]?.id}\\.pdf`));

      // Two copies cost 16,000 đồng: cash with one press, counted once however often it is pressed, then the receipt.
      const pay = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(done.body)?.[1] ?? "";
      const cash = { khoan: pay("khoan"), ma: pay("ma"), "so-tien": pay("so-tien") };
      assert.equal(cash["so-tien"], "16000");
      assert.match((await post(`/quay/xong/${id}`, { ...cash, "so-tien": "15000" })).body, /Số tiền đã thay đổi/);
      assert.equal((await post(`/quay/xong/${id}`, cash)).statusCode, 303);
      assert.equal((await post(`/quay/xong/${id}`, cash)).statusCode, 303);
      assert.equal((await findDossier(database, { tenant, dossierId: id }))?.feeState, "paid");
      assert.match((await get(`/quay/xong/${id}`)).body, /Đã thu 16\.000/);
      const fees = { tenant, database, clock } as Parameters<typeof feeJobs>[0][number];
      const issuing = {
        ...fees,
        collectorOf: () => ({ name: "UBND thị trấn Bến Cầu", taxCode: "3900244068", address: "Bến Cầu" }),
      };
      await createWorker({ database, log: createLog("test"), handlers: feeJobs([issuing]).handlers }).drain();
      const paper = /\/quay\/xong\/[0-9a-f-]+\/bien-lai\/[0-9a-f-]+\.pdf/.exec(
        (await get(`/quay/xong/${id}`)).body,
      )?.[0];
      assert.equal((await get(paper ?? "")).headers["content-type"], "application/pdf");
      assert.equal((await get(`/quay/xong/${id}/bien-lai/${id}.pdf`)).statusCode, 404);

      // It stands in the unit's register of that day.
      const register = (days: string) => get(`/so-theo-doi?in=1&don-vi=${agency}&${days}`);
      assert.equal((await register("tu=20/11/2026&den=20/11/2026")).headers["content-type"], "application/pdf");
      assert.match((await register("tu=20/11/2026&den=19/11/2026")).body, /Ngày cuối phải bằng hoặc sau/);
      const period = { agency, from: new Date("2026-11-19T17:00:00Z"), until: new Date("2026-11-20T17:00:00Z") };
      const entries = await listReceived(database.forTenant(tenant), period);
      assert.deepEqual(
        entries.map(({ code, receive, returnedAt }) => [code, receive, returnedAt]),
        [[received?.code, "desk", null]],
      );

      // The account of another name does not get it; the same number and name does, once, with a trace.
      const db = database.forTenant(tenant);
      const account = { sub: "01900000-0000-7000-8000-00000000aaaa", identityNumber: person.identityNumber };
      assert.equal(await joinPerson(db, { ...account, name: "Trần Văn Khác" }), 0);
      assert.equal(await joinPerson(db, { ...account, name: "NGUYỄN THỊ NGỌC ẨN" }), 1);
      assert.equal(await joinPerson(db, { ...account, name: "NGUYỄN THỊ NGỌC ẨN" }), 0);
      const own = await listDossiersOf(database, { tenant, applicantSub: account.sub });
      assert.deepEqual(
        own.dossiers.map((one) => one.id),
        [id],
      );
      // A letter that was registered fills in how it came; typed from it, it has found its dossier.
      await post("/buu-gui/den", {
        ma: "RB123456789VN",
        "nguoi-gui": "Nguyễn Thị Ngọc Ẩn",
        dau: "18/11/2026",
        nhan: "20/11/2026",
        "don-vi": agency,
      });
      const letterId = /\/quay\?buu-gui=([0-9a-f-]{36})/.exec((await get("/buu-gui/den")).body)?.[1] ?? "";
      const fromLetter = await get(`/quay/${CODE}?buu-gui=${letterId}`);
      for (const words of ["RB123456789VN", "18/11/2026", "20/11/2026"])
        assert.ok(fromLetter.body.includes(`value="${words}"`), words);
      assert.match(
        fromLetter.body,
        new RegExp(`href="[^"]*buu-gui=${letterId}&amp;lang=en"`),
        "in English it is typed too",
      );

      // Next time at the counter it is the account's at once.
      const again = await post(`/quay/${CODE}`, {
        ...person,
        way: "post",
        itemCode: "RB123456789VN",
        arrivedOn: "20/11/2026",
      });
      const second = /\/ho-so\/([0-9a-f-]{36})\//.exec(String(again.headers.location))?.[1] ?? "";
      const letter = await findDossier(database, { tenant, dossierId: second });
      assert.deepEqual([letter?.channel, letter?.applicantSub], ["post", account.sub]);
      assert.match((await get("/buu-gui/den")).body, /Không có thư nào chờ/);
      // Thrown away it waits again; typed from it once more it is found once more.
      assert.ok((await discardDraft(database, { tenant, dossierId: second, applicantSub: account.sub })).ok);
      assert.doesNotMatch((await get("/buu-gui/den")).body, /Không có thư nào chờ/);
      const typed = { ...person, way: "post", itemCode: "RB123456789VN", arrivedOn: "20/11/2026" };
      // What stands in another unit's book is theirs: whoever has the letter in hand is told whose.
      await withAdmin(place, (client) =>
        client.query("update post_letter set agency_id = 'xa-25681' where item_code = $1", [typed.itemCode]),
      );
      await withAdmin(place, (client) =>
        client.query("update officer set agency_id = $1 where username = 'tiepnhan.tayninh'", ["xa-25684"]),
      );
      const elsewhere = await post(`/quay/${CODE}`, { ...typed, agency: "xa-25684" });
      assert.match(elsewhere.body, /Bưu gửi này ở sổ của Ủy ban nhân dân thị trấn Bến Cầu/);
      const entered = { ma: typed.itemCode, "nguoi-gui": "Ai đó", nhan: "20/11/2026" };
      assert.match((await post("/buu-gui/den", entered)).body, /đã vào sổ của Ủy ban nhân dân thị trấn Bến Cầu/);
      await withAdmin(place, (client) =>
        client.query("update officer set agency_id = $1 where username = 'tiepnhan.tayninh'", ["xa-25681"]),
      );
      assert.doesNotMatch((await get("/buu-gui/den")).body, /Không có thư nào chờ/);
      await post(`/quay/${CODE}`, { ...typed, agency: "xa-25681" });
      assert.match((await get("/buu-gui/den")).body, /Không có thư nào chờ/);
    }));

  test("a specialist has no counter, and what a citizen files online is not open there", () =>
    withProvince(async (database) => {
      const here = await counterAt(database, "tiepnhan.tayninh");
      const page = await here.get(`/quay/${CODE}`);
      const agency = /<option value="([^"]+)"/.exec(page.body)?.[1] ?? "";
      const begun = await here.post(`/quay/${CODE}`, {
        identityNumber: "072090001234",
        name: "Nguyễn Thị Ngọc Ẩn",
        birthDate: "02/03/1990",
        agency,
        way: "counter",
      });
      const address = String(begun.headers.location);
      assert.equal((await here.get(address)).statusCode, 303);
      const cookie = await here.desk.signIn("chuyenvien.tayninh");
      for (const url of ["/quay", address])
        assert.equal((await here.desk.site.inject({ url, headers: { cookie } })).statusCode, 403);
      // A citizen's own draft is not the counter's, whatever the officer types into the address.
      const { id } = await aDossierAtTheDesk(database, here.desk.files);
      assert.equal((await here.get(`/ho-so/${id}/ke-khai`)).statusCode, 404);
    }));
});

function problems(body: string): string {
  return [...body.matchAll(/<li><a href="[^"]*">([^<]*)</g)].map(([, words]) => words).join("; ");
}
