import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findDossier } from "#province/dossiers/index.ts";
import { aDossierAtTheDesk, deskExample } from "#province/handling/desk-example.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { findHandover } from "./handover-store.ts";
import { handoverRoutes } from "./index.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";

describe("handing over a result", () => {
  test("only what may be returned, to the applicant or with an authorisation, signed on the screen, once", () =>
    withProvince(async (database, place) => {
      const clock = { now: () => new Date() };
      const desk = await deskExample(database, { clock });
      handoverRoutes(desk.site, { ...desk.handling, clock });
      const { id } = await aDossierAtTheDesk(database, desk.files);
      const cookie = await desk.signIn("tiepnhan.tayninh");
      const get = (url: string) => desk.site.inject({ url: `/ho-so/${id}/${url}`, headers: { cookie } });
      const name = (await findDossier(database, { tenant, dossierId: id }))?.applicant.name ?? "";
      const post = async (values: Record<string, string>) => {
        const version = String((await findDossier(database, { tenant, dossierId: id }))?.version);
        const form = { version, name, identity: "072090000101", strokes: "10,10 200,90;220,40 400,160", ...values };
        return desk.site.inject({
          method: "POST",
          url: `/ho-so/${id}/ban-giao`,
          headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams(form).toString(),
        });
      };
      assert.match((await get("ban-giao")).body, /Kết quả chưa trả được/);
      assert.equal((await post({})).statusCode, 422);
      assert.equal(await findHandover(database.forTenant(tenant), id), undefined);

      await withAdmin(place, (client) =>
        client.query(
          `update dossier set state = 'result-ready', code = '000.20.31.H53-261120-0001', received_at = now(), due_at = now(),
             fee_state = 'none', result_id = gen_random_uuid()::text, result_signed = true where id = $1`,
          [id],
        ),
      );
      const stranger = await post({ name: "Trần Văn Khác" });
      assert.match(stranger.body, /phải có giấy ủy quyền/);
      assert.match(stranger.body, /value="10,10 200,90;220,40 400,160"/);
      assert.match((await post({ strokes: "<script>" })).body, /Chữ ký không đọc được/);

      assert.equal((await post({})).statusCode, 303);
      assert.equal((await findDossier(database, { tenant, dossierId: id }))?.state, "returned");
      const shown = await get("ban-giao");
      assert.match(shown.body, /072•••••0101/);
      const picture = await get("ban-giao/chu-ky.png");
      assert.equal(picture.rawPayload.subarray(1, 4).toString(), "PNG");
      // A second press, or a colleague's, changes nothing.
      await post({ name: "Trần Văn Khác", authorisation: "Số 12/UQ ngày 20/11/2026" });
      const kept = await findHandover(database.forTenant(tenant), id);
      assert.deepEqual([kept?.receiverName, kept?.authorisation], [name, ""]);
    }));
});
