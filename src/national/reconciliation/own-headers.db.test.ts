import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatIsoLocal } from "#kit/calendar.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { listPaid, opened, type PaidRow, payMany } from "#tests/support/settlement-scene.ts";
import { reconcileFile } from "./index.ts";
import { LAYOUTS } from "./provider-layouts.ts";
import type { DifferenceKind } from "./reconciliation.ts";
import { compareUpload } from "./take-upload.ts";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DAY = "2026-03-10";
const LINES = 6_000;
const KINDS: readonly DifferenceKind[] = ["missing-ours", "missing-theirs", "amount", "status", "duplicate", "date"];

type Line = PaidRow & { readonly failed?: boolean };

/** A line as the provider itself writes it, under the header of its layout. */
const WRITERS: Readonly<Record<string, (line: Line) => string>> = {
  momo: (l) => [l.reference, l.transaction, "momo_wallet", l.failed ? 1006 : 0, l.amount, Date.parse(l.at)].join(","),
  zalopay: (l) => [`260310_${l.reference}`, l.transaction, l.failed ? 2 : 1, l.amount, 0, Date.parse(l.at)].join(","),
  vnpay: (l) => [l.reference, l.transaction, l.failed ? "02" : "00", l.amount * 100, "VND", compact(l.at)].join(","),
  "vnpt-pay": (l) => [l.reference, l.transaction, l.failed ? "01" : "00", l.amount, "VND", compact(l.at)].join(","),
  vietqr: (l) => [l.transaction, slashed(l.at), `"DVC, phi ho so"`, "", l.amount].join(","),
};

const compact = (at: string) => formatIsoLocal(new Date(at)).slice(0, 19).replace(/\D/g, "");
const slashed = (at: string) => {
  const [date, time] = formatIsoLocal(new Date(at)).split("T");
  const [year, month, day] = (date ?? "").split("-");
  return `${day}/${month}/${year} ${time?.slice(0, 8)}`;
};

/** One error of each kind among six thousand lines: 0.1 %. A bank's statement has no states. */
function seed(paid: readonly PaidRow[], provider: string): { text: string; expected: string[] } {
  const write = WRITERS[provider] as (line: Line) => string;
  const name = (row: PaidRow) => (provider === "vietqr" ? row.transaction : row.reference);
  const lines = [LAYOUTS[provider]?.header ?? ""];
  const expected: string[] = [];
  for (const [index, row] of paid.entries()) {
    const seeded = index % 1_000 === 7 ? KINDS[Math.floor(index / 1_000)] : undefined;
    const kind = seeded === "status" && provider === "vietqr" ? undefined : seeded;
    const strange = { ...row, reference: `x${row.reference.slice(1)}`, transaction: `X${row.transaction}` };
    if (kind) expected.push(`${kind} ${name(kind === "missing-ours" ? strange : row)}`);
    if (kind === "missing-theirs") continue;
    if (kind === "amount") lines.push(write({ ...row, amount: row.amount + 1 }));
    else if (kind === "status") lines.push(write({ ...row, failed: true }));
    else if (kind === "date") lines.push(write({ ...row, at: `2026-03-11${row.at.slice(10)}` }));
    else lines.push(write(row));
    if (kind === "duplicate") lines.push(write(row));
    if (kind === "missing-ours") lines.push(write(strange));
  }
  if (provider === "vietqr") lines.push(`FT9,10/03/2026 12:00:00,chuyen tra kho bac,1000000,`);
  return { text: `${lines.join("\r\n")}\r\n`, expected: expected.sort() };
}

describe("a provider's own file", () => {
  test("one error of each kind in a thousand lines is found and named, in the columns of all five providers", () =>
    withDatabase("national", async (database, place) => {
      for (const provider of Object.keys(WRITERS)) {
        const paid = await withAdmin(place, async (client) => {
          await payMany(client, DAY, LINES, false, provider);
          return listPaid(client, provider);
        });
        const { text, expected } = seed(paid, provider);
        const file = { provider, name: `${provider}.csv`, source: "command", open: opened(text) } as const;
        const found = await reconcileFile(database, file);
        const named = found.differences.map(({ kind, reference }) => `${kind} ${reference}`).sort();
        assert.deepEqual(named, expected, provider);
        assert.equal(found.rows, LINES + 1, provider);
        assert.equal(found.matched, LINES + 1 - (expected.length - 1), provider);
        assert.deepEqual(await reconcileFile(database, file), found, "the same file says the same");
      }
      const booked = await withAdmin(place, async (client) =>
        client.query("select account from ledger_entry where account = 'clearing:vietqr'"),
      );
      assert.equal(booked.rows.length, 0, "a statement books nothing that its lines have booked");
    }));

  test("an operator's file with wrong lines is refused with every one of them, and nothing of it counts", () =>
    withDatabase("national", async (database, place) => {
      const folder = mkdtempSync(join(tmpdir(), "motcua-own-"));
      const upload = (text: string) => {
        const path = join(folder, "file.csv");
        writeFileSync(path, text);
        const file = { path, name: "file.csv", size: text.length, remove: () => Promise.resolve() };
        return compareUpload(database, file, { provider: "vnpay" });
      };
      const header = LAYOUTS["vnpay"]?.header ?? "";
      try {
        const good = "a1,1,00,5000000,VND,20260310090000";
        const wrong = [
          good,
          "a2,2,00,5000001,VND,20260310090000",
          good,
          "a3,3,??,100,VND,20260310090000",
          ",4,00,100,VND,20260310090000",
        ];
        const result = await upload([header, ...wrong].join("\n"));
        assert.ok(!result.ok);
        assert.deepEqual(
          result.lines.map(({ line, column, value }) => [line, column, value]),
          [
            [3, "amount", "5000001"],
            [5, "status", "??"],
            [6, "reference", ""],
          ],
        );
        const headless = await upload("a,b\n1,2\n");
        assert.deepEqual(headless.ok || headless.missing, ["reference", "amount", "occurredAt"]);
        const counted = await withAdmin(place, (client) =>
          client.query("select count(*)::int as n from reconciliation_import where loaded_at is not null"),
        );
        assert.equal(counted.rows[0].n, 0);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }));
});
