import type { Config } from "./config.ts";
import type { Log } from "./log.ts";

/**
 * What a building's `app.ts` gives to the `motcua` command: `startWeb`, `startWorker` (not the sandbox), `seed`, and
 * optionally `findDemoData`. Each role is a process of its own.
 */

export interface BuildingContext {
  readonly config: Config;
  readonly log: Log;
}

/** A role that runs. `stop` lets requests and jobs in hand end; the caller bounds how long it waits. */
export interface Running {
  stop(): Promise<void>;
}

/** Resolves when the role is ready: web roles listen, workers work. */
export type StartRole = (context: BuildingContext) => Promise<Running>;

/** Loads what must be there before the first visitor. Repeating it changes nothing. */
export type Seed = (context: BuildingContext) => Promise<void>;

/** Demo accounts and the like in this database, one line each: production refuses to start while there are any. */
export type FindDemoData = (context: BuildingContext) => Promise<readonly string[]>;
