/**
 * Limits on how often one caller may do something, kept in the memory of each web process: against guessing and floods.
 * What must hold over restarts and over several processes (passwords, one-time codes) is counted in the database instead.
 */
import type { FastifyRequest } from "fastify";
import { type Clock, systemClock } from "../clock.ts";
import { AppError } from "../errors.ts";

export interface Throttle {
  /** Takes a turn. @throws AppError too-many when there is none left. */
  take(key: string): void;
  /** Seconds until the next turn; 0 when there is one now. Takes nothing. */
  wait(key: string): number;
}

interface Bucket {
  turns: number;
  at: number;
}

/** Callers remembered at most: whoever has been quiet longest is forgotten first. */
const KEYS_MAX = 20_000;

/** `turns` at once, and as many again in every `seconds`, coming back evenly. */
export function createThrottle(
  limit: { readonly turns: number; readonly seconds: number },
  clock: Clock = systemClock,
): Throttle {
  const { turns, seconds } = limit;
  const buckets = new Map<string, Bucket>();
  const look = (key: string): Bucket => {
    const now = clock.now().getTime();
    const known = buckets.get(key) ?? { turns, at: now };
    // A clock that was set back gives nothing and takes nothing.
    const since = Math.max(0, now - known.at) / 1_000;
    return { turns: Math.min(turns, known.turns + (since * turns) / seconds), at: now };
  };
  const wait = (bucket: Bucket): number => (bucket.turns >= 1 ? 0 : Math.ceil(((1 - bucket.turns) * seconds) / turns));
  return {
    wait: (key) => wait(look(key)),
    take(key) {
      const bucket = look(key);
      const left = wait(bucket);
      if (left > 0) throw new AppError("too-many", { reason: "throttled", details: { seconds: left } });
      buckets.delete(key);
      buckets.set(key, { turns: bucket.turns - 1, at: bucket.at });
      if (buckets.size > KEYS_MAX) buckets.delete(buckets.keys().next().value ?? "");
    },
  };
}

/** Whose calls are counted together: an address, of IPv6 the network of one customer (/64). */
export function networkOf(request: FastifyRequest): string {
  const { ip } = request;
  if (!ip.includes(":")) return ip;
  if (ip.startsWith("::ffff:")) return ip.slice(7);
  const [head = "", tail] = ip.split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const rest = tail === "" ? [] : tail.split(":");
    while (groups.length + rest.length < 8) groups.push("0");
    groups.push(...rest);
  }
  return `${groups.slice(0, 4).join(":")}::/64`;
}
