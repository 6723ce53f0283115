import { AppError } from "#kit/errors.ts";
import { isSubscriberAnswer, type SubscriberAnswer, type SubscriberQuery } from "./messages.ts";

const TIMEOUT_MS = 8_000;

/** Throws AppError "unavailable" when the register does not answer: unknown is neither yes nor no. */
export type SubscriberRegister = (query: SubscriberQuery) => Promise<SubscriberAnswer>;

export async function askSubscriberRegister(
  at: { readonly url: string; readonly key: string },
  query: SubscriberQuery,
): Promise<SubscriberAnswer> {
  try {
    const response = await fetch(at.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", authorization: `Bearer ${at.key}` },
      body: JSON.stringify(query),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const answer: unknown = await response.json();
    if (!isSubscriberAnswer(answer)) throw new Error("not an answer of the register");
    return answer;
  } catch (cause) {
    throw new AppError("unavailable", {
      reason: "subscriber-register",
      message: "the subscriber register did not answer",
      cause,
    });
  }
}

export function subscriberRegisterAt(at: { readonly url: string; readonly key: string }): SubscriberRegister {
  return (query) => askSubscriberRegister(at, query);
}
