/** What the post tells, by its own message or when it is asked. */
import { crashPoint } from "#kit/crash-points.ts";
import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { PostNotice, PublicPost } from "#protocols/post/index.ts";
import { decide, findDossier, returnResult } from "#province/dossiers/index.ts";
import { publicPostRules, returnedWhen } from "#province/postage/index.ts";
import { type EventWord, keepAnswer, putEvent } from "./delivery-store.ts";
import { findOrder } from "./delivery-view.ts";
import { stateAfter } from "./order-lifecycle.ts";

/** One event, understood once and in whatever order; `unknown`: no order of this province has this reference and number. */
export async function receiveEvent(database: Database, tenant: string, notice: PostNotice): Promise<EventWord> {
  const { reference, itemCode, event } = notice;
  const word = await putEvent(
    database,
    { tenant, orderId: reference, itemCode },
    // What is an instant here is not always one to the database: "22 Nov 2026 10:00".
    { ...event, at: new Date(event.at).toISOString(), place: event.place.slice(0, 500) },
    stateAfter(event.kind),
  );
  crashPoint("D3");
  return word;
}

/** Asks about one order: events whose message was lost, and the number when the answer to the order was. */
export async function askAboutOrder(
  deps: { readonly database: Database; readonly tenant: string; readonly post: PublicPost },
  orderId: string,
): Promise<void> {
  const tracking = await deps.post.track(orderId);
  if (!tracking.known) return;
  await keepAnswer(deps.database, deps.tenant, orderId, { itemCode: tracking.itemCode });
  for (const event of tracking.events)
    await receiveEvent(deps.database, deps.tenant, { reference: orderId, itemCode: tracking.itemCode, event });
}

/**
 * Job `post-return`: a result that the post has counts as returned when the rule of the day says so: handed over, or
 * delivered. Repeated, or when an officer was quicker, it changes nothing.
 */
export async function returnPosted(
  deps: { readonly database: Database; readonly clock: Clock; readonly tenant: string },
  posted: { readonly dossierId: string; readonly orderId: string },
): Promise<void> {
  const { database, tenant } = deps;
  const [dossier, order] = await Promise.all([
    findDossier(database, { tenant, dossierId: posted.dossierId }),
    findOrder(database.forTenant(tenant), posted.orderId),
  ]);
  if (!dossier || !order || !decide(dossier, "return-result", "system").ok) return;
  const when = returnedWhen(publicPostRules(), plainDateOf(deps.clock.now()));
  if (when === "delivered" && order.state !== "delivered") return;
  crashPoint("D4");
  const done = await returnResult(database, {
    tenant,
    dossierId: dossier.id,
    expectedVersion: dossier.version,
    actor: { kind: "system", name: "post" },
  });
  // Somebody changed the dossier meanwhile: the job looks again.
  if (!done.ok && done.reason === "conflict") throw new Error("the dossier was changed meanwhile");
}
