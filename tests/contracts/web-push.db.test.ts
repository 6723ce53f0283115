/** The province's web push against a push service that decrypts what it gets: neither is judged by itself. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import pg from "pg";
import { fixedClock } from "#kit/clock.ts";
import { createWorker } from "#kit/jobs.ts";
import { newId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { listNoticesOf, noticeJobs } from "#province/messages/index.ts";
import { putChoice, putDevice } from "#province/messages/notice-store.ts";
import { createPushHouse, isVapid } from "#sandbox/messages/push-service.ts";
import { withDatabase } from "../support/database.ts";
import { citizenSub, fileDossier } from "../support/filed-dossier.ts";

const TENANT = "tayninh";
const MORNING = "2026-11-20T02:00:00Z";

test("a device gets the message encrypted for it alone; one that unsubscribed is forgotten", async () => {
  const house = createPushHouse();
  const shown: { title: string; body: string }[] = [];
  const vouched: boolean[] = [];
  let origin = "";
  let gone = false;
  const server = createServer((request, response) => {
    vouched.push(isVapid(request.headers.authorization ?? "", origin, new Date()));
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      if (!gone) shown.push(house.open(Buffer.concat(parts)));
      response.writeHead(gone ? 410 : 201).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endpoint = `${origin}/push/1`;
  try {
    await withDatabase("province", async (database, place) => {
      const client = new pg.Client(place.appUrl);
      await client.connect();
      const filed = () => fileDossier(client, TENANT);
      const db = database.forTenant(TENANT);
      const device = {
        endpoint,
        p256dh: house.publicKey.toString("base64url"),
        auth: house.auth.toString("base64url"),
      };
      await putDevice(database, TENANT, citizenSub, { id: newId(), ...device, name: "Chrome" });
      await putChoice(db, citizenSub, ["push"], "vi");
      const { default: webPush } = await import("web-push");
      const made = webPush.generateVAPIDKeys();
      const log = createLog("test");
      log.level = "silent";
      const worker = createWorker({
        database,
        log,
        handlers: noticeJobs({
          database,
          clock: fixedClock(MORNING),
          send: async () => assert.fail("nothing else was chosen"),
          zalo: undefined,
          push: { keys: () => made, subject: "mailto:a@example.vn" },
          portalOrigin: () => "https://dichvucong.example.vn",
        }),
      });
      const first = await filed();
      await worker.drain();
      assert.match(shown[0]?.title ?? "", /^HS \d{3}\.\d{3}: Hồ sơ đã gửi$/);
      gone = true;
      await filed();
      await worker.drain();
      assert.equal((await listNoticesOf(db, first.id))[0]?.deliveries[0]?.status, "sent");
      await filed();
      await worker.drain();
      assert.equal(shown.length, 1);
      assert.deepEqual(vouched, [true, true], "nothing is sent to a device that is gone");
      await client.end();
    });
  } finally {
    server.close();
  }
});
