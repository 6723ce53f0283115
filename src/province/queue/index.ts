/**
 * The queue of the hall (số thứ tự). Promises: numbers run from 1 each day and unit without a gap; two windows never call the
 * same one; the board shows and speaks numbers only, nobody's name.
 */
export { type QueueDeps, queueRoutes } from "./queue-routes.ts";
