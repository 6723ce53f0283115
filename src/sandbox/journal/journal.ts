import { closeSync, fdatasyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "#kit/clock.ts";

/** One line of a journal: what happened, in the order it happened, numbered from 1 without gaps. */
export type Recorded<Event> = Event & { readonly seq: number; readonly at: string };

export interface Journal<Event> {
  /**
   * Writes the event and waits for the disk: what a stand-in acknowledged is in its journal whatever dies next. Once it is
   * closed nothing happens any more: a callback still under way, or a payment that was to settle later.
   */
  append(event: Event): Recorded<Event>;
  /** The whole file as it is on disk (JSON lines): the oracle of the fault tests. */
  lines(): string;
  close(): void;
}

/**
 * Opens a stand-in's journal and replays it through `apply`, oldest first. Events that arrive later go through the same
 * `apply`, so that the state after a restart is the state before it.
 *
 * A last line without its newline was never acknowledged (the process died while writing it): it is cut off. A damaged
 * line anywhere else is an error, because an oracle that skips lines proves nothing.
 */
export function openJournal<Event extends { readonly kind: string }>(
  file: string,
  clock: Clock,
  apply: (event: Recorded<Event>) => void,
): Journal<Event> {
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(file, "a+", 0o600);
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) ftruncateSync(handle, end);
  let seq = 0;
  for (const line of bytes.subarray(0, end).toString("utf8").split("\n")) {
    if (line === "") continue;
    const event = readLine<Event>(line, file, seq + 1);
    seq = event.seq;
    apply(event);
  }
  let isClosed = false;
  return {
    append(event) {
      const recorded: Recorded<Event> = { seq: seq + 1, at: clock.now().toISOString(), ...event };
      // Its number may be another file's or a connection's by now.
      if (isClosed) return recorded;
      writeWhole(handle, `${JSON.stringify(recorded)}\n`);
      fdatasyncSync(handle);
      seq += 1;
      apply(recorded);
      return recorded;
    },
    lines: () => readFileSync(file, "utf8"),
    close: () => {
      if (!isClosed) closeSync(handle);
      isClosed = true;
    },
  };
}

function readLine<Event>(line: string, file: string, expected: number): Recorded<Event> {
  let event: Recorded<Event>;
  try {
    event = JSON.parse(line) as Recorded<Event>;
  } catch (cause) {
    throw new Error(`${file}: line ${expected} is not JSON`, { cause });
  }
  if (event.seq !== expected) throw new Error(`${file}: line ${expected} carries number ${String(event.seq)}`);
  return event;
}

function writeWhole(handle: number, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  let written = 0;
  while (written < bytes.length) written += writeSync(handle, bytes, written);
}
