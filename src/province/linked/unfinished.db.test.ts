/** Messages to another province that do not arrive: seen with their cause, told, asked again within bounds, sent by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { toText } from "#kit/html.ts";
import { newId } from "#kit/ids.ts";
import { signBody } from "#kit/signed-body.ts";
import { findDossier } from "#province/dossiers/index.ts";
import { deskExample } from "#province/handling/desk-example.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { FAR_HOME, type LinkedExample, linkedExample } from "./linked-example.ts";
import { linkedOfDeskDossier } from "./show-linked.ts";
import { AGAIN_EVERY_HOURS, AGAIN_MOST, sweepLinked } from "./unfinished.ts";
import { unfinishedRoutes } from "./unfinished-routes.ts";
import { listUnfinished, sendAgain } from "./unfinished-store.ts";

const HOUR = 3_600_000;

/** A linked filing whose second part is opened at Kon Tum by the worker's next round; answers the part's conversation. */
async function filedFarAway(country: LinkedExample): Promise<{ readonly whole: string; readonly far: string }> {
  const whole = await country.file({ nycLoaiCuTru: "tamTru", ttNoiThuongTru: FAR_HOME, extractCopies: 0 });
  const birth = await country.part(whole, "birth");
  await country.receive("tayninh", birth.id);
  await country.decide("tayninh", birth.id, { soDinhDanh: "072226000123" });
  return { whole, far: (await country.part(whole, "residence")).id };
}

/** Something of another system has the place of the first message at Kon Tum. */
async function takePlace({ sites, key }: LinkedExample, conversation: string): Promise<void> {
  const message = { id: newId(), from: "tayninh", to: "kontum", conversation, seq: 2, content: { kind: "release" } };
  const body = JSON.stringify(message);
  const headers = { "content-type": "application/json", "x-province": "tayninh", ...signBody(key, body, new Date()) };
  const taken = await sites["kontum"]?.inject({ method: "POST", url: "/lien-thong/tin", headers, payload: body });
  assert.equal(taken?.statusCode, 200);
}

test("refused: told once, asked again within bounds, then by an administrator; both desks see what is not done", () =>
  withProvince(async (database, place) => {
    const country = await linkedExample(database);
    const desk = await deskExample(database);
    try {
      const { whole, far } = await filedFarAway(country);
      await takePlace(country, far);
      const move = (sql: string) => withAdmin(place, (client) => client.query(sql));
      await move("update linked_message set seq = 1 where tenant = 'kontum' and direction = 'in'");
      await country.drain();
      const db = database.forTenant("tayninh");
      const at = (hours: number) => new Date(Date.now() + hours * HOUR);
      assert.deepEqual((await listUnfinished(db, at(-1), undefined)).rows, [], "what is young is nobody's worry");
      const [stuck] = (await listUnfinished(db, at(1), undefined)).rows;
      assert.deepEqual(
        [stuck?.kind, stuck?.direction, stuck?.other, stuck?.failure, stuck?.live, stuck?.told],
        ["open", "out", "kontum", "refused", false, false],
      );
      assert.match(stuck?.detail ?? "", /409/);

      const sweep = (hours: number) => sweepLinked({ database, clock: { now: () => at(hours) } }, "tayninh");
      assert.deepEqual(await sweep(1), { told: 1, again: 0 });
      assert.deepEqual(await sweep(1.1), { told: 0, again: 0 });
      const told = await move(
        "select o.role from officer_reminder r join officer o on o.id = r.officer_id where r.kind = 'linked-unfinished'",
      );
      assert.ok(told.rows.length > 0 && told.rows.every(({ role }) => role === "administrator"));
      let asked = 0;
      for (let round = 1; round <= AGAIN_MOST + 3; round += 1) {
        asked += (await sweep(1.1 + round * (AGAIN_EVERY_HOURS + 0.1))).again;
        await country.drain();
      }
      assert.equal(asked, AGAIN_MOST);

      const dossier = await findDossier(database, { tenant: "tayninh", dossierId: whole });
      assert.ok(dossier && stuck);
      const side = async () => {
        const block = await linkedOfDeskDossier({ database, tenant: "tayninh", now: at(1) }, dossier, () => true, "vi");
        return block === null ? "" : toText(block);
      };
      assert.match(await side(), /Tin gửi [^<]*Kon Tum chưa đến nơi.* Quản trị viên đã được báo/);

      unfinishedRoutes(desk.site, { ...desk.handling, clock: { now: () => at(1) } });
      const cookie = await desk.signIn("quantri.tayninh");
      const page = await desk.site.inject({ url: "/quan-tri/lien-tinh", headers: { cookie } });
      assert.match(page.body, /Hệ thống của tỉnh bên từ chối tin này/);
      assert.match(page.body, /Không tự gửi lại nữa/);
      await move("delete from linked_message where tenant = 'kontum' and direction = 'in'");
      const again = await desk.site.inject({
        method: "POST",
        url: `/quan-tri/lien-tinh/${stuck.id}/gui-lai`,
        headers: { cookie, origin: "http://localhost:8083", "content-type": "application/x-www-form-urlencoded" },
      });
      assert.equal(again.statusCode, 303);
      await country.drain();
      assert.equal((await findDossier(database, { tenant: "kontum", dossierId: far }))?.state, "filed");
      assert.deepEqual((await listUnfinished(db, at(1), undefined)).rows, []);
      assert.doesNotMatch(await side(), /chưa đến nơi/);
      const audited = await move("select actor from audit where action = 'linked.send-again'");
      assert.match(String(audited.rows[0]?.actor), /^officer:/);
      assert.equal(await sendAgain(database, "tayninh", { id: stuck.id, actor: "officer:1" }), "gone");
    } finally {
      await country.close();
      await desk.site.close();
    }
  }));

test("silent: the worker goes on and it is sent at once by hand; what waits for an earlier one is the neighbour's to send", () =>
  withProvince(async (database) => {
    const country = await linkedExample(database);
    try {
      const { far } = await filedFarAway(country);
      await takePlace(country, far);
      const portals = country.portals as Record<string, string>;
      const portal = portals["kontum"] ?? "";
      portals["kontum"] = "http://127.0.0.1:9";
      await country.drain();
      const later = new Date(Date.now() + HOUR);
      const at = async (tenant: string) => (await listUnfinished(database.forTenant(tenant), later, undefined)).rows[0];
      const silent = await at("tayninh");
      assert.deepEqual([silent?.failure, silent?.live, silent?.waits], ["silent", true, null]);
      const early = await at("kontum");
      assert.deepEqual([early?.direction, early?.seq, early?.waits], ["in", 2, "number"]);
      assert.equal(await sendAgain(database, "kontum", { id: early?.id ?? "", actor: "officer:1" }), "waits");
      portals["kontum"] = portal;
      assert.equal(await sendAgain(database, "tayninh", { id: silent?.id ?? "", actor: "officer:1" }), "again");
      await country.drain();
      assert.equal((await findDossier(database, { tenant: "kontum", dossierId: far }))?.state, "filed");
      assert.equal(await at("kontum"), undefined);
    } finally {
      await country.close();
    }
  }));
