import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { demoOfficers, demoSecrets } from "#kit/demo.ts";
import { findTenant } from "#province/tenants/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { agenciesInScope, checkOfficerCode, checkOfficerPassword, codeAt, mayDo, seedOfficers } from "./index.ts";

const tenant = findTenant("tayninh");
const dataKey = demoSecrets.dataKeys.province;
const clerk = demoOfficers.find((one) => one.username === "tiepnhan.tayninh");
assert.ok(clerk);
const { username, password, totpSecret } = clerk;
const clock = { now: () => new Date() };

const seeded = (database: Database) => seedOfficers(database, tenant, demoOfficers, dataKey);
const signIn = async (database: Database) => {
  const first = await checkOfficerPassword(database, { tenant: tenant.code, username, password });
  assert.ok(first.ok);
  return first.officerId;
};

describe("officers", () => {
  test("a province's officers are added once and are unknown to the other province", () =>
    withDatabase("province", async (database) => {
      assert.equal(await seeded(database), 6);
      assert.equal(await seeded(database), 0);
      const elsewhere = await checkOfficerPassword(database, { tenant: "kontum", username, password });
      assert.deepEqual(elsewhere, { ok: false, reason: "wrong" });
    }));

  test("sign in with password and the authenticator's code; the same code is never good twice, in parallel neither", () =>
    withDatabase("province", async (database) => {
      await seeded(database);
      const officerId = await signIn(database);
      const code = codeAt(totpSecret, clock.now());
      const tries = await Promise.all(
        Array.from({ length: 8 }, () =>
          checkOfficerCode(database, { tenant: tenant.code, officerId, code }, { dataKey, clock }),
        ),
      );
      assert.equal(tries.filter((one) => one.ok).length, 1);
      assert.ok(tries.every((one) => one.ok || one.reason === "used"));
    }));

  test("codes of the step before and after are good, older ones are not", () =>
    withDatabase("province", async (database) => {
      await seeded(database);
      const officerId = await signIn(database);
      const base = new Date("2026-03-02T02:00:10Z");
      const at = (seconds: number) => new Date(base.getTime() + seconds * 1000);
      const check = async (code: string) =>
        (
          await checkOfficerCode(
            database,
            { tenant: tenant.code, officerId, code },
            { dataKey, clock: { now: () => base } },
          )
        ).ok;
      assert.equal(await check(codeAt(totpSecret, at(-90))), false);
      assert.equal(await check(codeAt(totpSecret, at(90))), false);
      assert.equal(await check(codeAt(totpSecret, at(-30))), true);
      assert.equal(await check(codeAt(totpSecret, at(30))), true);
      assert.equal(await check(codeAt(totpSecret, base)), false, "a step before one that was used is over");
    }));

  test("five wrong ones in a row lock the account; only who knows the password is told until when", () =>
    withDatabase("province", async (database) => {
      await seeded(database);
      for (let turn = 0; turn < 5; turn += 1) {
        const wrong = await checkOfficerPassword(database, { tenant: tenant.code, username, password: "Sai mat khau" });
        assert.deepEqual(wrong, { ok: false, reason: "wrong" });
      }
      assert.deepEqual(await checkOfficerPassword(database, { tenant: tenant.code, username, password: "x" }), {
        ok: false,
        reason: "wrong",
      });
      const right = await checkOfficerPassword(database, { tenant: tenant.code, username, password });
      assert.equal(right.ok ? "in" : right.reason, "locked");
      const later = { now: () => new Date(Date.now() + 6 * 60_000) };
      assert.ok((await checkOfficerPassword(database, { tenant: tenant.code, username, password }, later)).ok);
    }));

  test("wrong codes count too, and a locked account refuses even the right code", () =>
    withDatabase("province", async (database) => {
      await seeded(database);
      const officerId = await signIn(database);
      const ask = (code: string) =>
        checkOfficerCode(database, { tenant: tenant.code, officerId, code }, { dataKey, clock });
      for (let turn = 0; turn < 4; turn += 1) assert.deepEqual(await ask("000000x"), { ok: false, reason: "wrong" });
      const fifth = await ask("12345");
      assert.equal(fifth.ok ? "in" : fifth.reason, "locked");
      const right = await ask(codeAt(totpSecret, clock.now()));
      assert.equal(right.ok ? "in" : right.reason, "locked");
    }));
});

describe("what officers may see and do", () => {
  test("the province's own committee stands above every unit, a commune above itself only", () => {
    const all = agenciesInScope(tenant.agencies, "ubnd-tinh");
    assert.equal(all.length, tenant.agencies.length);
    assert.deepEqual(agenciesInScope(tenant.agencies, "xa-25681"), ["xa-25681"]);
    const district = agenciesInScope(tenant.agencies, "huyen-711");
    assert.ok(district.includes("xa-25681") && !district.includes("so-tu-phap"));
  });

  test("only the one-stop unit receives, only leaders and the authorised sign results", () => {
    const roles = ["one-stop", "specialist", "leader", "accountant", "administrator"] as const;
    const who = (action: Parameters<typeof mayDo>[1]) =>
      roles.filter((role) => mayDo({ role, maySign: role === "leader" }, action));
    assert.deepEqual(who("receive"), ["one-stop"]);
    assert.deepEqual(who("sign-result"), ["leader"]);
    assert.ok(mayDo({ role: "specialist", maySign: true }, "sign-result"));
    assert.deepEqual(who("record-result"), ["specialist", "leader"]);
  });
});
