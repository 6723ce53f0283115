/** The append-only memory of each stand-in: one file of JSON lines, replayed at start. */
export { openJournal } from "./journal.ts";
export type { Journal, Recorded } from "./journal.ts";
