import { type CallbackProvider, startCallbackHub } from "./callback-hub.ts";
import type { Contest } from "./harness.ts";
import { replay } from "./http-replay.ts";
import { limitName, transactionsPerSecond } from "./transactions.ts";

const COUNT = 4_000;
/** Callers at a time, the same number on both sides. */
const CALLERS = 64;

/** A callback over HTTP, from its first byte to the provider's answer, against the settling statement alone. */
export async function paymentCallback(provider: CallbackProvider): Promise<Contest> {
  const hub = await startCallbackHub();
  const accepted = provider === "momo" ? /^HTTP\/1\.1 204 / : /"RspCode":"00"/;
  return {
    name: `${provider} callback`,
    unit: "callbacks",
    limitName: limitName(),
    limit: async () => {
      const { statement } = await hub.prepare(provider, COUNT);
      return await transactionsPerSecond(hub.place.appUrl, statement, COUNT, CALLERS);
    },
    workload: async () => {
      // Signed before the clock runs: that is the provider's work.
      const { names } = await hub.prepare(provider, COUNT);
      const requests = names.map((name) => hub.request(provider, name));
      return await replay(hub.port, requests, CALLERS, (answer) => {
        if (!accepted.test(answer)) throw new Error(`callback was answered ${answer.slice(0, 200)}`);
      });
    },
    close: () => hub.close(),
  };
}
