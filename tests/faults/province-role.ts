/** A province's portal and worker, with fees alone: paid, given back, taken back. */
import { loadConfig } from "#kit/config.ts";
import { startDatabaseClock } from "#kit/database-clock.ts";
import { openDatabase } from "#kit/db.ts";
import { createSite } from "#kit/http/index.ts";
import { html } from "#kit/html.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { disputeRoutes, refundJobs } from "#province/accounting/index.ts";
import { feeJobs, feeRoutes, feesFromConfig } from "#province/fees/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { citizenSub } from "#tests/support/filed-dossier.ts";

export async function run(role: string): Promise<void> {
  const config = loadConfig();
  const log = createLog(role);
  const database = openDatabase({ url: config.databases.province.app, role });
  const tenant = findTenant("tayninh");
  const fees = feesFromConfig(config, tenant, { database, clock: await startDatabaseClock(database, log), log });
  if (role === "province-worker") {
    const { handlers, periodic } = feeJobs([fees]);
    await createWorker({ database, log, handlers, periodic: [...periodic, ...refundJobs([fees])] }).start();
    return;
  }
  const origin = config.origins.provinces[0]?.portal ?? "";
  const site = await createSite({
    name: "tayninh-portal",
    origin,
    cookie: "p",
    database,
    log,
    failurePage: (view) => html`<h1>${view.status} ${view.title}</h1>`,
    formActions: [config.origins.national],
  });
  feeRoutes(site, {
    fees,
    labels: tenant.labels,
    person: () => ({ sub: citizenSub }),
    signInPath: (back) => back,
    page: (_request, content) => content.body,
  });
  disputeRoutes(site, fees);
  await site.listen({ host: "localhost", port: Number(new URL(origin).port) });
}
