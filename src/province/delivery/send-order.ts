import { crashPoint } from "#kit/crash-points.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { PostOrder, PublicPost } from "#protocols/post/index.ts";
import { findDossier } from "#province/dossiers/index.ts";
import { keepAnswer, keepCancelAnswer, keepProblem } from "./delivery-store.ts";
import { findOrder } from "./delivery-view.ts";
import type { DeliveryOrder } from "./order.ts";
import { isOrderOver } from "./order-lifecycle.ts";

export interface SendDeps {
  readonly database: Database;
  readonly tenant: string;
  /** Undefined: the province orders by hand, and officers type the post's number. */
  readonly post: PublicPost | undefined;
}

const BY_HAND = "by-hand";

/**
 * Job `post-order`: the order goes to the post, and its number or refusal is written down; one that nobody wants any more is
 * taken back there. At least once: the post knows the order by its reference. Throws while the post does not answer, so that
 * the job comes again; what it says stands at the desk.
 */
export async function sendOrder(deps: SendDeps, orderId: string): Promise<void> {
  const { database, tenant } = deps;
  const order = await findOrder(database.forTenant(tenant), orderId);
  if (order?.cancel === "asked" && !isOrderOver(order.state)) return askToCancel(deps, orderId);
  if (order?.state !== "sending") return;
  if (!deps.post) {
    await keepProblem(database, tenant, orderId, BY_HAND);
    return;
  }
  const message = await messageOf(deps, order);
  crashPoint("D1");
  try {
    const answer = await deps.post.order(message);
    crashPoint("D2");
    await keepAnswer(
      database,
      tenant,
      orderId,
      answer.accepted ? { itemCode: answer.itemCode } : { refusal: answer.reason },
    );
  } catch (error) {
    if (error instanceof AppError && error.reason === "public-post")
      await keepProblem(database, tenant, orderId, "no-answer");
    throw error;
  }
}

/** Asks the post to take an order back. Throws while it does not answer. */
export async function askToCancel({ database, tenant, post }: SendDeps, orderId: string): Promise<void> {
  if (!post) {
    await keepCancelAnswer(database, tenant, orderId, { note: BY_HAND });
    return;
  }
  try {
    const answer = await post.cancel(orderId);
    crashPoint("D5");
    await keepCancelAnswer(database, tenant, orderId, answer.cancelled ? { note: null } : { refusal: answer.reason });
  } catch (error) {
    if (error instanceof AppError && error.reason === "public-post")
      await keepProblem(database, tenant, orderId, "no-answer");
    throw error;
  }
}

async function messageOf({ database, tenant }: SendDeps, order: DeliveryOrder): Promise<PostOrder> {
  const dossier = await findDossier(database, { tenant, dossierId: order.dossierId });
  const name = dossier?.code ?? String(dossier?.number ?? "");
  return {
    reference: order.id,
    service: order.kind,
    from: order.sender,
    to: order.receiver,
    weightGrams: order.grams,
    postage: { amount: order.postage, paid: order.pays === "door" ? "at-the-door" : "by-the-agency" },
    content: order.kind === "result" ? `Kết quả hồ sơ ${name}` : `Giấy tờ hồ sơ ${name}`,
  };
}
