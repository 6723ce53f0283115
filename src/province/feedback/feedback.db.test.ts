import assert from "node:assert/strict";
import { test } from "node:test";
import type { FastifyInstance } from "fastify";
import { createCaptchaDesk } from "#kit/captcha.ts";
import { fixedClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { createSite } from "#kit/http/index.ts";
import { createLog } from "#kit/log.ts";
import { createDeskShell } from "#province/desk/index.ts";
import type { Officer, OfficerRole } from "#province/officers/index.ts";
import { portalFailurePage, portalPage } from "#province/portal/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { Visitor } from "#tests/support/visitor.ts";
import { feedbackDeskRoutes, feedbackRoutes } from "./index.ts";

const ORIGIN = "http://localhost";
const SECRET = Buffer.alloc(32, 7).toString("base64");

/** The portal and the desk of one province on one site, with an officer of a role that the test changes. */
async function place(
  database: Database,
  role: { now: OfficerRole; at?: string | undefined },
): Promise<FastifyInstance> {
  const tenant = findTenant("tayninh");
  const frame = { tenant, national: "http://localhost:1" };
  const log = createLog("test");
  log.level = "silent";
  const clock = fixedClock("2026-11-20T02:00:00Z");
  const site = await createSite({
    name: "test",
    origin: ORIGIN,
    cookie: "test",
    database,
    log,
    failurePage: (view) => portalFailurePage(frame, view),
  });
  const db = database.forTenant("tayninh");
  const captcha = createCaptchaDesk({ db: database, secret: SECRET, clock, demoAnswer: "demo" });
  feedbackRoutes(site, {
    database: db,
    clock,
    captcha,
    answerDays: tenant.feedbackDays,
    agencies: tenant.agencies,
    page: (request, content) => portalPage(frame, { lang: request.lang, ...content }),
  });
  const officer = () =>
    ({ id: "cb-1", name: "Cán bộ", role: role.now, agencyId: role.at ?? "xa-25681" }) as unknown as Officer;
  feedbackDeskRoutes(site, {
    database: db,
    shell: createDeskShell(tenant),
    officerOf: (async () => officer()) as never,
    clock,
    agencies: tenant.agencies,
  });
  return site;
}

test("feedback is sent without an account, answered at the desk, and read by its code; a mistake loses nothing typed", async () => {
  await withDatabase("province", async (database) => {
    const role: { now: OfficerRole; at?: string | undefined } = { now: "one-stop" };
    const site = await place(database, role);
    try {
      const citizen = new Visitor(site, ORIGIN);
      const text = "Nộp hồ sơ ba lần mới được <b>& chờ lâu</b>";
      const wrong = await citizen.post("/gop-y", { body: text, name: "", contact: "", captcha: "", captchaToken: "x" });
      assert.equal(wrong.status, 422);
      assert.match(wrong.body, /Nộp hồ sơ ba lần mới được &lt;b&gt;&amp; chờ lâu&lt;\/b&gt;<\/textarea>/);
      assert.match(wrong.body, /Nhập mã xác thực/);
      const sent = await citizen.post("/gop-y", {
        body: text,
        name: "Lê Thị Hoa",
        contact: "0900000001",
        agency: "xa-25681",
        captcha: "demo",
        captchaToken: "x",
      });
      assert.equal(sent.status, 303);
      const address = String(sent.headers["location"]);
      const first = await citizen.get(address);
      assert.match(first.body, /Ghi lại mã này/);
      assert.match(first.body, /05\/12\/2026/);
      const stranger = new Visitor(site, ORIGIN);
      assert.doesNotMatch((await stranger.get(address)).body, /Lê Thị Hoa|0900000001|Ghi lại mã này/);
      assert.match((await stranger.get("/gop-y/tra-cuu?ma=KHONGCO12345")).body, /Không có góp ý nào với mã này/);

      // Another commune does not see it, the province sees it and may look at one unit alone.
      role.at = "xa-25456";
      assert.doesNotMatch((await stranger.get("/phan-anh")).body, /Nộp hồ sơ ba lần/);
      role.at = "ubnd-tinh";
      assert.match((await stranger.get("/phan-anh")).body, /Nộp hồ sơ ba lần/);
      assert.doesNotMatch((await stranger.get("/phan-anh?don-vi=xa-25456")).body, /Nộp hồ sơ ba lần/);
      role.at = undefined;
      const list = await stranger.get("/phan-anh");
      const id = /\/phan-anh\/([0-9a-f-]{36})/.exec(list.body)?.[1] ?? "";
      assert.match((await stranger.get(`/phan-anh/${id}`)).body, /Lê Thị Hoa, 0900000001/);
      assert.equal((await stranger.post(`/phan-anh/${id}/tra-loi`, { answer: " " })).status, 422);
      role.at = "xa-25456";
      assert.equal((await stranger.get(`/phan-anh/${id}`)).status, 404);
      role.at = undefined;
      role.now = "accountant";
      assert.equal((await stranger.post(`/phan-anh/${id}/tra-loi`, { answer: "Đã sửa" })).status, 403);
      role.now = "leader";
      assert.equal((await stranger.post(`/phan-anh/${id}/tra-loi`, { answer: "Đã thêm quầy tiếp nhận." })).status, 303);
      await stranger.post(`/phan-anh/${id}/tra-loi`, { answer: "Lời khác." });
      const read = (await citizen.get(address)).body;
      assert.match(read, /Đã thêm quầy tiếp nhận\./);
      assert.doesNotMatch(read, /Lời khác|Ghi lại mã này/);
    } finally {
      await site.close();
    }
  });
});
