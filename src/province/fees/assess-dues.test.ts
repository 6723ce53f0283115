import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { instantOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import type { Answers } from "#province/forms/index.ts";
import { type FeeRule, localAmountsOn } from "#province/procedure/index.ts";
import { amountPerCopy, assessDues, QUANTITY_MAX } from "./assess-dues.ts";

const online = { channel: "provincial-portal", at: instantOf("2026-11-20", 9) } as const;
const text = (vi: string) => ({ vi, en: vi });

function rule(over: Partial<FeeRule> & Pick<FeeRule, "amount">): FeeRule {
  return {
    code: "x",
    kind: "fee",
    name: text("Phí"),
    validFrom: "2017-01-01",
    validTo: null,
    basis: "Thông tư",
    collect: "on-filing",
    ...over,
  };
}

const certified = rule({
  code: "certified-copy",
  amount: {
    type: "per_page",
    rowsItem: "documents",
    pagesItem: "pages",
    copiesItem: "copies",
    labelItem: "title",
    tiers: [
      { fromPage: 1, amount: 2000 },
      { fromPage: 3, amount: 1000 },
    ],
    capPerCopy: 200_000,
    unit: text("trang"),
  },
});
const tariff = {
  tiers: [
    { fromPage: 1, amount: 2000 },
    { fromPage: 3, amount: 1000 },
  ],
  capPerCopy: 200_000,
};

const documents = (...rows: [number, number][]): Answers => ({
  documents: rows.map(([pages, copies], index) => ({
    row: `r${index + 1}`,
    title: `Giấy ${index + 1}`,
    pages,
    copies,
  })),
});

describe("certified copies", () => {
  const rows: [string, number, number][] = [
    ["one page costs 2,000 đ", 1, 2_000],
    ["two pages cost 4,000 đ", 2, 4_000],
    ["the third page costs 1,000 đ", 3, 5_000],
    ["198 pages reach the cap exactly", 198, 200_000],
    ["199 pages cost no more than 200,000 đ", 199, 200_000],
  ];
  for (const [title, pages, amount] of rows) test(title, () => assert.equal(amountPerCopy(tariff, pages), amount));

  test("each document counts pages and copies of its own, in one line that explains itself", () => {
    const { dues, total } = assessDues([certified], documents([3, 2], [250, 1]), online);
    assert.equal(total, 210_000);
    assert.equal(dues.length, 1);
    assert.deepEqual([dues[0]?.quantity, dues[0]?.unitAmount], [3, undefined], "no one price for both");
    assert.deepEqual(dues[0]?.breakdown, [
      { label: "Giấy 1", pages: 3, copies: 2, perCopy: 5_000, amount: 10_000 },
      { label: "Giấy 2", pages: 250, copies: 1, perCopy: 200_000, amount: 200_000 },
    ]);
  });

  test("copies that cost the same have one price, so that quantity times price is the amount", () => {
    const [due] = assessDues([certified], documents([3, 2], [3, 4]), online).dues;
    assert.deepEqual([due?.quantity, due?.unitAmount, due?.amount], [6, 5_000, 30_000]);
  });

  test("the amount is a whole number, never above the cap per copy, and never falls when pages or copies grow", () => {
    const count = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(fc.array(fc.tuple(count, fc.integer({ min: 0, max: 50 })), { maxLength: 8 }), (list) => {
        const { total } = assessDues([certified], documents(...list), online);
        const copies = list.reduce((sum, [, times]) => sum + times, 0);
        assert.ok(Number.isSafeInteger(total) && total >= 0 && total <= copies * 200_000);
        const more = list.map(([pages, times]): [number, number] => [pages + 1, times + 1]);
        assert.ok(assessDues([certified], documents(...more), online).total >= total);
      }),
      { numRuns: 150 },
    );
  });
});

describe("copies counted by one answer", () => {
  const extract = rule({
    code: "extract-copy",
    amount: { type: "per_unit", amount: 8_000, quantityItem: "copies", unit: text("bản") },
  });

  test("three extract copies cost 24,000 đ", () => {
    assert.deepEqual(
      assessDues([extract], { copies: 3 }, online).dues.map(({ amount, quantity, unitAmount }) => ({
        amount,
        quantity,
        unitAmount,
      })),
      [{ amount: 24_000, quantity: 3, unitAmount: 8_000 }],
    );
  });

  test("no copies make no line", () => {
    assert.deepEqual(assessDues([extract], {}, online).dues, []);
    assert.deepEqual(assessDues([extract], { copies: 0 }, online).dues, []);
  });

  for (const bad of [-1, 1.5, QUANTITY_MAX + 1, "two", "1e9", [3]]) {
    test(`${JSON.stringify(bad)} copies are refused rather than rounded`, () => {
      assert.throws(
        () => assessDues([extract], { copies: bad as never }, online),
        (error) => error instanceof AppError && error.reason === "quantity",
      );
    });
  }
});

