/** The national hub's web process and worker. */
import { loadConfig } from "#kit/config.ts";
import { startDatabaseClock } from "#kit/database-clock.ts";
import { openDatabase } from "#kit/db.ts";
import { createSite } from "#kit/http/index.ts";
import { html } from "#kit/html.ts";
import { createWorker, type Job } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { tellDispute } from "#national/disputes/index.ts";
import { operatorRoutes } from "#national/operators/index.ts";
import { formActionsOf, hubFromConfig, paymentJobs, paymentRoutes, platformRoutes } from "#national/payments/index.ts";
import { sendRefund } from "#national/refunds/index.ts";

export async function run(role: string): Promise<void> {
  const config = loadConfig();
  const log = createLog(role);
  const database = openDatabase({ url: config.databases.national.app, role });
  const hub = hubFromConfig(config, { database, clock: await startDatabaseClock(database, log), log });
  if (role === "national-worker") {
    const { handlers, periodic } = paymentJobs(hub);
    const all = {
      ...handlers,
      "send-refund": (job: Job) => sendRefund(hub, job),
      "tell-dispute": (job: Job) => tellDispute(hub, job),
    };
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
    failurePage: (view) => html`<h1>${view.status} ${view.title}</h1>`,
    formActions,
  });
  paymentRoutes(site, hub);
  operatorRoutes(site, { database, dataKey: config.secrets.dataKeys.national });
  // A bench that looks for the most a hub can do is not to measure the limit.
  const most = Number(process.env["CALLS_PER_SECOND"] ?? 500);
  platformRoutes(site, hub, { perSecond: most, disbelievedPerMinute: 100 });
  await site.listen({ host: "localhost", port: Number(new URL(config.origins.national).port) });
}
