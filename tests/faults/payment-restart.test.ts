/** The whole street is killed outright in the middle of a payment; the next start must know of it without help. */
import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { systemClock } from "#kit/clock.ts";
import { loadConfig } from "#kit/config.ts";
import { openDatabase } from "#kit/db.ts";
import { newSecretId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { type EmbeddedPostgres, joinEmbedded } from "#kit/postgres/index.ts";
import { feesFromConfig, openPayment } from "#province/fees/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { type Country, startCountry } from "#tests/support/country.ts";
import { citizenSub, type FiledDossier, fileDossier } from "#tests/support/filed-dossier.ts";
import { press, within60s } from "./payment-street.ts";

const WALLET = { phone: "0900000101", password: "000000", otp: "000000" };

/** Addresses of the running country's own PostgreSQL. */
function databaseOf(country: Country): EmbeddedPostgres {
  const postgres = joinEmbedded({ dataFolder: country.dataDir });
  assert.ok(postgres, "the country's PostgreSQL is running");
  return postgres;
}

/** Files a dossier in the country's own database and opens its payment as the portal does. */
async function openOrder(country: Country): Promise<{ dossier: FiledDossier; order: string }> {
  const config = loadConfig({ PORT: String(country.port), MOTCUA_DATA: country.dataDir });
  const client = new pg.Client({ connectionString: databaseOf(country).province.migrator });
  await client.connect();
  const dossier = await fileDossier(client, "tayninh").finally(() => client.end());
  const database = openDatabase({ url: databaseOf(country).province.app, role: "test" });
  try {
    const fees = feesFromConfig(config, findTenant("tayninh"), {
      database,
      clock: systemClock,
      log: createLog("test"),
    });
    const opened = await openPayment(fees, {
      dossier: {
        ...dossier,
        code: null,
        state: "filed",
        applicantSub: citizenSub,
        applicant: { name: "Nguyễn Văn An", identityNumber: "072090000101" },
        procedure: { code: "1.001193", name: { vi: "Đăng ký khai sinh", en: "Birth registration" } },
        agency: { id: "ubnd-tinh", name: "UBND tỉnh", identifier: "000.00.00.H53" },
      },
      requestId: newSecretId(),
      payerIp: "127.0.0.1",
    });
    assert.ok(opened.kind === "redirect");
    return { dossier, order: opened.payUrl };
  } finally {
    await database.close();
  }
}

async function feeState(country: Country, dossier: FiledDossier): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: databaseOf(country).province.app });
  await client.connect();
  try {
    await client.query("select set_config('app.tenant', 'tayninh', false)");
    const { rows } = await client.query<{ fee_state: string }>("select fee_state from dossier where id = $1", [
      dossier.id,
    ]);
    return rows[0]?.fee_state;
  } finally {
    await client.end();
  }
}

test("kill -9 of the whole street after the wallet took the money: the next start settles it by itself", {
  timeout: 240_000,
}, async () => {
  let country = await startCountry();
  try {
    const { dossier, order } = await openOrder(country);
    const wallet = await press(`${order}/thanh-toan`, { lan: newSecretId(), kenh: "momo" });
    assert.ok(wallet);
    // The hub's web process dies first, so that the wallet's callback finds nobody.
    const web = country.document.processes.find((process) => process.role === "national-web");
    assert.ok(web);
    process.kill(web.pid, "SIGKILL");
    const back = await press(wallet.location, WALLET);
    assert.equal(back?.status, 303);
    await country.kill();
    country = await startCountry({ port: country.port, dataDir: country.dataDir });
    await within60s("the dossier is paid", async () => (await feeState(country, dossier)) === "paid");
  } finally {
    await country.stop();
  }
});