describe("free, unknown and exempt are three things", () => {
  const council = rule({
    code: "registration",
    kind: "charge",
    amount: { type: "by_provincial_resolution" },
    exemptions: [
      {
        code: "in-time",
        who: text("Đăng ký đúng hạn"),
        reason: text("Đăng ký trong 60 ngày."),
        basis: "Luật Hộ tịch",
        when: { not: { lt: ["birthDate", { today: -60 }] } },
      },
    ],
  });

  test("born 60 days before filing is in time: 0 đ, with the reason", () => {
    const { dues, undetermined, notes } = assessDues([council], { birthDate: "2026-09-21" }, online);
    assert.equal(dues[0]?.amount, 0);
    assert.equal(dues[0]?.exemption?.code, "in-time");
    assert.deepEqual(undetermined, []);
    assert.match(notes[0]?.vi ?? "", /miễn/);
  });

  test("born 61 days before filing is late, and an amount nobody published is not zero", () => {
    const { dues, undetermined, notes } = assessDues([council], { birthDate: "2026-09-20" }, online);
    assert.deepEqual(dues, []);
    assert.equal(undetermined[0]?.code, "registration");
    assert.match(notes[0]?.vi ?? "", /Hội đồng nhân dân tỉnh/);
  });

  test("what the province's council decided is charged with its own basis", () => {
    const localAmounts = { registration: { amount: 15_000, basis: "Nghị quyết của tỉnh" } };
    const { dues } = assessDues([council], { birthDate: "2026-01-01" }, { ...online, localAmounts });
    assert.equal(dues[0]?.amount, 15_000);
    assert.equal(dues[0]?.basis, "Nghị quyết của tỉnh");
  });
});

describe("resolutions of the province's council", () => {
  const council = rule({ code: "registration", amount: { type: "by_provincial_resolution" } });
  const resolutions = {
    registration: [
      {
        amount: 5_000,
        resolution: "Nghị quyết 1/NQ",
        issuedOn: "2017-12-01",
        validFrom: "2018-01-01",
        validTo: "2020-12-31",
      },
      { amount: 8_000, resolution: "Nghị quyết 2/NQ", issuedOn: "2020-12-10", validFrom: "2021-01-01", validTo: null },
    ],
  };
  const on = (day: string) => {
    const localAmounts = localAmountsOn(resolutions, day);
    return assessDues([council], {}, { ...online, at: instantOf(day, 12), localAmounts });
  };

  test("the one in force on the day counts, and its number and date are the basis", () => {
    assert.deepEqual([on("2020-12-31").total, on("2021-01-01").total], [5_000, 8_000]);
    assert.equal(on("2026-11-20").dues[0]?.basis, "Nghị quyết 2/NQ (10/12/2020)");
  });

  test("before the first one the amount is unknown, not 0", () => {
    const { dues, undetermined, total } = on("2017-12-31");
    assert.deepEqual([dues, undetermined.length, total], [[], 1, 0]);
  });
});

describe("which rules apply", () => {
  const half = rule({
    code: "half",
    amount: { type: "fixed", amount: 400_000 },
    validFrom: "2025-07-01",
    validTo: "2026-12-31",
    ways: ["online"],
  });

  test("a rule holds on its first and last day, and not the day after", () => {
    const on = (day: string) => assessDues([half], {}, { ...online, at: instantOf(day, 12) }).total;
    assert.deepEqual(["2025-06-30", "2025-07-01", "2026-12-31", "2027-01-01"].map(on), [0, 400_000, 400_000, 0]);
  });

  test("the portal, the national portal and the app file online; counter and post do not", () => {
    const by = (channel: "app" | "national-portal" | "counter" | "post") =>
      assessDues([half], {}, { ...online, channel }).total;
    assert.deepEqual([by("app"), by("national-portal"), by("counter"), by("post")], [400_000, 400_000, 0, 0]);
  });
});
