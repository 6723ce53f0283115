import assert from "node:assert/strict";
import { test } from "node:test";
import { findDossier, listHistory } from "#province/dossiers/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aDossierAtTheDesk, deskExample } from "./desk-example.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";

test("an officer says where exactly a dossier is, which leaves with the state; what is over is closed once, with a term of storage", () =>
  withProvince(async (database, place) => {
    const desk = await deskExample(database);
    const { id } = await aDossierAtTheDesk(database, desk.files);
    const find = async () => {
      const dossier = await findDossier(database, { tenant, dossierId: id });
      assert.ok(dossier);
      return dossier;
    };
    const sql = (text: string) => withAdmin(place, (client) => client.query(text, [id]));
    const post = async (url: string, cookie: string, values: Record<string, string>) =>
      desk.site.inject({
        method: "POST",
        url: `/ho-so/${id}/${url}`,
        headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams({ version: String((await find()).version), ...values }).toString(),
      });
    const get = async (url: string, cookie: string) =>
      (await desk.site.inject({ url: `/ho-so/${id}${url}`, headers: { cookie } })).body;
    const specialist = await desk.signIn("chuyenvien.tayninh");
    assert.doesNotMatch(await get("", specialist), /Bước chi tiết/, "this procedure has none");
    await sql(
      `update dossier set state = 'processing', code = '000.20.31.H53-261120-0001', received_at = now(), due_at = now() + interval '9 days',
         procedure_code = '1.004363', procedure = jsonb_set(procedure, '{code}', '"1.004363"') where id = $1`,
    );
    assert.match(await get("", specialist), /Bước chi tiết/);
    assert.equal((await post("buoc-chi-tiet", specialist, { code: "khong-co" })).statusCode, 422);
    const text = "Đoàn thẩm định đến cơ sở ngày 25/11/2026.";
    assert.equal((await post("buoc-chi-tiet", specialist, { code: "tham-dinh-co-so", text })).statusCode, 303);
    assert.match(
      await get("", specialist),
      /Hồ sơ đang được xử lý: Thẩm định, kiểm tra tại cơ sở[\s\S]*Đoàn thẩm định đến/,
    );
    const stale = await post("buoc-chi-tiet", specialist, { code: "-", version: "1" });
    assert.equal(stale.statusCode, 409);
    assert.equal((await find()).substate?.code, "tham-dinh-co-so");

    const desk1 = await desk.signIn("tiepnhan.tayninh");
    const close = { term: "years", years: "10", basis: "Danh mục hồ sơ 12/QĐ-UBND", place: "Kho 2, hộp 14" };
    assert.equal((await post("dong", desk1, close)).statusCode, 409, "what is not over is not closed");
    await sql(
      "update dossier set state = 'returned', returned_at = '2026-12-30T03:00Z', finished_at = now() where id = $1",
    );
    assert.equal((await find()).substate, null, "another state, no substate");
    const wrong = await post("dong", desk1, { ...close, years: "700" });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /Nhập số năm từ 1 đến 70[\s\S]*Kho 2, hộp 14/);
    assert.equal((await post("dong", desk1, close)).statusCode, 303);
    assert.match(await get("", desk1), /đến hết năm 2036/);
    assert.equal((await find()).state, "returned", "the national list has no word for it");
    assert.equal((await post("dong", desk1, close)).statusCode, 409, "closed once");
    const actions = (await listHistory(database, { tenant, dossierId: id })).map(({ action }) => action);
    assert.deepEqual(actions.slice(-2), ["set-substate", "close"]);
  }));
