import { setTimeout as wait } from "node:timers/promises";
import type { FastifyReply } from "fastify";
import { AppError } from "#kit/errors.ts";
import { type Behaviour, type Control, KINDS_AT, type StandIn } from "./control/index.ts";

/** A connection that was told to hang is closed after this, so that a test never holds sockets for ever. */
const HANG_ENDS_MS = 120_000;

/**
 * Runs a call of a stand-in as the control panel ordered. Gives the work's result, or undefined when the connection was
 * taken away (hang, cut) and nothing may be sent any more.
 */
export async function obey<T>(
  control: Control,
  standIn: StandIn,
  reply: FastifyReply,
  work: () => T | Promise<T>,
  kinds: readonly Behaviour["kind"][] = KINDS_AT.call,
): Promise<T | undefined> {
  const behaviour = control.take(standIn, kinds);
  switch (behaviour?.kind) {
    case "down":
      throw new AppError("unavailable", { reason: "stand-in-down", message: `${standIn} is down on order` });
    case "slow":
      await wait(behaviour.ms);
      return work();
    case "hang":
      reply.hijack();
      setTimeout(() => reply.raw.destroy(), HANG_ENDS_MS).unref();
      return undefined;
    case "cut":
      // Accepted and written down; the answer never leaves.
      await work();
      reply.hijack();
      reply.raw.destroy();
      return undefined;
    default:
      return work();
  }
}
