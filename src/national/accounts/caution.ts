/**
 * Caution: waits that grow with failures, and when the security code is asked. Failures are counted for a number at one
 * network (so that a stranger elsewhere cannot lock its owner out quickly), for a number anywhere, and for a network.
 * Numbers that have no account are counted all the same: the answer must not tell which exist.
 */
import type { AccountsDeps, Caller } from "./accounts-deps.ts";
import { countFailure, forgetFailures, readFailures } from "./otp-store.ts";
import { guardKey } from "./send-otp.ts";

/** From how many failures on the next try has to wait. NIST SP 800-63B: at most 100 in a row for one account. */
const FREE = { numberHere: 5, numberAnywhere: 20, network: 500 } as const;
/**
 * Many people share one address (offices, mobile carriers): their failures together make pages ask for the security
 * code while they go on, and stop a network only when they are hundreds.
 */
const NETWORK_FAILURES_FOR_CAPTCHA = 30;
const NETWORK_MINUTES = 15;

interface Keys {
  readonly numberHere: string;
  readonly numberAnywhere: string;
  readonly network: string;
}

function keysOf(deps: AccountsDeps, caller: Caller, number: string): Keys {
  return {
    numberHere: guardKey(deps.secret, "here", `${number}@${caller.network}`),
    numberAnywhere: guardKey(deps.secret, "number", number),
    network: guardKey(deps.secret, "network", caller.network),
  };
}

/** Seconds this number has to wait here, and whether it failed before. */
export async function cautionFor(deps: AccountsDeps, caller: Caller, number: string) {
  const keys = keysOf(deps, caller, number);
  const all = await readFailures(deps.database, Object.values(keys));
  const own = await readFailures(deps.database, [keys.numberHere, keys.numberAnywhere]);
  return { waitSeconds: all.waitSeconds, failedBefore: own.failures > 0 };
}

export async function noteFailure(deps: AccountsDeps, caller: Caller, number: string): Promise<void> {
  const keys = keysOf(deps, caller, number);
  await countFailure(deps.database, keys.numberHere, FREE.numberHere);
  await countFailure(deps.database, keys.numberAnywhere, FREE.numberAnywhere);
  await countFailure(deps.database, keys.network, FREE.network);
}

/** After success: the number starts afresh; the network keeps its count (others may be guessing from it). */
export async function noteSuccess(deps: AccountsDeps, caller: Caller, number: string): Promise<void> {
  const keys = keysOf(deps, caller, number);
  await forgetFailures(deps.database, [keys.numberHere, keys.numberAnywhere]);
}

/** Whether a page shows the security code before anything was typed. */
export async function asksCaptchaAtOnce(
  deps: AccountsDeps,
  caller: Caller,
  failedInSession: boolean,
): Promise<boolean> {
  if (deps.captchaMode === "always" || failedInSession) return true;
  const network = await readFailures(
    deps.database,
    [guardKey(deps.secret, "network", caller.network)],
    NETWORK_MINUTES,
  );
  return network.failures >= NETWORK_FAILURES_FOR_CAPTCHA;
}

/** Signs of a program: the field that people do not see was filled in, or no browser names itself. */
export function looksAutomated(signs: { readonly trap: string; readonly userAgent: string | undefined }): boolean {
  return signs.trap !== "" || !signs.userAgent;
}
