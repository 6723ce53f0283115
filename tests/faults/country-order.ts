/** A dossier and its payment in a running country, opened as the portal does, and what became of it. */
import assert from "node:assert/strict";
import pg from "pg";
import { systemClock } from "#kit/clock.ts";
import { loadConfig } from "#kit/config.ts";
import { openDatabase } from "#kit/db.ts";
import { newSecretId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { type EmbeddedPostgres, joinEmbedded } from "#kit/postgres/index.ts";
import { feesFromConfig, openPayment } from "#province/fees/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import type { Country } from "#tests/support/country.ts";
import { citizenSub, type FiledDossier, fileDossier } from "#tests/support/filed-dossier.ts";

/** Addresses of the running country's own PostgreSQL. */
function databaseOf(country: Country): EmbeddedPostgres {
  const postgres = joinEmbedded({ dataFolder: country.dataDir });
  assert.ok(postgres, "the country's PostgreSQL is running");
  return postgres;
}

/** Files a dossier in the country's own database and opens its payment as the portal does. */
export async function openOrder(country: Country): Promise<{ dossier: FiledDossier; order: string }> {
  const config = loadConfig({ PORT: String(country.port), MOTCUA_DATA: country.dataDir });
  const client = new pg.Client({ connectionString: databaseOf(country).province.migrator });
  client.on("error", () => undefined);
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

export async function feeState(country: Country, dossier: FiledDossier): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: databaseOf(country).province.app });
  client.on("error", () => undefined);
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
