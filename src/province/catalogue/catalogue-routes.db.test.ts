import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { brotliDecompressSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { fixedClock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { createSite } from "#kit/http/index.ts";
import { createLog } from "#kit/log.ts";
import { portalFailurePage, portalPage } from "#province/portal/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { catalogueRoutes, importCatalogue } from "./index.ts";

async function withPortal(
  code: string,
  work: (site: FastifyInstance, database: Database) => Promise<void>,
  clock = fixedClock("2026-11-20T02:00:00Z"),
): Promise<void> {
  await withProvince(async (database) => {
    const tenant = findTenant(code);
    const frame = { tenant, national: "http://localhost:1" };
    const site = await createSite({
      name: "test",
      origin: "http://localhost",
      cookie: "test",
      log: createLog("test"),
      failurePage: (view) => portalFailurePage(frame, view),
    });
    catalogueRoutes(site, {
      tenant,
      database: database.forTenant(code),
      origin: "http://localhost",
      clock,
      isSignedIn: (request) => request.headers["x-signed-in"] === "yes",
      page: (request, content) => portalPage(frame, { lang: request.lang, width: "wide", ...content }),
    });
    try {
      await work(site, database);
    } finally {
      await site.close();
    }
  });
}

describe("the portal's public pages", () => {
  test("a page is the same plain and compressed, and is not sent again while it has not changed", async () => {
    await withPortal("tayninh", async (site) => {
      const plain = await site.inject({ url: "/thu-tuc/1.001193" });
      const small = await site.inject({ url: "/thu-tuc/1.001193", headers: { "accept-encoding": "gzip, br" } });
      assert.equal(small.headers["content-encoding"], "br");
      assert.equal(brotliDecompressSync(small.rawPayload).toString("utf8"), plain.payload);
      const again = await site.inject({
        url: "/thu-tuc/1.001193",
        headers: { "if-none-match": String(plain.headers["etag"]) },
      });
      assert.deepEqual([again.statusCode, again.payload], [304, ""]);
      const english = await site.inject({ url: "/thu-tuc/1.001193?lang=en" });
      assert.match(english.payload, /Register a birth/);
      assert.match(plain.payload, /Đăng ký khai sinh/);
      const data = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(plain.payload)?.[1] ?? "";
      assert.equal((JSON.parse(data) as { identifier: string }).identifier, "1.001193");
      assert.match(plain.payload, /<link rel="canonical" href="http:\/\/localhost\/thu-tuc\/1\.001193">/);
    });
  });

  test("what only a ministry does is found by words, says where it is filed, and its Vietnamese is marked as such", async () => {
    await withPortal(
      "tayninh",
      async (site, database) => {
        const ship = {
          code: "1.900030",
          name: "Cấp giấy chứng nhận thử nghiệm trang thiết bị tàu biển",
          levels: ["central"],
          agencies: ["Cục Đăng kiểm Việt Nam"],
          components: [{ items: [{ name: "Đơn đề nghị", originals: 1, copies: 0 }] }],
          url: "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bfe-03ae",
        };
        const between = { ...ship, code: "5.900031", name: "Báo cáo thử nghiệm tàu biển", url: "javascript:alert(1)" };
        // Sits in the commune, and is no committee of it; together with the committee, the committee takes it.
        const tax = { ...ship, code: "1.900032", levels: ["commune"], agencies: ["Thuế cơ sở"] };
        const shared = { ...tax, code: "1.900033", agencies: ["Thuế cơ sở", "Ủy ban nhân dân cấp xã"] };
        const file = Buffer.from([ship, between, tax, shared].map((one) => JSON.stringify(one)).join("\n"));
        const report = await importCatalogue(database, findTenant("tayninh"), Readable.from([file]));
        assert.deepEqual(report.unlisted, { central: 2, "between-bodies": 1, "level-unknown": 0 });
        const list = await site.inject({ url: "/thu-tuc?ten=thu+nghiem+tau+bien" });
        assert.match(list.payload, /Ngoài danh mục của tỉnh[\s\S]*href="\/thu-tuc\/1\.900030"/);
        assert.doesNotMatch(list.payload, /5\.900031/);
        assert.match((await site.inject({ url: "/thu-tuc/1.900032" })).payload, /Cơ quan giải quyết:[^.]*Thuế cơ sở/);
        assert.match((await site.inject({ url: "/thu-tuc/1.900033" })).payload, /94 đơn vị/);
        const page = await site.inject({ url: "/thu-tuc/1.900030?lang=en" });
        assert.equal(page.statusCode, 200);
        assert.match(page.payload, /No office of the province[^<]*<span lang="vi">Cục Đăng kiểm Việt Nam<\/span>/);
        assert.match(page.payload, new RegExp(`href="${ship.url}"`));
        assert.match(page.payload, /<h1[^>]*><span lang="vi">Cấp giấy chứng nhận thử nghiệm/);
        assert.match(page.payload, /<span lang="vi">Đơn đề nghị<\/span>/);
        assert.doesNotMatch((await site.inject({ url: "/thu-tuc/1.900030?lang=vi" })).payload, /lang="vi">Cấp/);
        assert.equal((await site.inject({ url: "/thu-tuc/5.900031" })).statusCode, 404);
        // What is imported is in force from the day it is.
      },
      systemClock,
    );
  });

  test("what a signed-in person sees is kept by nobody", async () => {
    await withPortal("tayninh", async (site) => {
      const page = await site.inject({ url: "/", headers: { "x-signed-in": "yes" } });
      assert.equal(page.headers["cache-control"], "no-store");
      assert.equal(page.headers["etag"], undefined);
    });
  });

  test("each province shows its own name, colours of its own and its own units", async () => {
    await withPortal("kontum", async (site) => {
      const page = await site.inject({ url: "/thu-tuc?ten=khai+sinh&don-vi=xa-23281" });
      assert.match(page.payload, /Cổng Dịch vụ công tỉnh Kon Tum/);
      assert.match(page.payload, /Phường Quang Trung/);
      assert.doesNotMatch(page.payload, /Bến Cầu/);
      assert.match(page.payload, /href="\/thu-tuc\/1\.001193\/nop\?coQuan=xa-23281"/);
    });
  });

  test("the page of a service says its papers, fee, limit, legal basis and whether the fee can be paid online", async () => {
    await withPortal("tayninh", async (site) => {
      const { payload } = await site.inject({ url: "/thu-tuc/1.004363" });
      for (const text of [
        "Mẫu số 04",
        "800.000\u00a0đ/lần",
        "15 ngày làm việc",
        "33/2021/TT-BTC",
        "Thanh toán trực tuyến",
        "Sở Nông nghiệp và PTNT",
        "Nộp hồ sơ",
      ]) {
        assert.ok(payload.includes(text), text);
      }
    });
  });

  test("what can only be read about has no way to file it; an unknown code is a page that does not exist", async () => {
    await withPortal("tayninh", async (site) => {
      assert.doesNotMatch((await site.inject({ url: "/thu-tuc/1.001022" })).payload, /1\.001022\/nop/);
      const missing = await site.inject({ url: "/thu-tuc/9.999999", headers: { accept: "text/html" } });
      assert.equal(missing.statusCode, 404);
      assert.equal(
        (await site.inject({ url: "/thu-tuc/%3Cscript%3E", headers: { accept: "text/html" } })).statusCode,
        404,
      );
    });
  });

  test("typed words come back escaped, and an empty result says what to do next", async () => {
    await withPortal("tayninh", async (site) => {
      const { payload } = await site.inject({ url: `/thu-tuc?ten=${encodeURIComponent('"><script>x</script>')}` });
      assert.doesNotMatch(payload, /<script>x/);
      assert.match(payload, /Không tìm thấy thủ tục nào/);
      const meant = (await site.inject({ url: "/thu-tuc?ten=giay+fep+xay+dung" })).payload;
      assert.match(meant, /Đã tìm theo: <a[^>]+><strong>giấy phép xây dựng/);
      assert.match(meant, /<mark>phép<\/mark>/);
      const { suggestions } = (await site.inject({ url: "/thu-tuc/goi-y?ten=de+con" })).json<{
        suggestions: { href: string }[];
      }>();
      assert.equal(suggestions[0]?.href, "/thu-tuc/1.001193");
    });
  });
});
