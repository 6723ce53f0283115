import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedClock } from "#kit/clock.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { ACTIONS, type DossierAction } from "#province/dossiers/index.ts";
import { aDossierAtTheDesk, deskExample } from "#province/handling/desk-example.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { checkText } from "./check-text.ts";
import { noticeJobs, textRoutes } from "./index.ts";
import { EVENTS, type NoticeEvent } from "./notice.ts";
import { listNoticesOf } from "./notice-view.ts";
import { notBefore } from "./quiet-hours.ts";
import { fillTemplate, textsWith } from "./templates.ts";
import { readQuiet, readTexts } from "./text-view.ts";
import { USUAL_TEXTS } from "./usual-texts.ts";

const tenant = "tayninh";
const origin = "http://localhost:8083";

/** What the citizen is told of each action of the lifecycle; null: it changes nothing that the citizen cares about. */
const TOLD: Readonly<Record<DossierAction, NoticeEvent | null>> = {
  save: null,
  file: "filed",
  receive: "received",
  decline: "declined",
  "request-supplement": "supplement-requested",
  "remind-supplement": "supplement-reminder",
  // The officer decides what follows; that is told.
  "expire-supplement": null,
  "answer-supplement": null,
  forward: null,
  step: null,
  note: null,
  reschedule: "put-off",
  "move-deadline": "date-moved",
  "require-fee": "fee-due",
  "mark-fee-paid": "paid",
  "record-result": null,
  "sign-result": "result-ready",
  "return-result": "returned",
  refuse: "refused",
  stop: "stopped",
  withdraw: "withdrawn",
  "set-substate": null,
  close: null,
};

test("each action of the lifecycle is told as the table says, exactly once, whatever is repeated", () =>
  withProvince(async (database, place) => {
    const desk = await deskExample(database);
    const { id } = await aDossierAtTheDesk(database, desk.files);
    const log = createLog("test");
    log.level = "silent";
    const sent: string[] = [];
    const worker = createWorker({
      database,
      log,
      handlers: noticeJobs({
        database,
        clock: fixedClock("2026-11-20T02:00:00Z"),
        send: async (job) => void sent.push((job.payload as { channel: string }).channel),
        zalo: undefined,
        push: { keys: () => ({ publicKey: "", privateKey: "" }), subject: "mailto:a@example.vn" },
        portalOrigin: () => "https://dichvucong.example.vn",
      }),
    });
    await worker.drain();
    const eventsSince = async (known: number) =>
      (await listNoticesOf(database.forTenant(tenant), id))
        .toReversed()
        .slice(known)
        .map(({ event }) => event);
    assert.deepEqual(await eventsSince(0), ["filed"]);
    let known = 1;
    for (const action of ACTIONS.filter((one) => one !== "file")) {
      await withAdmin(place, async (client) => {
        await client.query("select set_config('app.tenant', $1, false)", [tenant]);
        const put =
          "select history_put($1, '{\"kind\":\"system\",\"name\":\"test\"}', $2, 'processing', 'processing', '{}') as seq";
        const { rows } = await client.query<{ seq: number }>(put, [id, action]);
        const again = { dossierId: id, source: `history:${rows[0]?.seq}` };
        if (TOLD[action]) await client.query("select job_put('citizen-notice', $1, $2)", [id, JSON.stringify(again)]);
      });
      await worker.drain();
      const told = await eventsSince(known);
      assert.deepEqual(told, TOLD[action] ? [TOLD[action]] : [], action);
      known += told.length;
    }
    assert.equal(sent.length, known * 2, "each once by SMS and once by mail");
  }));

test("the usual words pass the checks that administrators' words must pass", () => {
  for (const event of EVENTS)
    for (const lang of ["vi", "en"] as const)
      assert.deepEqual(checkText(event, lang, USUAL_TEXTS[lang][event], "DVC Tây Ninh"), [], `${event} ${lang}`);
});

