import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { takeLock } from "#kit/process-lock.ts";
import { requireFreePorts, streetPorts } from "../../src/commands/start/ports.ts";

/**
 * Ports for tests that must know theirs before they listen. Between looking and listening lie seconds, so whoever is given
 * some has them alone among this checkout's tests while it lives; and they lie below the range that the system hands out for
 * outgoing connections (32768 and up on Linux).
 */
const FROM = 10_000;
const FAMILIES = 2_200;
const folder = join(import.meta.dirname, "../../.motcua/test/ports");

/** By this process: a lock tells processes apart only. */
const given = new Set<number>();

/** First port of ten that nobody uses. */
export async function freeFamily(): Promise<number> {
  mkdirSync(folder, { recursive: true });
  for (let tries = 0; tries < 50; tries++) {
    const port = FROM + 10 * Math.floor(Math.random() * FAMILIES);
    if (given.has(port)) continue;
    given.add(port);
    if (takeLock(join(folder, String(port)), "") !== true) continue;
    const taken = await requireFreePorts(streetPorts(port, { embeddedDatabase: true }), 0).catch(
      (error: unknown) => error,
    );
    if (!taken) return port;
  }
  throw new Error("no free family of ports");
}

/** A port that nobody uses. */
export function freePort(): Promise<number> {
  return freeFamily();
}
