import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type PublicPostRules, postageOf, postageProblems, publicPostRules, returnedWhen } from "./postage.ts";

const rules: PublicPostRules = {
  returned: [
    { validFrom: "2016-12-16", validTo: "2025-12-31", when: "handed-over", basis: "A" },
    { validFrom: "2026-01-01", when: "delivered", basis: "B" },
  ],
  tables: [
    {
      validFrom: "2020-01-01",
      basis: "A",
      upToGrams: [100, 500],
      zones: { province: [20_000, 25_000], country: [30_000, 40_000] },
      eachFurther500Grams: { province: 3_000, country: 8_000 },
    },
  ],
};

describe("postage", () => {
  test("goes by weight and zone, every begun half kilogram beyond the table costs more", () => {
    const cases: [number, "province" | "country", number][] = [
      [1, "province", 20_000],
      [100, "province", 20_000],
      [101, "province", 25_000],
      [500, "country", 40_000],
      [501, "country", 48_000],
      [1_000, "country", 48_000],
      [1_001, "province", 31_000],
    ];
    for (const [grams, zone, amount] of cases)
      assert.equal(postageOf(rules, { on: "2026-11-22", zone, grams })?.amount, amount, `${grams} g ${zone}`);
  });

  test("is unknown before the first table, for nothing and for what the post does not carry", () => {
    assert.equal(postageOf(rules, { on: "2019-12-31", zone: "country", grams: 100 }), undefined);
    for (const grams of [0, 30_001, 1.5])
      assert.equal(postageOf(rules, { on: "2026-11-22", zone: "country", grams }), undefined);
  });

  test("the day says when a posted result counts as returned; without a rule it is the door", () => {
    assert.equal(returnedWhen(rules, "2025-12-31"), "handed-over");
    assert.equal(returnedWhen(rules, "2026-01-01"), "delivered");
    assert.equal(returnedWhen(rules, "2010-01-01"), "delivered");
  });

  test("the province's file is whole; one that contradicts itself is refused with the place", () => {
    assert.ok(postageOf(publicPostRules(), { on: "2026-11-22", zone: "country", grams: 100 }));
    const [table] = rules.tables;
    assert.ok(table);
    const broken = {
      ...rules,
      tables: [
        { ...table, upToGrams: [500, 100] },
        { ...table, validFrom: "2021-01-01" },
      ],
    };
    assert.deepEqual(postageProblems(broken), [
      "tables.0.upToGrams: must rise",
      "tables: two are in force on 2021-01-01",
    ]);
  });
});
