import { AppError } from "#kit/errors.ts";
import { askSigned } from "#kit/signed-call.ts";
import {
  isPostCancelAnswer,
  isPostOrderAnswer,
  isPostTracking,
  type PostCancelAnswer,
  type PostOrder,
  type PostOrderAnswer,
  type PostTracking,
} from "./messages.ts";

/** A job asks, nobody waits before a page. */
const TIMEOUT_MS = 10_000;
const ANSWER_MAX = 256 * 1_024;

export interface PostEndpoint {
  /** `/orders`, `/tracking` and `/cancellations` are appended. */
  readonly url: string;
  readonly client: string;
  readonly key: string;
}

/** The public post; every call throws AppError "unavailable" when there is no answer that can be trusted. */
export interface PublicPost {
  /** Orders; the same reference again answers what the first one answered. */
  order(order: PostOrder): Promise<PostOrderAnswer>;
  track(reference: string): Promise<PostTracking>;
  /** Takes an order back; asked again it answers the same. */
  cancel(reference: string): Promise<PostCancelAnswer>;
}

export function publicPostAt(at: PostEndpoint, now: () => Date = () => new Date()): PublicPost {
  return {
    order: (order) => ask(at, "/orders", order, order.reference, isPostOrderAnswer, now),
    track: (reference) => ask(at, "/tracking", { reference }, reference, isPostTracking, now),
    cancel: (reference) => ask(at, "/cancellations", { reference }, reference, isPostCancelAnswer, now),
  };
}

async function ask<Answer extends { readonly reference: string }>(
  at: PostEndpoint,
  path: string,
  question: object,
  reference: string,
  isAnswer: (value: unknown) => value is Answer,
  now: () => Date,
): Promise<Answer> {
  try {
    const call = { ...at, url: `${at.url}${path}`, timeoutMs: TIMEOUT_MS, maxBytes: ANSWER_MAX };
    const answer = await askSigned(call, question, now);
    if (!isAnswer(answer)) throw new Error("not an answer of the post");
    if (answer.reference !== reference) throw new Error("the answer about another order");
    return answer;
  } catch (cause) {
    throw new AppError("unavailable", { reason: "public-post", message: "the post did not answer", cause });
  }
}
