/**
 * What the fault tests did and found, summed up over all files by `motcua faults`: each test adds a line of JSON to the
 * file FAULTS_TALLY, when there is one. A violation is also printed at once, with the seed that replays its choices.
 */
import { appendFileSync } from "node:fs";

export type Kind = "kills" | "drops" | "duplicates" | "reordered" | "forged" | "cut connections" | "races" | "payments";

export interface Violation {
  /** A promise: P1, P2, P7 … */
  readonly promise: string;
  readonly what: string;
}

function write(line: object): void {
  const file = process.env["FAULTS_TALLY"];
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
}

export function count(kind: Kind, times = 1): void {
  write({ kind, times });
}

/** Prints each violation as a line of JSON; answers how many there are. */
export function report(
  violations: readonly Violation[],
  context: { readonly test: string; readonly seed?: number },
): number {
  for (const violation of violations) {
    process.stderr.write(`${JSON.stringify({ ...violation, ...context })}\n`);
    write({ violation, ...context });
  }
  return violations.length;
}

/** What `npm test` chooses is the same every time; `motcua faults` gives another seed at every run. */
export const SEED = Number(process.env["FAULTS_SEED"] ?? 20_261_122);

/** Chooses by a seed, so that a run can be done again (mulberry32). */
export function chooser(seed: number): {
  number(): number;
  below(limit: number): number;
  of<T>(items: readonly [T, ...T[]]): T;
} {
  let state = seed >>> 0;
  const number = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(number() * limit);
  return { number, below, of: (items) => items[below(items.length)] ?? items[0] };
}
