/** What a call to another system without an answer means for whoever must decide if it may be sent again. */
export type Silence = "unreached" | "timeout" | "broken";

/** No connection was made, so the other side has seen nothing. */
const NEVER_CONNECTED: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Reads the error of a failed `fetch`.
 *
 * `unreached`: nothing was sent, the other side knows nothing of it · `timeout`, `broken`: it may have acted.
 */
export function silenceOf(error: unknown): Silence {
  if (error instanceof DOMException && error.name === "TimeoutError") return "timeout";
  // Node tries every address of a name; only when none was reached has nobody heard.
  const inner =
    error instanceof Error
      ? (error.cause as { code?: unknown; errors?: readonly { code?: unknown }[] } | undefined)
      : undefined;
  const codes = inner?.errors?.map((one) => one.code) ?? [inner?.code];
  return codes.length > 0 && codes.every((code) => NEVER_CONNECTED.has(code)) ? "unreached" : "broken";
}
