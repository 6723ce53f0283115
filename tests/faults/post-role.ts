/**
 * A worker or web process with the public post's part only: the fault tests kill it in the middle. Argument: what it does as
 * JSON; its answer goes to the parent as a message.
 */
import { systemClock } from "#kit/clock.ts";
import { openDatabase } from "#kit/db.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { type PostNotice, publicPostAt } from "#protocols/post/index.ts";
import { deliveryJobs } from "#province/delivery/index.ts";
import { receiveEvent } from "#province/delivery/receive-event.ts";
import { findTenant } from "#province/tenants/index.ts";

export type PostStep =
  /** Does every job of the post that is due. */
  | { readonly do: "work"; readonly url: string; readonly key: string }
  | { readonly do: "hear"; readonly notice: PostNotice };

const step = JSON.parse(process.argv[2] ?? "null") as PostStep;
const database = openDatabase({ url: process.env["STEP_DATABASE"] ?? "", role: "post-step", max: 4 });
const tenant = findTenant("tayninh");

async function run(): Promise<unknown> {
  if (step.do === "hear") return receiveEvent(database, tenant.code, step.notice);
  const log = createLog("step");
  const post = publicPostAt({ url: step.url, client: "tayninh", key: step.key });
  const { handlers } = deliveryJobs({ database, clock: systemClock, log, provinces: [{ tenant, post }] });
  return createWorker({ database, log, handlers }).drain();
}

process.on("disconnect", () => process.exit(0));
const answer = await run();
process.send?.(answer ?? null, () => process.exit(0));
