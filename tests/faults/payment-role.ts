/** One process of the payment street, as `motcua start` would run it, with the rooms of paying alone: fault tests kill it. */
import { flushCompileCache } from "node:module";
import { loadConfig } from "#kit/config.ts";
import { startDatabaseClock } from "#kit/database-clock.ts";
import { openDatabase } from "#kit/db.ts";
import { createSite } from "#kit/http/index.ts";
import { html } from "#kit/html.ts";
import { createWorker, type Job } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { formActionsOf, hubFromConfig, paymentJobs, paymentRoutes, platformRoutes } from "#national/payments/index.ts";
import { sendRefund } from "#national/refunds/index.ts";
import { feeJobs, feeRoutes, feesFromConfig } from "#province/fees/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { createSandbox } from "#sandbox/app.ts";
import { citizenSub } from "#tests/support/filed-dossier.ts";

const [role = "", waits] = process.argv.slice(2);
const config = loadConfig();
const log = createLog(role);
const failurePage = (view: { title: string; status: number }) => html`<h1>${view.status} ${view.title}</h1>`;
const listen = (origin: string) => ({ host: "localhost", port: Number(new URL(origin).port) });

async function runNational(): Promise<void> {
  const database = openDatabase({ url: config.databases.national.app, role });
  const hub = hubFromConfig(config, { database, clock: await startDatabaseClock(database, log), log });
  if (role === "national-worker") {
    const { handlers, periodic } = paymentJobs(hub);
    const all = { ...handlers, "send-refund": (job: Job) => sendRefund(hub, job) };
    await createWorker({ database, log, handlers: all, periodic }).start();
    return;
  }
  const formActions = formActionsOf(hub.providers);
  const site = await createSite({
    name: "national",
    origin: config.origins.national,
    cookie: "n",
    database,
    log,
    failurePage,
    formActions,
  });
  paymentRoutes(site, hub);
  // A bench that looks for the most a hub can do is not to measure the limit.
  const most = Number(process.env["CALLS_PER_SECOND"] ?? 500);
  platformRoutes(site, hub, { perSecond: most, disbelievedPerMinute: 100 });
  await site.listen(listen(config.origins.national));
}

async function runProvince(): Promise<void> {
  const database = openDatabase({ url: config.databases.province.app, role });
  const tenant = findTenant("tayninh");
  const fees = feesFromConfig(config, tenant, { database, clock: await startDatabaseClock(database, log), log });
  if (role === "province-worker") {
    await createWorker({ database, log, ...feeJobs([fees]) }).start();
    return;
  }
  const origin = config.origins.provinces[0]?.portal ?? "";
  const site = await createSite({
    name: "tayninh-portal",
    origin,
    cookie: "p",
    database,
    log,
    failurePage,
    formActions: [config.origins.national],
  });
  feeRoutes(site, {
    fees,
    labels: tenant.labels,
    person: () => ({ sub: citizenSub }),
    signInPath: (back) => back,
    page: (_request, content) => content.body,
  });
  await site.listen(listen(origin));
}

async function runSandbox(): Promise<void> {
  const sandbox = await createSandbox({ config, log });
  await sandbox.start();
  await sandbox.site.listen(listen(config.origins.sandbox ?? ""));
}

// Loaded, and in its turn when its forerunner is dead.
if (waits) await new Promise((resolve) => process.once("message", resolve));
if (role === "sandbox") await runSandbox();
else if (role.startsWith("national")) await runNational();
else await runProvince();
process.send?.("ready");
// For the next start: this process will not end in order.
flushCompileCache();
// A test that ends takes its processes with it.
process.on("disconnect", () => process.exit(0));
