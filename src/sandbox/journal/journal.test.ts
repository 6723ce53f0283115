import assert from "node:assert/strict";
import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { fixedClock } from "#kit/clock.ts";
import { openJournal } from "./index.ts";

type Event = { kind: "paid"; order: string };
const clock = fixedClock("2020-07-22T01:19:49Z");

describe("a stand-in's journal", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "journal-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (seen: Event[]) => openJournal<Event>(join(folder, "bank.jsonl"), clock, (event) => seen.push(event));

  test("gives back after a restart what it acknowledged, in order and numbered without gaps", () => {
    const first = open([]);
    first.append({ kind: "paid", order: "A" });
    first.append({ kind: "paid", order: "B" });
    first.close();
    const seen: Event[] = [];
    const second = open(seen);
    second.append({ kind: "paid", order: "C" });
    second.close();
    assert.deepEqual(seen, [
      { seq: 1, at: "2020-07-22T01:19:49.000Z", kind: "paid", order: "A" },
      { seq: 2, at: "2020-07-22T01:19:49.000Z", kind: "paid", order: "B" },
      { seq: 3, at: "2020-07-22T01:19:49.000Z", kind: "paid", order: "C" },
    ]);
    assert.equal(second.lines().split("\n").filter(Boolean).length, 3);
  });

  test("drops a line that was cut by a crash, because nobody was told of it", () => {
    const journal = open([]);
    journal.append({ kind: "paid", order: "A" });
    journal.close();
    const file = join(folder, "bank.jsonl");
    appendFileSync(file, '{"seq":2,"at":"2020-07-22T01:19:49.000Z","kind":"pa');
    const seen: Event[] = [];
    const again = open(seen);
    again.append({ kind: "paid", order: "B" });
    again.close();
    assert.deepEqual(
      seen.map((event) => event.order),
      ["A", "B"],
    );
    assert.equal(readFileSync(file, "utf8").split("\n").filter(Boolean).length, 2);
  });

  test("once closed writes nothing any more: its file's number may be another's by then", () => {
    const seen: Event[] = [];
    const journal = open(seen);
    journal.append({ kind: "paid", order: "A" });
    journal.close();
    const other = join(folder, "other");
    const handle = openSync(other, "w"); // the lowest free number: the journal's
    journal.append({ kind: "paid", order: "late" });
    journal.close();
    closeSync(handle);
    assert.equal(readFileSync(other, "utf8"), "");
    assert.deepEqual(
      seen.map((event) => event.order),
      ["A"],
    );
  });

  test("refuses a file whose lines were removed or damaged, because an oracle with holes proves nothing", () => {
    const file = join(folder, "bank.jsonl");
    writeFileSync(file, '{"seq":2,"at":"x","kind":"paid","order":"B"}\n');
    assert.throws(() => open([]), /line 1 carries number 2/);
    writeFileSync(file, 'not json\n{"seq":2,"at":"x","kind":"paid","order":"B"}\n');
    assert.throws(() => open([]), /line 1 is not JSON/);
  });
});
