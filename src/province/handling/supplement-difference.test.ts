import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dossier, SupplementRound } from "#province/dossiers/index.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import { answersAround, supplementDifference } from "./supplement-difference.ts";

const text = (vi: string) => ({ vi, en: vi });
const item = (id: string, label: string) => ({ id, type: "text", label: text(label) });
const form = {
  id: "x",
  version: 1,
  pages: [
    {
      id: "p",
      title: text("Trang"),
      sections: [
        { id: "s", title: text("Trẻ"), items: [item("ten", "Họ tên"), item("noiSinh", "Nơi sinh")] },
        { id: "giay", title: text("Giấy"), repeat: { row: text("Tờ"), min: 0, max: 9 }, items: [item("so", "Số")] },
      ],
    },
  ],
} as unknown as FormDefinition;
const dossier = {
  applicant: { sub: "x", name: "A", identityNumber: "072090000101", identityKind: "cccd" },
  agency: { name: "UBND" },
  filedAt: new Date("2026-03-02T02:00:00Z"),
} as unknown as Dossier;

test("each round shows what it changed itself, rows of a table by their number, and what later rounds did is left to them", () => {
  const at = new Date();
  const rounds: Pick<SupplementRound, "round" | "answeredAt" | "displaced">[] = [
    { round: 1, answeredAt: at, displaced: { ten: "Hân", giay: [{ row: "r1", so: "1" }] } },
    { round: 2, answeredAt: at, displaced: { ten: "Hâm", noiSinh: null } },
    { round: 3, answeredAt: null, displaced: {} },
  ];
  const rows = [
    { row: "r1", so: "2" },
    { row: "r2", so: "3" },
  ];
  const today = { ten: "Hân A", noiSinh: "Bến Cầu", giay: rows };
  const lines = (round: number) =>
    supplementDifference(form, dossier, answersAround(rounds, today, round), "vi").map((line) => [
      line.section,
      line.label,
      line.before,
      line.after,
    ]);
  assert.deepEqual(lines(2), [
    ["Trẻ", "Họ tên", "Hâm", "Hân A"],
    ["Trẻ", "Nơi sinh", "", "Bến Cầu"],
  ]);
  assert.deepEqual(lines(1), [
    ["Trẻ", "Họ tên", "Hân", "Hâm"],
    ["Giấy: tờ 1", "Số", "1", "2"],
    ["Giấy: tờ 2", "Số", undefined, "3"],
  ]);
});
