/**
 * What the `motcua` command knows of a building: each building's `app.ts` exports functions of these shapes, and the
 * command starts one role a process.
 *
 *   src/national/app.ts   startNationalWeb, startNationalWorker, seedNational
 *   src/province/app.ts   startProvinceWeb, startProvinceWorker, seedProvince
 *   src/sandbox/app.ts    startSandbox
 */
import type { FastifyInstance } from "fastify";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";

export interface RoleContext {
  readonly config: Config;
  readonly log: Log;
}

export interface RunningRole {
  /** Stops taking work, lets what runs end, closes connections. Bounded by the caller. */
  stop(): Promise<void>;
}

export type StartRole = (context: RoleContext) => Promise<RunningRole>;

/** Fills a migrated database with what the building needs to begin; run at every start, changes nothing twice. */
export type Seed = (context: RoleContext) => Promise<void>;

/** Listens on loopback of both families (`localhost`), or on 0.0.0.0 behind production's proxy when asked by HOST. */
export async function listenSite(site: FastifyInstance, origin: string): Promise<void> {
  const { port, protocol } = new URL(origin);
  const listenPort = Number(port) || (protocol === "https:" ? 443 : 80);
  await site.listen({ port: listenPort, host: process.env["HOST"] ?? "localhost" });
}
