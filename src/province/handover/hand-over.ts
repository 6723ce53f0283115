/** The hand-over of a result: written once by one statement, for a result that is returned. */
export { findHandover, putHandover } from "./handover-store.ts";
