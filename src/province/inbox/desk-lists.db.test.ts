import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { formatDateTime } from "#kit/calendar.ts";
import { newId } from "#kit/ids.ts";
import { findDossier, receiveDossier } from "#province/dossiers/index.ts";
import { ACTS, everybody, send, stand } from "#province/handling/acts-example.ts";
import { aDossierAtTheDesk, deskExample } from "#province/handling/desk-example.ts";
import { listOfficers } from "#province/officers/index.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { tomorrow } from "../dossiers/dossier-examples.ts";
import { routingJobs } from "./order-jobs.ts";

const ORIGIN = "http://localhost:8083";

describe("the desk's lists", () => {
  test("many dossiers at once: each ends by itself, the same post again does nothing, and the list goes out as a file", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database, {});
      const cookie = await desk.signIn("tiepnhan.tayninh");
      const key = (dossierId: string) => ({ tenant: "tayninh", dossierId });
      const get = (url: string, who = cookie) => desk.site.inject({ url, headers: { cookie: who } });
      const post = (url: string, pairs: readonly (readonly [string, string])[], who = cookie) =>
        desk.site.inject({
          method: "POST",
          url,
          headers: { origin: ORIGIN, cookie: who, "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString(),
        });
      const [first, second, third] = [
        await aDossierAtTheDesk(database, desk.files, { name: "=HYPERLINK(1)" }),
        await aDossierAtTheDesk(database, desk.files),
        await aDossierAtTheDesk(database, desk.files),
      ];
      const version = async (id: string) => (await findDossier(database, key(id)))?.version ?? 0;
      const chosen = await Promise.all(
        [first, second, third].map(async ({ id }) => ["d", `${id}:${await version(id)}`] as const),
      );
      // A colleague is quicker with the second.
      const actor = { kind: "officer", id: newId(), name: "Người khác" } as const;
      const quick = { ...key(second.id), expectedVersion: await version(second.id), actor };
      assert.ok((await receiveDossier(database, quick, { dueTimeOf: tomorrow })).ok);
      const batch = newId();
      const answer = await post("/hang-loat", [["lo", batch], ["viec", "receive"], ["ve", "nhom=mine"], ...chosen]);
      assert.equal(answer.headers.location, `/hang-loat/${batch}`);
      const page = (await get(`/hang-loat/${batch}`)).body;
      assert.match(page, /Xong 2 trên 3 hồ sơ/);
      assert.match(page, /Không làm được/);
      const states = async () => Promise.all([first, second, third].map(async ({ id }) => version(id)));
      const before = await states();
      await post("/hang-loat", [["lo", batch], ["viec", "receive"], ["ve", ""], ...chosen]);
      await post(`/hang-loat/${batch}/tiep`, []);
      assert.deepEqual(await states(), before, "a second post changes nothing");
      const slips = await get(`/hang-loat/${batch}/giay.pdf`);
      assert.match(slips.body.slice(0, 5), /%PDF-/);
      const nothing = await post("/hang-loat", [
        ["lo", newId()],
        ["viec", "receive"],
        ["ve", "nhom=unit"],
      ]);
      assert.equal(nothing.headers.location, "/?nhom=unit");
      assert.match((await get("/?nhom=unit")).body, /Hãy chọn ít nhất một hồ sơ/);

      const csv = (await get("/danh-sach.csv?nhom=unit")).body;
      assert.ok(csv.startsWith("\u{FEFF}"));
      assert.equal(csv.trim().split("\r\n").length, 4);
      assert.match(csv, /"'=HYPERLINK\(1\)"/, "a name is never a formula");
      const book = unzipSync((await get("/danh-sach.xlsx?nhom=unit")).rawPayload);
      const sheet = strFromU8(book["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
      assert.equal(sheet.match(/<row>/g)?.length, 4);
      assert.doesNotMatch(sheet, /<f>/);
      // A date is a date to the spreadsheet: that of filing, on the clock of Viet Nam, in the style of dates.
      const filedOn = formatDateTime(
        new Date(Math.round((Number(/<c s="1"><v>([\d.]+)/.exec(sheet)?.[1]) - 25_569) * 86_400_000) - 25_200_000),
      );
      assert.ok(csv.includes(`"${filedOn}"`), filedOn);
      assert.match(
        strFromU8(book["xl/styles.xml"] ?? new Uint8Array()),
        /<numFmt numFmtId="164" formatCode="dd\/mm\/yyyy/,
      );

      // From dossier to dossier without the list; a batch is its officer's own.
      const list = await get("/?nhom=mine");
      const links = [...list.body.matchAll(/href="(\/ho-so\/[^"]+ds=[^"]+)"/g)].map(([, href]) =>
        (href ?? "").replaceAll("&amp;", "&"),
      );
      assert.equal(links.length, 2);
      const opened = (links[0] ?? "").slice(0, "/ho-so/".length + 36);
      assert.match((await get(links[0] ?? "")).body, /Hồ sơ sau/);
      assert.equal((await get(`${opened}/ke-tiep?huong=sau`)).headers.location, links[1]);
      assert.match((await get(`${opened}/ke-tiep?huong=truoc`)).headers.location ?? "", /^\/\?nhom=mine/);
      const specialist = await desk.signIn("chuyenvien.tayninh");
      assert.equal((await get(`/hang-loat/${batch}`, specialist)).statusCode, 404);

      // Columns and filters stay with the officer.
      await post("/danh-sach/luu", [
        ["mo", "nhom=unit&kenh=post"],
        ["cot", "channel"],
      ]);
      assert.match((await get("/")).body, /Không có hồ sơ nào hợp với cách lọc này/);
      assert.match((await get("/?nhom=unit")).body, /<th scope="col"[^>]*>Kênh nộp/);
    }));

  test("a new dossier goes to whoever has the least to do and is there; a substitute sees what the absent one has", () =>
    withProvince(async (database) => {
      const now = new Date();
      const desk = await deskExample(database, {});
      const admin = await desk.signIn("quantri.tayninh");
      const post = (url: string, pairs: readonly (readonly [string, string])[]) =>
        desk.site.inject({
          method: "POST",
          url: `/quan-tri/phan-cong/${url}`,
          headers: { origin: ORIGIN, cookie: admin, "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString(),
        });
      const [lien] = await listOfficers(database, "tayninh", ["one-stop"]);
      const [tri] = await listOfficers(database, "tayninh", ["specialist"]);
      assert.ok(lien && tri);
      const bad = await post("quy-tac", [
        ["position", "0"],
        ["procedure", "9.999999"],
      ]);
      assert.equal(bad.statusCode, 422);
      assert.match(bad.body, /Thứ tự là số từ 1 đến 999[\s\S]*9\.999999/);
      const rule = [
        ["position", "1"],
        ["procedure", "1.001193"],
        ["officers", lien.id],
        ["officers", tri.id],
      ] as const;
      assert.equal((await post("quy-tac", rule)).statusCode, 303);
      const backwards = await post("vang-mat", [
        ["who", lien.id],
        ["substitute", lien.id],
        ["from", "2/1/2030"],
        ["to", "1/1/2030"],
      ]);
      assert.equal(backwards.statusCode, 422);
      const day = now.toLocaleDateString("en-GB", { timeZone: "Asia/Ho_Chi_Minh" });
      const away = [
        ["who", lien.id],
        ["substitute", tri.id],
        ["from", day],
        ["to", day],
      ] as const;
      assert.equal((await post("vang-mat", away)).statusCode, 303);
      const { id } = await aDossierAtTheDesk(database, desk.files);
      const job = {
        id: 1,
        tenant: "tayninh",
        queue: "dossier-routing",
        key: id,
        attempts: 1,
        payload: { dossierId: id },
      };
      await routingJobs(database)["dossier-routing"](job);
      await routingJobs(database)["dossier-routing"](job);
      const dossier = await findDossier(database, { tenant: "tayninh", dossierId: id });
      assert.equal(dossier?.officer?.id, tri.id, "the other one is away");
      const page = await desk.site.inject({
        url: "/?nhom=mine",
        headers: { cookie: await desk.signIn("chuyenvien.tayninh") },
      });
      assert.match(page.body, new RegExp(`làm thay: ${lien.name}`));
      assert.match(page.body, new RegExp(`/ho-so/${id}`));
    }));

  test("a dossier is taken and given from its own page; a leader signs many results; whoever was slower reads who was quicker", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database);
      const people = await everybody(desk);
      const versionOf = async (id: string) => String((await stand(database, id)).version);
      const made = await Promise.all([1, 2].map(() => aDossierAtTheDesk(database, desk.files)));
      const [one = "", two = ""] = made.map(({ id }) => id);

      const page = (await people.tiepnhan.get(`/ho-so/${one}`)).body;
      assert.match(page, /formaction="\/ho-so\/[^"]+\/nhan-xu-ly" form="giao-viec"/);
      const taken = await people.tiepnhan.post(`/ho-so/${one}/nhan-xu-ly`, { version: await versionOf(one) });
      assert.equal(taken.statusCode, 303);
      assert.doesNotMatch((await people.tiepnhan.get(`/ho-so/${two}`)).body, /Đã nhận xử lý/, "said of the other one");
      assert.match((await people.tiepnhan.get(`/ho-so/${one}`)).body, /Đã nhận xử lý/);
      const [specialist] = await listOfficers(database, "tayninh", ["specialist"]);
      const given = { version: await versionOf(one), "can-bo": specialist?.id ?? "" };
      assert.equal((await people.lanhdao.post(`/ho-so/${one}/giao`, given)).statusCode, 303);
      assert.equal((await stand(database, one)).officer?.id, specialist?.id);
      const late = await people.tiepnhan.post(`/ho-so/${one}/giao`, given);
      assert.equal(late.statusCode, 409);
      assert.match(late.body, /Giao cho cán bộ[\s\S]*Đỗ Hữu Phước/);

      for (const id of [one, two])
        for (const step of [ACTS.filed[2], ACTS.received[5]])
          assert.equal((await send(people, step, id, Number(await versionOf(id)), "")).statusCode, 303, step.name);
      const chosen = [`${one}:${await versionOf(one)}`, `${two}:${await versionOf(two)}`];
      await people.chuyenvien.post(`/ho-so/${two}/luu`, {
        version: await versionOf(two),
        note: "Xem lại số trích lục.",
      });
      const batch = newId();
      const values = { lo: batch, viec: "sign-result", ve: "nhom=mine", d: chosen };
      assert.equal((await people.lanhdao.post("/hang-loat", values)).headers.location, `/hang-loat/${batch}`);
      const outcome = (await people.lanhdao.get(`/hang-loat/${batch}`)).body;
      assert.match(outcome, /Xong 1 trên 2 hồ sơ/);
      assert.match(outcome, new RegExp(`Chưa có gì được ghi từ phía bạn\\. Có thay đổi: ${specialist?.name ?? "-"}`));
      assert.deepEqual(await Promise.all([one, two].map(async (id) => (await stand(database, id)).state)), [
        "result-ready",
        "processing",
      ]);
    }));
});
