import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { systemClock } from "#kit/clock.ts";
import { newSecretId } from "#kit/ids.ts";
import { answerPlatform, startAttempt } from "#national/payments/index.ts";
import { withAdmin, withDatabase } from "./support/database.ts";
import { fileDossier } from "./support/filed-dossier.ts";
import { initMessage, makeHub, merchant, startStandIn } from "./support/hub.ts";

interface Finding {
  readonly name: string;
  readonly state: string;
  readonly text: string;
}

/** `motcua doctor --json` with these databases. */
function doctor(
  national: string,
  province: string,
): Promise<{ code: number; find(name: string): Finding | undefined }> {
  const env = { ...process.env, DATABASE_URL_NATIONAL: national, DATABASE_URL_PROVINCE: province };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, "../bin/motcua.mjs"), "doctor", "--json"],
      { env },
      (error, out) => {
        const findings = JSON.parse(out) as Finding[];
        resolve({ code: error ? Number(error.code) : 0, find: (name) => findings.find((one) => one.name === name) });
      },
    );
  });
}

test("doctor says whether ledgers and chained histories are whole, and names what somebody has tampered with", () =>
  withDatabase("national", (database, national) =>
    withDatabase("province", async (_, province) => {
      const standIn = await startStandIn();
      const hub = makeHub(database, standIn, systemClock);
      const { body } = await answerPlatform(hub, merchant.token, initMessage("dvcdoctor1"));
      const orderId = String(JSON.parse((body as { message: string }).message).UrlThanhToan)
        .split("/")
        .at(-1);
      assert.ok(orderId);
      const attempt = { orderId, attemptId: newSecretId(), channel: "momo", payerIp: "127.0.0.1", lang: "vi" } as const;
      await startAttempt(hub, attempt);
      await standIn.close();
      const client = new pg.Client({ connectionString: province.adminUrl });
      await client.connect();
      const dossier = await fileDossier(client, "tayninh").finally(() => client.end());

      const whole = await doctor(national.appUrl, province.appUrl);
      assert.deepEqual(
        ["ledger hub", "history hub", "ledger tayninh", "history tayninh", "history kontum"].map(
          (name) => `${whole.find(name)?.state} ${whole.find(name)?.text}`,
        ),
        ["ok every transaction is zero", "ok 1 fit", "ok every transaction is zero", "ok 1 fit", "ok 0 fit"],
      );
      assert.equal(whole.code, 0);

      const tamper = (place: typeof national, sql: string) =>
        withAdmin(place, (admin) => admin.query(`set session_replication_role = replica; ${sql}`));
      await tamper(national, "update payment_history set source = 'sweep' where seq = 1");
      await tamper(province, "update ledger_entry set amount = amount + 1 where account = 'receivable'");
      await tamper(province, "update dossier_history set action = 'x' where seq = 1");
      const torn = await doctor(national.appUrl, province.appUrl);
      assert.equal(torn.code, 1);
      assert.equal(torn.find("ledger hub")?.state, "ok");
      assert.match(torn.find("history hub")?.text ?? "", new RegExp(`order ${orderId} row 1`));
      assert.match(torn.find("ledger tayninh")?.text ?? "", /total 1, unbalanced 1/);
      assert.match(torn.find("history tayninh")?.text ?? "", new RegExp(`dossier ${dossier.id} row 1`));
    }),
  ));
