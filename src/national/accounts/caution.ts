/**
 * Caution: waits that grow with failures, and when the security code is asked. Failures are counted for a number at one
 * network (so that a stranger elsewhere cannot lock its owner out quickly), for a number anywhere, and for a network.
 * Numbers that have no account are counted all the same: the answer must not tell which exist.
 */
import type { AccountsDeps, Caller } from "./accounts-deps.ts";
import { countFailure, forgetFailures, readFailures } from "./otp-store.ts";
import { knownBrowser } from "./known-browser.ts";
import { guardKey } from "./send-otp.ts";

/** From how many failures on the next try has to wait. NIST SP 800-63B: at most 100 in a row for one account. */
const FREE = { numberHere: 5, numberAnywhere: 20, network: 500 } as const;
/**
 * Many people share one address (offices, mobile carriers): their failures together make pages ask for the security
 * code while they go on, and stop a network only when they are hundreds.
 */
const NETWORK_FAILURES_FOR_CAPTCHA = 30;
const NETWORK_MINUTES = 15;

interface Guard {
  readonly key: string;
  readonly free: number;
}

interface Guards {
  /** Counted for this number; a success forgets them. */
  readonly own: readonly Guard[];
  readonly network: Guard;
}

function guardsOf(deps: AccountsDeps, caller: Caller, number: string): Guards {
  const guard = (kind: string, value: string, free: number): Guard => ({
    key: guardKey(deps.secret, kind, value),
    free,
  });
  const browser = knownBrowser(deps.secret, caller.known, number);
  return {
    // The owner's own browser has a count of its own: strangers' failures elsewhere do not make it wait.
    own: browser
      ? [guard("browser", `${number}@${browser}`, FREE.numberHere)]
      : [guard("here", `${number}@${caller.network}`, FREE.numberHere), guard("number", number, FREE.numberAnywhere)],
    network: guard("network", caller.network, FREE.network),
  };
}

/** Seconds this number has to wait here, and whether it failed before. */
export async function cautionFor(deps: AccountsDeps, caller: Caller, number: string) {
  const { own, network } = guardsOf(deps, caller, number);
  const ownKeys = own.map((guard) => guard.key);
  const all = await readFailures(deps.database, [...ownKeys, network.key]);
  const mine = await readFailures(deps.database, ownKeys);
  return { waitSeconds: all.waitSeconds, failedBefore: mine.failures > 0 };
}

export async function noteFailure(deps: AccountsDeps, caller: Caller, number: string): Promise<void> {
  const { own, network } = guardsOf(deps, caller, number);
  for (const guard of [...own, network]) await countFailure(deps.database, guard.key, guard.free);
}

/** After success: the number starts afresh; the network keeps its count (others may be guessing from it). */
export async function noteSuccess(deps: AccountsDeps, caller: Caller, number: string): Promise<void> {
  const { own } = guardsOf(deps, caller, number);
  await forgetFailures(
    deps.database,
    own.map((guard) => guard.key),
  );
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
