/** A question to another system with which a key is shared, and its signed answer. */
import { isSignedNow, signBody } from "./signed-body.ts";

export interface SignedCall {
  readonly url: string;
  /** Who asks, as the other side knows it. */
  readonly client: string;
  readonly key: string;
  readonly timeoutMs: number;
  /** Of the answer; a longer one is not read to its end. */
  readonly maxBytes: number;
}

/**
 * POSTs the question as signed JSON and gives the answer's JSON. Throws a plain Error, whose text is for the log, when there
 * is no answer in time, or it is refused, too long, not signed by the key within five minutes of `now`, or not JSON: the
 * caller says in its own words that nobody answered.
 */
export async function askSigned(call: SignedCall, question: object, now: () => Date): Promise<unknown> {
  const body = JSON.stringify(question);
  const response = await fetch(call.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      "x-client": call.client,
      ...signBody(call.key, body, now()),
    },
    body,
    redirect: "error",
    signal: AbortSignal.timeout(call.timeoutMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`status ${response.status}`);
  }
  const text = await readAtMost(response, call.maxBytes);
  const { headers } = response;
  const signed = { timestamp: headers.get("x-timestamp"), signature: headers.get("x-signature") };
  if (!isSignedNow(call.key, text, signed, now())) throw new Error("the answer is not signed");
  return JSON.parse(text);
}

/** The whole body as text. @throws Error at the first byte over `maxBytes`; the rest is not taken. */
export async function readAtMost(response: Response, maxBytes: number): Promise<string> {
  return (await readBytesAtMost(response, maxBytes)).toString("utf8");
}

/** The whole body. @throws Error at the first byte over `maxBytes`; the rest is not taken. */
export async function readBytesAtMost(response: Response, maxBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > maxBytes) throw new Error("the answer is too long");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
