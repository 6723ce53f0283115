import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { loadConfig } from "#kit/config.ts";
import { html } from "#kit/html.ts";
import { createSite } from "#kit/http/index.ts";
import { newSecretId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { findTenant } from "#province/tenants/index.ts";
import { citizenSub, fileDossier } from "#tests/support/filed-dossier.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { feeRoutes, feesFromConfig } from "./index.ts";

test("addresses of payment links cannot be tried out, and one link does not open orders without end", () =>
  withDatabase("province", async (database, place) => {
    const tenant = findTenant("tayninh");
    const log = createLog("test");
    log.level = "silent";
    // The hub of this configuration is not there.
    const config = loadConfig({ PORT: "9", MOTCUA_DATA: "/nonexistent" });
    const origin = config.origins.provinces[0]?.portal ?? "";
    const site = await createSite({
      name: "tayninh-portal",
      origin,
      cookie: "p",
      database,
      log,
      failurePage: (view) => html`<h1>${view.title}</h1>`,
    });
    feeRoutes(site, {
      fees: feesFromConfig(config, tenant, { database, clock: systemClock, log }),
      labels: tenant.labels,
      person: () => ({ sub: citizenSub }),
      signInPath: (back) => back,
      page: (_request, content) => content.body,
    });
    const { id } = await withAdmin(place, (client) => fileDossier(client, "tayninh"));
    const code = await withAdmin(
      place,
      async (client) =>
        (await client.query<{ code: string }>("select pay_code as code from obligation where dossier_id = $1", [id]))
          .rows[0]?.code ?? "",
    );
    const look = async (link: string, remoteAddress: string) =>
      (await site.inject({ url: `/nop-thay/${link}`, remoteAddress })).statusCode;
    const pay = async (remoteAddress: string) =>
      (
        await site.inject({
          method: "POST",
          url: `/nop-thay/${code}`,
          headers: { origin, "content-type": "application/x-www-form-urlencoded" },
          payload: `yeu-cau=${newSecretId()}`,
          remoteAddress,
        })
      ).statusCode;

    assert.equal(await look(code, "203.0.113.7"), 200);
    for (let n = 0; n < 30; n += 1) assert.equal(await look(newSecretId().replaceAll("-", ""), "203.0.113.7"), 404);
    assert.equal(await look(newSecretId().replaceAll("-", ""), "203.0.113.7"), 429);
    assert.equal(await look(code, "203.0.113.7"), 429, "a right address is no oracle either");
    assert.equal(await look(code, "203.0.113.8"), 200);

    const pressed: number[] = [];
    for (let n = 0; n < 21; n += 1) pressed.push(await pay(`203.0.113.${100 + n}`));
    assert.deepEqual(new Set(pressed.slice(0, 20)), new Set([303]));
    assert.equal(pressed[20], 429);
    await site.close();
  }));
