import { Readable } from "node:stream";
import { AppError } from "#kit/errors.ts";
import { signBody } from "#kit/signed-body.ts";
import { readAtMost } from "#kit/signed-call.ts";
import {
  LINKED_PATH,
  type LinkedAnswer,
  type LinkedFile,
  linkedFilePath,
  linkedFileProof,
  type LinkedMessage,
} from "./messages.ts";
import { isLinkedAnswer } from "./schemas.ts";

/** Of a message, or of one file of at most 30 MB. */
const TIMEOUT_MS = 120_000;
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
  const text = await post(peer, LINKED_PATH, {
    headers: { "content-type": "application/json", "x-province": message.from, ...signBody(peer.key, body, now()) },
    body,
  });
  const answer = parsed(text);
  if (!isLinkedAnswer(answer) || answer.id !== message.id)
    throw new AppError("unavailable", { reason: "linked-province", message: `${peer.portal}: not an answer` });
  return answer;
}

/**
 * Gives the bytes of a file that a message named, once the other side has the message and says that the file is missing. Errors as
 * above; sending again what has arrived changes nothing.
 */
export async function sendLinkedFile(
  peer: LinkedPeer,
  file: LinkedFile & { readonly from: string; readonly to: string; readonly bytes: Readable },
  now: () => Date = () => new Date(),
): Promise<void> {
  const { from, to, bytes } = file;
  await post(peer, linkedFilePath(file), {
    headers: {
      "content-type": "application/octet-stream",
      "x-province": from,
      ...signBody(peer.key, linkedFileProof(from, to, file), now()),
    },
    body: Readable.toWeb(bytes) as unknown as NonNullable<RequestInit["body"]>,
    duplex: "half",
  });
}

/** What of the statuses says that it will never be taken. */
const REFUSED: ReadonlySet<number> = new Set([400, 409, 413, 422]);

async function post(
  peer: LinkedPeer,
  path: string,
  request: { headers: Record<string, string>; body: RequestInit["body"]; duplex?: "half" },
): Promise<string> {
  const { headers, ...rest } = request;
  let response: Response;
  let text: string;
  try {
    response = await fetch(new URL(path, peer.portal), {
      method: "POST",
      headers: { accept: "application/json", ...headers },
      ...rest,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await readAtMost(response, ANSWER_MAX);
  } catch (cause) {
    throw new AppError("unavailable", { reason: "linked-province", message: `${peer.portal} does not answer`, cause });
  }
  if (REFUSED.has(response.status))
    throw new AppError("invalid", { reason: "linked-message", message: `${peer.portal}: ${response.status} ${text}` });
  if (!response.ok)
    throw new AppError("unavailable", { reason: "linked-province", message: `${peer.portal}: ${response.status}` });
  return text;
}

/** Undefined, which is no answer of a province, for what is not JSON: a page of some proxy in between. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
