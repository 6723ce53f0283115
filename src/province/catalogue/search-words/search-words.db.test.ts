import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedClock } from "#kit/clock.ts";
import { createSite } from "#kit/http/index.ts";
import { createLog } from "#kit/log.ts";
import { createDeskShell } from "#province/desk/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { portalFailurePage } from "#province/portal/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { Visitor } from "#tests/support/visitor.ts";
import { searchProcedures, searchWordRoutes } from "../index.ts";
import { readWord } from "./decide-word.ts";

const ORIGIN = "http://localhost";
const HOSTILE = `"><img src=x onerror=alert(1)>\u202e\u0000`;

test("a word is read as the search reads it, and a meaning that nothing has is refused", () => {
  const vocabulary = new Map([
    ["khai", 9],
    ["sinh", 8],
  ]);
  assert.deepEqual(readWord({ phrase: " Đón  BÉ ", means: "khai sinh\n\nKhai Sinh" }, vocabulary), {
    ok: true,
    phrase: "don be",
    means: ["khai sinh"],
  });
  const faultsOf = (phrase: string, means: string) => {
    const read = readWord({ phrase, means }, vocabulary);
    return read.ok ? [] : read.faults.map(({ fault }) => fault);
  };
  assert.deepEqual(faultsOf("!!!", ""), ["empty"]);
  assert.deepEqual(faultsOf("khai sinh", "khai sinh"), ["same"]);
  assert.deepEqual(faultsOf("đón bé", "khai sinh quý tử"), ["unknown"]);
  assert.deepEqual(faultsOf("một hai ba bốn năm sáu bảy tám", ""), ["long"]);
});

test("an administrator's word finds at once, is audited, tried and taken back; another province and other officers see nothing", () =>
  withProvince(async (database, place) => {
    const tenant = findTenant("tayninh");
    const log = createLog("test");
    log.level = "silent";
    const clock = fixedClock("2026-11-20T02:00:00Z");
    const frame = { tenant, national: "http://localhost:1" };
    const site = await createSite({
      name: "test",
      origin: ORIGIN,
      cookie: "test",
      database,
      log,
      failurePage: (view) => portalFailurePage(frame, view),
    });
    let role = "administrator";
    const officer = () => ({ id: "qt-1", name: "Quản trị", role, agencyId: "ubnd-tinh" }) as unknown as Officer;
    searchWordRoutes(site, {
      tenant,
      database,
      shell: createDeskShell(tenant),
      officerOf: (async () => officer()) as never,
      clock,
    });
    try {
      const visitor = new Visitor(site, ORIGIN);
      const first = async (province: string) =>
        (await searchProcedures(database.forTenant(province), { words: "hái quả ngọt" }, clock)).rows[0]?.code;
      assert.notEqual(await first("tayninh"), "1.001193");
      const post = (path: string, form: Record<string, string>) => visitor.post(`/quan-tri/tu-tim-kiem${path}`, form);
      const refused = await post("", { phrase: HOSTILE, means: "xyzzy không có" });
      assert.equal(refused.status, 422);
      assert.match(refused.body, /Không thủ tục nào của tỉnh có tiếng/);
      assert.doesNotMatch(refused.body, /<img|\u202e|\u0000/);
      assert.match(refused.body, /xyzzy không có/, "what was typed is kept");
      assert.equal((await post("", { phrase: "Hái quả ngọt", means: "đăng ký khai sinh" })).status, 303);
      assert.equal(await first("tayninh"), "1.001193", "found at once");
      assert.notEqual(await first("kontum"), "1.001193", "the word is this province's own");
      const page = await visitor.get("/quan-tri/tu-tim-kiem?thu=hai+qua+ngot");
      for (const words of [/Đã lưu “Hái quả ngọt”/, /hai qua ngot/, /1\.001193/]) assert.match(page.body, words);
      assert.equal((await post("/bo", { phrase: "hai qua ngot" })).status, 303);
      assert.notEqual(await first("tayninh"), "1.001193");
      const audit = await withAdmin(place, async (client) => {
        const { rows } = await client.query<{ action: string; actor: string }>(
          "select action, actor from audit where action like 'search-word.%' order by id",
        );
        return rows.map((row) => `${row.action} ${row.actor}`);
      });
      assert.deepEqual(audit, ["search-word.put officer:qt-1", "search-word.drop officer:qt-1"]);
      role = "specialist";
      assert.notEqual((await visitor.get("/quan-tri/tu-tim-kiem")).status, 200);
    } finally {
      await site.close();
    }
  }));
