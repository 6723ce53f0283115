/** The whole of a linked filing on its own pages: paid at once by the person, given to nobody at the desk. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { toText } from "#kit/html.ts";
import { newId, newSecretId } from "#kit/ids.ts";
import { findDossier } from "#province/dossiers/index.ts";
import { demandFee, feePaths, owedOfFiling } from "#province/fees/index.ts";
import { deskExample } from "#province/handling/desk-example.ts";
import { findTenant, payeeOf } from "#province/tenants/index.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { FATHER, linkedExample } from "./linked-example.ts";

const tenant = "tayninh";
const actor = { kind: "officer", id: "o1", name: "Cán bộ" } as const;

test("what the parts owe is paid at once, each amount beside its part; another account is another payment", () =>
  withProvince(async (database) => {
    const example = await linkedExample(database);
    try {
      const whole = await example.file();
      const filing = { wholeId: whole, sub: FATHER.sub };
      const insurance = await example.part(whole, "insurance");
      const waiting = await findDossier(database, { tenant, dossierId: insurance.id });
      const demanded = await demandFee(database, {
        tenant,
        dossierId: insurance.id,
        expectedVersion: waiting?.version ?? 0,
        id: newSecretId(),
        dues: [
          {
            code: "card",
            kind: "fee",
            name: { vi: "Phí in thẻ", en: "Card" },
            amount: 5_000,
            basis: "TT 1",
            refundable: true,
          },
        ],
        reason: "Người nộp xin in thẻ giấy tại cơ quan.",
        wait: false,
        dueAt: new Date(Date.now() + 86_400_000),
        actor,
      });
      assert.ok(demanded.ok, JSON.stringify(demanded));
      const page = async (fees: Parameters<typeof owedOfFiling>[0], who = filing) => {
        const shown = await owedOfFiling(fees, who, "vi");
        return shown === null ? null : toText(shown);
      };
      const one = payeeOf(findTenant(tenant), "bhxh");
      const fees = { database, tenant, payeeOf: () => one };
      const shown = (await page(fees)) ?? "";
      assert.equal(shown.match(/<form /g)?.length, 1);
      assert.ok(shown.includes(`action="${feePaths.payTogether()}"`));
      assert.equal(shown.match(/name="khoan"/g)?.length, 2);
      for (const amount of ["16.000", "5.000", "21.000"]) assert.ok(shown.includes(amount), amount);
      const apart = { ...fees, payeeOf: (id: string) => ({ ...one, account: id }) };
      assert.equal((await page(apart))?.match(/<form /g)?.length, 2);
      assert.equal(await page(fees, { ...filing, sub: newId() }), null, "to nobody else");
    } finally {
      await example.close();
    }
  }));

test("at the desk the whole is nobody's to take or to be given; its parts are", () =>
  withProvince(async (database) => {
    const example = await linkedExample(database);
    const desk = await deskExample(database);
    try {
      const whole = await example.file({ extractCopies: 0 });
      const birth = await example.part(whole, "birth");
      const cookie = await desk.signIn("tiepnhan.tayninh");
      const read = async (id: string) => (await desk.site.inject({ url: `/ho-so/${id}`, headers: { cookie } })).body;
      const mayTake = (body: string, id: string) => body.includes(`/ho-so/${id}/nhan-xu-ly`);
      const ofWhole = await read(whole);
      assert.match(ofWhole, /Hồ sơ liên thông <span class="tabular">số \d/);
      assert.deepEqual([mayTake(ofWhole, whole), ofWhole.includes('id="side-assign"')], [false, false]);
      assert.equal(mayTake(await read(birth.id), birth.id), true);
      const version = (await findDossier(database, { tenant, dossierId: whole }))?.version;
      const post = (url: string, payload: string) =>
        desk.site.inject({
          method: "POST",
          url,
          headers: { cookie, origin: "http://localhost:8083", "content-type": "application/x-www-form-urlencoded" },
          payload,
        });
      for (const act of ["nhan-xu-ly", "ky-so"])
        assert.equal((await post(`/ho-so/${whole}/${act}`, `version=${version}`)).statusCode, 409, act);
      for (const act of ["claim", "sign-copies"]) {
        const batch = newId();
        await post("/hang-loat", `lo=${batch}&viec=${act}&d=${whole}:${version}`);
        const told = await desk.site.inject({ url: `/hang-loat/${batch}`, headers: { cookie } });
        assert.match(told.body, /Xong 0 trên 1 [\s\S]*Đây là hồ sơ liên thông/, act);
      }
      assert.equal((await findDossier(database, { tenant, dossierId: whole }))?.officer, null);
    } finally {
      await example.close();
      await desk.site.close();
    }
  }));
