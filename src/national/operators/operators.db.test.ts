import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { demoOperators, demoSecrets } from "#kit/demo.ts";
import { codeAt } from "#kit/one-time-code.ts";
import { withDatabase } from "#tests/support/database.ts";
import { withNational } from "#tests/support/national.ts";
import { checkOperatorCode, checkOperatorPassword, findDemoOperators, seedOperators } from "./index.ts";

const dataKey = demoSecrets.dataKeys.national;
const [{ username, password, totpSecret }] = demoOperators;

describe("operators", () => {
  test("they are added once, and production would find the demo's", () =>
    withDatabase("national", async (database) => {
      assert.equal(await seedOperators(database, demoOperators, dataKey), 2);
      assert.equal(await seedOperators(database, demoOperators, dataKey), 0);
      assert.equal((await findDemoOperators(database, demoOperators)).length, 2);
    }));

  test("password and code sign in; the same code is good once, in parallel too; five failures lock", () =>
    withDatabase("national", async (database) => {
      await seedOperators(database, demoOperators, dataKey);
      const wrong = { ok: false, reason: "wrong" } as const;
      assert.deepEqual(await checkOperatorPassword(database, { username: "nobody", password }, systemClock), wrong);
      const first = await checkOperatorPassword(database, { username, password }, systemClock);
      assert.ok(first.ok);
      const { operatorId } = first;
      const code = codeAt(totpSecret, systemClock.now());
      const tries = await Promise.all(
        Array.from({ length: 6 }, () =>
          checkOperatorCode(database, { operatorId, code }, { dataKey, clock: systemClock }),
        ),
      );
      assert.equal(tries.filter((one) => one.ok).length, 1);
      for (let failure = 0; failure < 5; failure += 1) {
        assert.deepEqual(await checkOperatorPassword(database, { username, password: "sai" }, systemClock), wrong);
      }
      const locked = await checkOperatorPassword(database, { username, password }, systemClock);
      assert.equal(locked.ok ? "" : locked.reason, "locked");
    }));

  test("every operator's page sends strangers to the sign-in and opens after it", () =>
    withNational(async (national) => {
      await seedOperators(national.database, demoOperators, dataKey);
      const visitor = national.visitor();
      const pages = ["/van-hanh", "/van-hanh/hoan-tien", "/van-hanh/can-doi", "/van-hanh/doi-soat"];
      for (const path of pages) {
        assert.match((await visitor.get(path)).location ?? "", /^\/van-hanh\/dang-nhap\?next=/, path);
      }
      assert.match((await visitor.post("/van-hanh/dang-nhap", { username, password: "" })).body, /Hãy nhập mật khẩu/);
      await visitor.post("/van-hanh/dang-nhap", { username, password, next: "/van-hanh/hoan-tien" });
      assert.match((await visitor.post("/van-hanh/dang-nhap/ma-xac-thuc", { code: "000000" })).body, /không đúng/);
      const code = codeAt(totpSecret, new Date());
      const done = await visitor.post("/van-hanh/dang-nhap/ma-xac-thuc", { code });
      assert.equal(done.location, "/van-hanh/hoan-tien");
      for (const path of pages) assert.equal((await visitor.get(path)).status, 200, path);
      assert.match((await visitor.get("/van-hanh?ngay=31/02/2026")).body, /Ngày không đúng/);
      const refused = await visitor.post("/van-hanh/hoan-tien", {
        id: "01900000-0000-7000-8000-00000000aaaa",
        transaction: "khong-co",
        amount: "8.000",
        reason: "Công văn 12",
      });
      assert.equal(refused.status, 422);
      assert.match(refused.body, /Không có khoản thu nào với mã giao dịch này/);
      assert.match(refused.body, /value="khong-co"/);
      await visitor.post("/van-hanh/dang-xuat", {});
      assert.match((await visitor.get("/van-hanh")).location ?? "", /dang-nhap/);
    }));
});
