import assert from "node:assert/strict";
import { test } from "node:test";
import { instantOf } from "#kit/calendar.ts";
import { buildDossierRecord, type DossierFacts } from "#protocols/dossier-sync/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { listIndexedDossiers, receiveSync, signInProvince } from "./index.ts";

const provinces = [
  { code: "tayninh", identifier: "H53", portal: "http://localhost:8082", password: "mat-khau-tay-ninh" },
  { code: "kontum", identifier: "H34", portal: "http://localhost:8084", password: "mat-khau-kon-tum" },
];

const whole: DossierFacts = {
  number: 363_816,
  code: null,
  version: 2,
  link: "http://localhost:8082/ho-so/1",
  procedure: { code: "2.000986", name: "Liên thông khai sinh", fieldCode: "HT", fieldName: "Hộ tịch" },
  way: "online",
  filedAtNationalPortal: false,
  holder: "Nguyễn Minh Khôi",
  techId: "an",
  identityNumber: "072090000101",
  email: "",
  phone: "",
  summary: "",
  note: "",
  status: 1,
  filedAt: instantOf("2026-11-20", 8),
  receivedAt: null,
  dueAt: null,
  finishedAt: null,
  returnedAt: null,
  refusedAt: null,
  returnedByPost: false,
  agencyName: "UBND thị trấn Bến Cầu",
  owed: 0,
  payableOnline: false,
  papers: [],
  dues: [],
  supplements: [],
  results: [],
};
const partOf = { province: "tayninh", number: 363_816 };
const residence = { code: "1.004222", name: "Đăng ký thường trú", fieldCode: "CT", fieldName: "Cư trú" };

test("parts of a linked filing, in whatever province, stand beneath it and are counted with it; a part told first stands alone until then", () =>
  withDatabase("national", async (database) => {
    const deps = { database, provinces };
    const send = async (province: "tayninh" | "kontum", facts: DossierFacts) => {
      const { code, identifier, password } = provinces.find((one) => one.code === province) ?? provinces[0] ?? never();
      const { session } = await signInProvince(deps, { username: code, password });
      const data = [buildDossierRecord(facts)];
      const madonvi = `000.00.00.${identifier}`;
      const answer = await receiveSync(deps, {
        session,
        madonvi,
        service: "DongBoHoSoMC",
        isUpdating: "True",
        data,
      });
      assert.equal(answer.error_code, "0", answer.message);
    };
    const mine = async (text?: string) =>
      (await listIndexedDossiers(database, { techId: "an", ...(text ? { text } : {}) })).dossiers.map(
        ({ number, parts }) => [number, ...parts.map((part) => `${part.province} ${part.number}`)],
      );
    await send("tayninh", { ...whole, number: 363_817, partOf });
    assert.deepEqual(await mine(), [["363817"]]);
    await send("tayninh", whole);
    const there = { ...whole, number: 12, procedure: residence, link: "http://localhost:8084/ho-so/1", partOf };
    await send("kontum", there);
    const listed = [["363816", "kontum 12", "tayninh 363817"]];
    assert.deepEqual(await mine(), listed);
    assert.deepEqual(await mine("thuong tru"), listed, "words of a part find the whole");
    // Another person's dossier that names the same whole is not shown to this one.
    await send("kontum", { ...there, number: 13, techId: "binh" });
    assert.deepEqual(await mine(), listed);
  }));

function never(): never {
  throw new Error("no province");
}
