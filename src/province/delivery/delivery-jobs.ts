import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { isId } from "#kit/ids.ts";
import { type Job, type JobHandler, JobRefused, type Periodic } from "#kit/jobs.ts";
import type { Log } from "#kit/log.ts";
import type { PublicPost } from "#protocols/post/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { arrangeDelivery } from "./arrange-delivery.ts";
import { claimQuietOrders } from "./delivery-store.ts";
import { askAboutOrder, returnPosted } from "./receive-event.ts";
import { askToCancel, sendOrder } from "./send-order.ts";

export interface DeliveryJobDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly provinces: readonly { readonly tenant: Tenant; readonly post: PublicPost | undefined }[];
  /** An order of which nothing was heard for so long is asked about. */
  readonly quietSeconds?: number;
}

const SWEEP_EVERY_MS = 60_000;
const QUIET_SECONDS = 3_600;
const SWEEP_BATCH = 20;

export function deliveryJobs(deps: DeliveryJobDeps): {
  handlers: Record<string, JobHandler>;
  periodic: Periodic[];
} {
  const { database, clock } = deps;
  const of = (job: Job) => {
    const found = deps.provinces.find(({ tenant }) => tenant.code === job.tenant);
    if (!found) throw new JobRefused(`no such province: ${job.tenant ?? "none"}`);
    return found;
  };
  return {
    handlers: {
      "post-arrange": (job) => arrangeDelivery({ database, clock, tenant: of(job).tenant }, idIn(job, "dossierId")),
      "post-order": (job) => {
        const { tenant, post } = of(job);
        return sendOrder({ database, tenant: tenant.code, post }, idIn(job, "orderId"));
      },
      "post-return": (job) =>
        returnPosted(
          { database, clock, tenant: of(job).tenant.code },
          { dossierId: idIn(job, "dossierId"), orderId: idIn(job, "orderId") },
        ),
    },
    periodic: [
      {
        name: "post-sweep",
        everyMs: SWEEP_EVERY_MS,
        run: async () => {
          for (const { tenant, post } of deps.provinces) if (post) await askQuiet(deps, tenant.code, post);
        },
      },
    ],
  };
}

/** A lost message is made good by asking, each order once an hour at most. */
async function askQuiet(deps: DeliveryJobDeps, tenant: string, post: PublicPost): Promise<void> {
  const { database, log } = deps;
  const orders = await claimQuietOrders(database.forTenant(tenant), deps.quietSeconds ?? QUIET_SECONDS, SWEEP_BATCH);
  const asked = await Promise.allSettled(
    orders.map(async ({ id, cancelling }) => {
      await askAboutOrder({ database, tenant, post }, id);
      if (cancelling) await askToCancel({ database, tenant, post }, id);
    }),
  );
  for (const one of asked)
    if (one.status === "rejected") log.warn({ err: one.reason }, "the post could not be asked about an order");
}

function idIn(job: Job, name: string): string {
  const value = (job.payload as Readonly<Record<string, unknown>>)[name];
  if (!isId(value)) throw new JobRefused(`a job without ${name}`);
  return value;
}