test("words with links, numbers like a code, unknown facts, open brackets or too many letters are refused with the reason", () => {
  const faults = (text: string, title = "Đã tiếp nhận") =>
    checkText("received", "vi", { title, text }, "DVC Tây Ninh").map(({ fault }) => fault);
  assert.deepEqual(faults("Xem tại https://dichvucong.example.vn để biết."), ["link"]);
  assert.deepEqual(faults("Xem tại dichvucong.tayninh.gov.vn để biết."), ["link"]);
  assert.deepEqual(faults("Gọi tổng đài 1900123456 để được giúp."), ["digits"]);
  assert.deepEqual(faults("Số tiền là {so_tien} cần nộp."), ["unknown"]);
  assert.deepEqual(faults("Hẹn trả kết quả [ngày {ngay_hen}."), ["brackets"]);
  assert.deepEqual(faults("Mã hồ sơ của bạn là {ma_ho_so}."), ["code-bare"]);
  assert.deepEqual(faults("Đã tiếp nhận 😀 hồ sơ của bạn."), ["sms-letters"]);
  assert.deepEqual(faults("Cảm ơn bạn đã gửi hồ sơ. ".repeat(14)), ["sms-length"]);
  assert.deepEqual(faults("Đã nhận hồ sơ.", "x"), ["title-length"]);
  assert.deepEqual(faults("Đã nhận hồ sơ[, hẹn {ngay_hen}]."), []);
  const facts = { number: 1, givenName: "An" };
  assert.equal(fillTemplate("Chào {ten}[, hẹn {ngay_hen}].", facts), "Chào An.");
});

test("an administrator sees a preview, changes the words and the quiet hours; what was told before keeps its words", () =>
  withProvince(async (database) => {
    const desk = await deskExample(database);
    const clock = { now: () => new Date() };
    textRoutes(desk.site, { ...desk.handling, clock });
    const cookie = await desk.signIn("quantri.tayninh");
    const db = database.forTenant(tenant);
    const post = (url: string, values: Record<string, string>) =>
      desk.site.inject({
        method: "POST",
        url,
        headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams(values).toString(),
      });
    const words = {
      "title-vi": "Hồ sơ đã vào sổ",
      "text-vi": "Chào {ten}, hồ sơ đã vào sổ.[ Hẹn trả {ngay_hen}.]",
      "title-en": "Registered",
      "text-en": "Dear {ten}, it is registered.[ Due {ngay_hen}.]",
    };
    const url = "/quan-tri/thong-bao/received";
    const bad = await post(url, { ...words, "text-en": "See www.example.vn please", viec: "luu" });
    assert.equal(bad.statusCode, 422);
    assert.match(bad.body, /Không được có đường liên kết[\s\S]*hồ sơ đã vào sổ/);
    const looked = await post(url, { ...words, viec: "xem" });
    assert.match(looked.body, /Chao Nguyet, ho so da vao so\. Hen tra 17:00 03\/12\/2026\./);
    assert.deepEqual(
      (await readTexts(db))("received", "vi", new Date()),
      USUAL_TEXTS.vi.received,
      "a preview saves nothing",
    );
    const before = new Date(Date.now() - 60_000);
    assert.equal((await post(url, { ...words, viec: "luu" })).statusCode, 303);
    const texts = await readTexts(db);
    const soon = new Date(Date.now() + 60_000);
    assert.equal(texts("received", "vi", soon).title, "Hồ sơ đã vào sổ");
    assert.equal(texts("received", "vi", before).title, USUAL_TEXTS.vi.received.title);
    assert.match((await desk.site.inject({ url: "/quan-tri/thong-bao", headers: { cookie } })).body, /Tỉnh tự soạn/);
    assert.equal((await post(url, { viec: "san-co" })).statusCode, 303);
    assert.equal((await readTexts(db))("received", "vi", soon).title, USUAL_TEXTS.vi.received.title);
    assert.deepEqual(textsWith([])("filed", "en", soon), USUAL_TEXTS.en.filed);

    assert.equal((await post("/quan-tri/thong-bao", { from: "3", to: "7" })).statusCode, 422);
    assert.equal((await post("/quan-tri/thong-bao", { from: "20", to: "8" })).statusCode, 303);
    const quiet = await readQuiet(db);
    assert.equal(notBefore(new Date("2026-11-20T13:30:00Z"), quiet).toISOString(), "2026-11-21T01:00:00.000Z");
  }));
