import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { demoUnregistered } from "#kit/demo.ts";
import { createLog } from "#kit/log.ts";
import { sealJson } from "#kit/crypto.ts";
import { enqueue } from "#kit/jobs.ts";
import { freePort } from "#tests/support/ports.ts";
import { withNational } from "#tests/support/national.ts";
import { createNationalWorker } from "./app.ts";

const log = createLog("test");
log.level = "silent";

test("the worker opens a sealed message, sends it with its own key, and lets one that is too old go", async () => {
  const port = await freePort();
  const got: { body: { to: string; text: string }; key: string }[] = [];
  const gateway = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      got.push({
        body: JSON.parse(body) as { to: string; text: string },
        key: String(request.headers["idempotency-key"]),
      });
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => gateway.listen(port, "localhost", resolve));
  try {
    await withNational(async (national) => {
      const person = demoUnregistered[0] ?? assert.fail();
      const form = {
        identityNumber: person.identityNumber,
        name: person.name,
        birthDate: "19/05/1996",
        phone: person.phone,
        agree: "yes",
      };
      assert.equal((await national.visitor().post("/dang-ky/cong-dan/thue-bao", form)).location, "/dang-ky/otp");
      const old = { to: person.phone, text: "111111", notAfter: Date.now() - 1 };
      await enqueue(national.database, "send-message", "old", {
        sealed: sealJson(national.config.secrets.dataKeys.national, "national:message", old),
      });
      const config = {
        ...national.config,
        services: { ...national.config.services, sms: { url: `http://localhost:${port}/sms` } },
      };
      const worker = createNationalWorker({ config, log, database: national.database });
      assert.equal(await worker.drain(), 2);
      assert.equal(got.length, 1);
      assert.equal(got[0]?.body.to, person.phone);
      assert.match(got[0]?.body.text ?? "", /^\d{6} la ma OTP dang ky tai khoan .* KHONG doc ma nay/);
      assert.match(got[0]?.key ?? "", /^national-\d+$/);
      assert.equal(await worker.drain(), 0);
    });
  } finally {
    gateway.close();
    gateway.closeAllConnections();
  }
});
