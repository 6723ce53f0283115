import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "#kit/errors.ts";
import type { PopulationAnswer, PopulationQuery, PopulationRecord } from "#protocols/population/index.ts";
import { begin, where, withPortal } from "#tests/support/filing-walk.ts";
import { findDossier } from "./dossier-view.ts";
import { PERSON } from "./filing-example.ts";

const HOME = "12 ấp 3, Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh";
const RECORD: PopulationRecord = {
  identityNumber: PERSON.identityNumber,
  name: PERSON.name,
  birthDate: "1990-02-11",
  sex: "male",
  ethnicGroup: "01",
  nationality: "VN",
  maritalStatus: "married",
  residence: HOME,
  cardIssuedOn: "2021-06-18",
  cardIssuedBy: "Bộ Công an",
  father: { name: "Nguyễn Văn Hòa" },
  spouse: { name: "Trần Thị Bích Ngọc", identityNumber: "072194000102", birthDate: "1994-09-03", ethnicGroup: "01" },
};

test("what the population database knows is taken once with consent, shown with its source, and can be changed", async () => {
  const queries: PopulationQuery[] = [];
  let answer: (query: PopulationQuery) => PopulationAnswer = () => {
    throw new AppError("unavailable");
  };
  const population = async (query: PopulationQuery): Promise<PopulationAnswer> => {
    queries.push(query);
    return answer(query);
  };
  await withPortal(
    async (browser, database) => {
      const id = await begin(browser);
      const first = `/ho-so/${id}/ke-khai/nguoi-yeu-cau`;
      const ask = async (fields: Record<string, string> = {}) => {
        assert.equal(where(await browser.post(first, { ...fields, _action: "known" })), first);
        return (await browser.get(first)).body;
      };
      const offered = (await browser.get(first)).body;
      assert.match(offered, /Lấy thông tin của tôi/);
      assert.match(offered, /Từ tài khoản của bạn/);
      assert.equal(queries.length, 0, "nothing is asked before the person agrees");

      const down = await ask({ nycQuanHe: "cha" });
      assert.match(down, /chưa trả lời\. Bạn cứ điền tiếp/);
      assert.match(down, /value="cha" checked/);

      answer = ({ requestId }) => ({ requestId, found: true, person: RECORD });
      const filled = await ask({ nycQuanHe: "cha" });
      assert.match(filled, /value="18\/06\/2021"/);
      assert.match(filled, /Theo CSDL quốc gia về dân cư, lúc \d\d:\d\d \d\d\/\d\d\/\d{4}/);
      assert.doesNotMatch(filled, /Lấy thông tin của tôi/);
      assert.equal(queries.length, 2);
      assert.equal(queries[1]?.purpose, "1.001193");

      const parents = (await browser.get(`/ho-so/${id}/ke-khai/cha-me`)).body;
      assert.match(parents, /value="Trần Thị Bích Ngọc"/);
      assert.match(parents, /Kinh/);
      await browser.post(first, { _action: "known" });
      assert.equal(queries.length, 2, "once per draft");

      const dossier = await findDossier(database, { tenant: "tayninh", dossierId: id });
      assert.equal(dossier?.known?.facts["population.spouse.fullName"], "Trần Thị Bích Ngọc");
      assert.equal(dossier?.known?.facts["population.father.fullName"], undefined, "nothing the form does not use");
      await browser.post(`/ho-so/${id}/ke-khai/cha-me`, { meHoTen: "Trần Thị Ngọc", _action: "save" });
      const changed = (await browser.get(`/ho-so/${id}/ke-khai/cha-me`)).body;
      assert.match(changed, /value="Trần Thị Ngọc"/);

      await browser.post(`/ho-so/${id}/xoa-nhap`, {});
      const gone = await findDossier(database, { tenant: "tayninh", dossierId: id });
      assert.equal(gone?.known, null, "thrown away with the draft");

      answer = ({ requestId }) => ({ requestId, found: true, person: { ...RECORD, name: "Lê Văn Tám" } });
      const other = await begin(browser);
      const there = `/ho-so/${other}/ke-khai/nguoi-yeu-cau`;
      await browser.post(there, { _action: "known" });
      const refused = (await browser.get(there)).body;
      assert.match(refused, /không khớp với tài khoản của bạn/);
      assert.doesNotMatch(refused, /18\/06\/2021/);
      const kept = await findDossier(database, { tenant: "tayninh", dossierId: other });
      assert.deepEqual(kept?.known?.facts, {});
    },
    "tayninh",
    { population },
  );
});
