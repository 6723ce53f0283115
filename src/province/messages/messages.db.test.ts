import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { createWorker, type Job, JobLater } from "#kit/jobs.ts";
import { newId, newSecretId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { declineDossier, fileDossier, startDraft, type Applicant } from "#province/dossiers/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { noticeJobs } from "./index.ts";
import { markRead, putChoice } from "./notice-store.ts";
import { listNotices, listNoticesOf } from "./notice-view.ts";
import { notBefore } from "./quiet-hours.ts";
import { tellCitizen } from "./tell-citizen.ts";
import { EVENTS } from "./notice.ts";
import { shortNumber, smsText, textsWith } from "./templates.ts";

const TENANT = "tayninh";
const MORNING = "2026-11-20T02:00:00Z";

const person: Applicant = {
  sub: newId(),
  name: "Nguyễn Văn An",
  identityNumber: "072090000101",
  identityKind: "cccd",
  phone: "0900000101",
  email: "an@example.vn",
};

async function filed(database: Database): Promise<{ dossierId: string; version: number }> {
  const started = await startDraft(database, {
    tenant: TENANT,
    procedure: {
      code: "1.001193",
      version: 1,
      name: { vi: "Khai sinh", en: "Birth" },
      fieldCode: "HT",
      fieldName: { vi: "Hộ tịch", en: "Civil status" },
    },
    agency: { id: "xa-25681", name: "UBND Thị trấn Bến Cầu", identifier: "000.20.31.H53" },
    channel: "provincial-portal",
    applicant: person,
  });
  assert.ok(started.ok);
  const done = await fileDossier(database, {
    tenant: TENANT,
    dossierId: started.dossierId,
    applicantSub: person.sub,
    submissionId: newSecretId(),
    answers: {},
    delivery: { handIn: "online", receive: "online" },
    dues: [],
  });
  assert.ok(done.ok);
  return { dossierId: started.dossierId, version: done.version };
}

test("what happens to a dossier is told once on each chosen channel, tried again when a gateway fails, and seen at the desk", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant(TENANT);
    const sent: { channel: string; to: string; text: string }[] = [];
    let down = true;
    let now = new Date(MORNING);
    const deliveries: Job[] = [];
    const log = createLog("test");
    log.level = "silent";
    const handlers = noticeJobs({
      database,
      clock: { now: () => now },
      send: async (job) => {
        const message = job.payload as { channel: string; to: string; text: string };
        if (message.channel === "mail" && down) throw new Error("no mail today");
        sent.push(message);
      },
      zalo: undefined,
      push: { keys: () => ({ publicKey: "", privateKey: "" }), subject: "mailto:a@example.vn" },
      portalOrigin: () => "https://dichvucong.example.vn",
    });
    const deliver = async (job: Job) => {
      deliveries.push(job);
      await handlers["notice-delivery"]?.(job);
    };
    const worker = createWorker({ database, log, handlers: { ...handlers, "notice-delivery": deliver } });
    const { dossierId, version } = await filed(database);
    await worker.drain();
    assert.deepEqual(
      sent.map(({ channel, to }) => [channel, to]),
      [["sms", "0900000101"]],
    );
    assert.equal(
      await tellCitizen(
        { database, clock: fixedClock(MORNING), zalo: true },
        { tenant: TENANT, dossierId, source: "history:2" },
      ),
      false,
      "told already",
    );
    const waiting = (await listNoticesOf(db, dossierId))[0]?.deliveries ?? [];
    assert.deepEqual(
      waiting.map(({ channel, status, tries }) => [channel, status, tries]),
      [
        ["mail", "waiting", 1],
        ["sms", "sent", 1],
      ],
    );
    down = false;
    // The gateway is well again at eleven at night: nobody is woken.
    const tried = deliveries.findLast(({ key }) => key.endsWith(":mail"));
    assert.ok(tried);
    now = new Date("2026-11-20T16:00:00Z");
    await assert.rejects(deliver(tried), (error) => error instanceof JobLater && error.seconds === 8 * 3_600);
    assert.equal(sent.length, 1);
    const [mail] = (await listNoticesOf(db, dossierId))[0]?.deliveries ?? [];
    assert.deepEqual([mail?.status, mail?.notBefore], ["waiting", new Date("2026-11-21T00:00:00Z")]);
    now = new Date(MORNING);
    await putChoice(db, person.sub, ["mail"], "en");
    const declined = await declineDossier(database, {
      tenant: TENANT,
      dossierId,
      expectedVersion: version,
      actor: { kind: "officer", id: "cb-1", name: "Võ Thị Kim Liên" },
      text: "Giấy chứng sinh không đọc được, đề nghị chụp lại.",
    });
    assert.ok(declined.ok);
    await worker.drain();
    const list = (await listNotices(db, person.sub, undefined)).notices;
    assert.deepEqual(
      list.map(({ event }) => event),
      ["declined", "filed"],
    );
    assert.equal(sent.filter(({ channel }) => channel === "sms").length, 1, "no text any more: it was not chosen");
    const [newest] = list;
    assert.ok(newest);
    assert.equal(await markRead(db, newId(), newest.id), undefined, "somebody else's notice does not exist");
    assert.equal(await markRead(db, person.sub, newest.id), dossierId);
    assert.deepEqual((await listNotices(database.forTenant("kontum"), person.sub, undefined)).notices, []);
  });
});

test("nothing rings at night, and a text has no link and no six digits in a row", () => {
  assert.equal(notBefore(new Date("2026-11-20T14:00:00Z")).toISOString(), "2026-11-21T00:00:00.000Z");
  assert.equal(notBefore(new Date("2026-11-20T23:59:00Z")).toISOString(), "2026-11-21T00:00:00.000Z");
  assert.equal(notBefore(new Date("2026-11-20T13:59:00Z")).toISOString(), "2026-11-20T13:59:00.000Z");
  assert.equal(shortNumber(363815), "HS 363.815");
  const facts = {
    number: 1_363_815,
    givenName: "An",
    code: "000.20.31.H53-200610-0007",
    dueAt: "2026-11-23T10:00:00Z",
    amount: 1_000_000,
  };
  for (const event of EVENTS)
    for (const lang of ["vi", "en"] as const) {
      const text = smsText({ event, facts, at: new Date(0) }, lang, "DVC Tây Ninh", textsWith([]));
      assert.doesNotMatch(text, /https?:|www\.|\d{6}/);
      assert.match(text, /^[\u0020-\u007e]+$/, text);
      assert.ok(text.length <= 306, text);
    }
});
