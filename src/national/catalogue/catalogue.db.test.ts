import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { createLog } from "#kit/log.ts";
import type { FeedItem, FeedPage } from "#protocols/catalogue-feed/index.ts";
import { withNational } from "#tests/support/national.ts";
import { pullCatalogues } from "./index.ts";

const item = (code: string, name: string, offered = true): FeedItem => ({
  code,
  offered,
  version: 1,
  name: { vi: name, en: name },
  shortName: { vi: name, en: name },
  field: { vi: "Hộ tịch", en: "Civil status" },
  levels: ["commune"],
  serviceLevel: "4",
  fileable: true,
  onlinePayment: true,
  path: `/thu-tuc/${code}`,
  words: name,
});

test("provinces' catalogues are pulled by cursor, searched together, and what is withdrawn is found no more", async () => {
  const pages = new Map<string, FeedPage>([
    ["", { province: "tayninh", items: [item("1.001193", "Đăng ký khai sinh")], cursor: "7", more: true }],
    // A name that is far too long is left out; what stands behind it is read.
    [
      "7",
      {
        province: "tayninh",
        items: [item("1.900001", "x".repeat(3_000)), item("1.000656", "Đăng ký khai tử")],
        cursor: "9",
        more: false,
      },
    ],
    ["9", { province: "tayninh", items: [item("1.000656", "Đăng ký khai tử", false)], cursor: "12", more: false }],
  ]);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const cursor = new URL(request.url ?? "", "http://x").searchParams.get("sau") ?? "";
    asked.push(cursor);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(pages.get(cursor) ?? { wrong: true }));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const log = createLog("test");
  log.level = "silent";
  try {
    await withNational(async ({ database, visitor }) => {
      const provinces = [
        { code: "tayninh", portal },
        { code: "kontum", portal: "http://127.0.0.1:9" },
      ];
      assert.equal(await pullCatalogues({ database, log, provinces }), 2);
      const found = await visitor().get("/tim-kiem?q=de+con");
      assert.match(found.body, /Đăng ký khai sinh/);
      assert.match(found.body, /\/thu-tuc\/1\.001193"/);
      assert.match((await visitor().get("/tim-kiem?q=khai+tu&tinh=tayninh")).body, /1\.000656/);
      const near = (await visitor().get("/tim-kiem?q=de+con+o+benh+vien+quoc+te")).body;
      assert.match(near, /những thủ tục gần nhất[\s\S]*\/thu-tuc\/1\.001193"/);
      assert.match((await visitor().get("/tim-kiem?q=benh+vien+quoc+te")).body, /Không tìm thấy thủ tục nào/);
      assert.match((await visitor().get("/tim-kiem?q=khai+tu&tinh=kontum")).body, /Không tìm thấy thủ tục nào/);
      await pullCatalogues({ database, log, provinces });
      assert.doesNotMatch((await visitor().get("/tim-kiem")).body, /1\.000656/);
      // The next page is not one of the feed: what is known stays, and the cursor with it.
      await pullCatalogues({ database, log, provinces });
      assert.match((await visitor().get("/tim-kiem")).body, /1\.001193/);
      assert.deepEqual(asked, ["", "7", "9", "12"]);
    });
  } finally {
    server.close();
  }
});
