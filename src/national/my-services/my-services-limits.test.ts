import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "#kit/db.ts";
import { createSite } from "#kit/http/index.ts";
import { createLog } from "#kit/log.ts";
import { nationalFailurePage } from "#national/portal/index.ts";
import { myServicesRoutes } from "./index.ts";

test("an account asks provinces about thirty codes in ten minutes, and goes on searching its own list", async () => {
  const origin = "http://localhost:8081";
  const site = await createSite({
    name: "national",
    origin,
    cookie: "t",
    log: createLog("test"),
    failurePage: nationalFailurePage,
  });
  // Nobody listens there: the page says that the province is silent.
  const province = { code: "tayninh", name: "Tây Ninh", identifier: "H53", url: "http://127.0.0.1:9/x", token: "x" };
  let sub = "an";
  myServicesRoutes(site, {
    database: { many: () => Promise.resolve([]) } as unknown as Db,
    account: async () => ({ sub, name: "An" }),
    signInPath: (back) => back,
    provinces: [province],
    feeProvinces: [province],
    origin,
  });
  const search = async (q: string) =>
    (await site.inject(`/dich-vu-cong-cua-toi?${new URLSearchParams({ q }).toString()}`)).statusCode;
  for (let n = 1; n <= 30; n += 1)
    assert.equal(await search(`000.20.31.H53-200610-${String(n).padStart(4, "0")}`), 200);
  assert.equal(await search("000.20.31.H53-200610-0031"), 429);
  assert.equal(await search("khai sinh"), 200);
  const pay = () =>
    site.inject({
      method: "POST",
      url: "/dich-vu-cong-cua-toi/thanh-toan",
      headers: { origin, "content-type": "application/x-www-form-urlencoded" },
      payload: "tinh=tayninh&ho-so=000.20.31.H53-200610-0031",
    });
  assert.equal((await pay()).statusCode, 429);
  sub = "binh";
  assert.equal(await search("000.20.31.H53-200610-0031"), 200);
  assert.equal((await pay()).statusCode, 303);
  await site.close();
});
