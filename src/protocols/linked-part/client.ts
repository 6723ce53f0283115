import { AppError } from "#kit/errors.ts";
import { signBody } from "#kit/signed-body.ts";
import { readAtMost } from "#kit/signed-call.ts";
import { LINKED_PATH, type LinkedAnswer, type LinkedMessage } from "./messages.ts";
import { isLinkedAnswer } from "./schemas.ts";

const TIMEOUT_MS = 60_000;
const ANSWER_MAX = 64 * 1_024;

export interface LinkedPeer {
  /** Origin of its portal. */
  readonly portal: string;
  /** Shared by the two provinces. */
  readonly key: string;
}

/**
 * Gives a message to the other province. Throws AppError: `unavailable`, nothing is known and the same message is sent again;
 * `invalid`, it will never be taken (refused as wrong, or another message has its place).
 */
export async function sendLinkedMessage(
  peer: LinkedPeer,
  message: LinkedMessage,
  now: () => Date = () => new Date(),
): Promise<LinkedAnswer> {
  const body = JSON.stringify(message);
  let response: Response;
  let text: string;
  try {
    response = await fetch(new URL(LINKED_PATH, peer.portal), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "x-province": message.from,
        ...signBody(peer.key, body, now()),
      },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await readAtMost(response, ANSWER_MAX);
  } catch (cause) {
    throw new AppError("unavailable", { reason: "linked-province", message: `${peer.portal} does not answer`, cause });
  }
  if (response.status === 409 || response.status === 422 || response.status === 400)
    throw new AppError("invalid", { reason: "linked-message", message: `${peer.portal}: ${response.status} ${text}` });
  if (!response.ok)
    throw new AppError("unavailable", { reason: "linked-province", message: `${peer.portal}: ${response.status}` });
  const answer = parsed(text);
  if (!isLinkedAnswer(answer) || answer.id !== message.id)
    throw new AppError("unavailable", { reason: "linked-province", message: `${peer.portal}: not an answer` });
  return answer;
}

/** Undefined, which is no answer of a province, for what is not JSON: a page of some proxy in between. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
