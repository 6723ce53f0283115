import type { Behaviour } from "../control/index.ts";

/** The answer of the merchant, as the provider sees it. */
export interface CallbackAnswer {
  /** True when the provider stops sending (MoMo: HTTP 204; VNPAY: RspCode 00 or 02). */
  readonly accepted: boolean;
  /** In words, for the journal: `204`, `RspCode 97`, `connection refused`. */
  readonly said: string;
}

export type CallbackVariant = "true" | "forged" | "other-amount";

/** One finished payment whose result must reach the merchant. */
export interface Callback {
  /** Unique per provider: the order or the pay id. */
  readonly id: string;
  /** Attempts made before (after a restart of the sandbox). */
  readonly attempts: number;
  /** At most so many attempts; the sender's whole schedule when absent. */
  readonly tries?: number;
  send(variant: CallbackVariant): Promise<CallbackAnswer>;
  /** Written before the next step, so that a restart goes on where this process stopped. */
  record(attempt: {
    readonly variant: CallbackVariant | "dropped";
    readonly answer: CallbackAnswer;
    readonly last: boolean;
  }): void;
}

export interface CallbackSender {
  /** Starts sending; `behaviour` is what the control panel ordered for this callback. */
  start(callback: Callback, behaviour: Behaviour | undefined): void;
  /** Resolves when nothing is waiting or under way: the system is quiet. */
  quiet(): Promise<void>;
  stop(): void;
}

/**
 * Sends callbacks with bounded retries. `delaysMs[n]` is the wait before attempt n (0 = the first); VNPAY's real schedule
 * is ten attempts five minutes apart, MoMo publishes none.
 */
export function createCallbackSender(delaysMs: readonly number[], failed: (error: unknown) => void): CallbackSender {
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  /** Those that wait for another callback to leave first. */
  const overtaken = new Set<() => void>();
  let stopped = false;

  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, ms);
      timers.add(timer);
    });

  async function deliver(callback: Callback, behaviour: Behaviour | undefined): Promise<void> {
    if (behaviour?.kind === "callback-dropped") {
      callback.record({ variant: "dropped", answer: { accepted: false, said: "not sent" }, last: true });
      return;
    }
    if (behaviour?.kind === "callback-forged" || behaviour?.kind === "callback-other-amount") {
      const variant = behaviour.kind === "callback-forged" ? "forged" : "other-amount";
      const answer = await callback.send(variant);
      callback.record({ variant, answer, last: !behaviour.thenTrue });
      if (!behaviour.thenTrue) return;
    }
    if (behaviour?.kind === "callback-reordered") {
      await Promise.race([wait(behaviour.ms), new Promise<void>((resolve) => overtaken.add(resolve))]);
    }
    const tries = Math.min(delaysMs.length, callback.tries ?? delaysMs.length);
    const copies = behaviour?.kind === "callback-duplicated" ? behaviour.times : 1;
    const extra = behaviour?.kind === "callback-late" ? behaviour.ms : 0;
    for (let attempt = callback.attempts; attempt < tries; attempt += 1) {
      await wait((delaysMs[attempt] ?? 0) + (attempt === callback.attempts ? extra : 0));
      if (stopped) return;
      const answers = await Promise.all(Array.from({ length: copies }, () => callback.send("true")));
      const done = answers.some((answer) => answer.accepted);
      answers.forEach((answer, index) => {
        const last = index === answers.length - 1 && (done || attempt === tries - 1);
        callback.record({ variant: "true", answer, last });
      });
      for (const go of overtaken) go();
      overtaken.clear();
      if (done) return;
    }
  }

  return {
    start(callback, behaviour) {
      const run = deliver(callback, behaviour)
        .catch(failed)
        .finally(() => running.delete(run));
      running.add(run);
    },
    async quiet() {
      while (running.size > 0) await Promise.all(running);
    },
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** How a callback leaves: a function, so that tests answer without a network. */
export type Send = (request: {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly body?: string;
  /** Besides the content type. */
  readonly headers?: Readonly<Record<string, string>>;
}) => Promise<{ readonly status: number; readonly body: string }>;

const ANSWER_WITHIN_MS = 15_000;
const LONGEST_ANSWER = 10_000;

/** Sends over HTTP and gives up after 15 s (MoMo's published limit for an IPN answer). */
export const sendOverHttp: Send = async ({ url, method, body, headers }) => {
  const response = await fetch(url, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    ...(body === undefined ? {} : { body, headers: { "content-type": "application/json; charset=utf-8", ...headers } }),
  });
  return { status: response.status, body: (await response.text()).slice(0, LONGEST_ANSWER) };
};

/** Turns a broken connection into an answer that is worth a retry. */
export async function answerOf(
  sending: Promise<{ readonly status: number; readonly body: string }>,
  read: (answer: { readonly status: number; readonly body: string }) => CallbackAnswer,
): Promise<CallbackAnswer> {
  try {
    return read(await sending);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return {
      accepted: false,
      said: `no answer: ${cause instanceof Error ? cause.message || cause.name : String(cause)}`,
    };
  }
}
