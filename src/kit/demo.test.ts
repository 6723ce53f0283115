import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  demoCitizens,
  demoOfficers,
  demoOrigins,
  demoSecrets,
  demoSubscribers,
  demoUnregistered,
  isDemoSecret,
} from "./demo.ts";
import { demoWallets } from "./demo-money.ts";

const everybody = [...demoCitizens, ...demoUnregistered];

describe("the demo country", () => {
  it("has identity numbers whose parts agree with the person: province, century and sex, year of birth", () => {
    for (const { identityNumber, birthDate, sex, address } of everybody) {
      const year = Number(birthDate.slice(0, 4));
      const centuryAndSex = (Math.floor(year / 100) - 19) * 2 + (sex === "female" ? 1 : 0);
      assert.match(identityNumber, /^0\d{11}$/);
      assert.equal(identityNumber.slice(0, 3), `0${address.province}`);
      assert.equal(
        identityNumber.slice(3, 6),
        `${centuryAndSex}${String(year % 100).padStart(2, "0")}`,
        identityNumber,
      );
    }
  });

  it("has phones that no person is known to hold, each registered to its own person", () => {
    for (const phone of [...demoSubscribers, ...demoWallets].map((row) => row.phone))
      assert.match(phone, /^0900000\d{3}$/);
    for (const { phone, identityNumber } of everybody) {
      assert.equal(demoSubscribers.find((row) => row.phone === phone)?.identityNumber, identityNumber);
    }
    assert.equal(new Set(demoSubscribers.map((row) => row.phone)).size, demoSubscribers.length);
  });

  it("gives every officer a name of their own and a secret that authenticator apps accept", () => {
    assert.equal(new Set(demoOfficers.map((row) => row.username)).size, demoOfficers.length);
    for (const { totpSecret, province } of demoOfficers) {
      assert.match(totpSecret, /^[A-Z2-7]{32}$/);
      assert.ok(["tayninh", "kontum"].includes(province));
    }
  });

  it("counts its origins from PORT, by the name localhost", () => {
    const origins = demoOrigins(9000);
    assert.equal(origins.national, "http://localhost:9001");
    assert.deepEqual(
      origins.provinces.map(({ portal, desk }) => [portal, desk]),
      [
        ["http://localhost:9002", "http://localhost:9003"],
        ["http://localhost:9004", "http://localhost:9005"],
      ],
    );
    assert.equal(origins.sandbox, "http://localhost:9006");
  });

  it("knows every secret of its own, so that production can refuse it", () => {
    assert.ok(isDemoSecret(demoSecrets.momo.secretKey));
    assert.ok(isDemoSecret(demoSecrets.dataKeys.province));
    assert.ok(isDemoSecret("demo-anything"));
    assert.ok(!isDemoSecret("3f9c1d2e5b7a4c6d8e0f"));
  });
});
