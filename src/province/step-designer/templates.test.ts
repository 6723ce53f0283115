import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ProcessModel, readProcess, waysOf } from "#province/steps/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { processDifferences } from "./process-differences.ts";
import { longestHours, stepRows } from "./step-rows.ts";
import { blankDrawing, listTemplates } from "./templates.ts";

async function modelOf(xml: string): Promise<ProcessModel> {
  const tenant = findTenant("tayninh");
  const units = new Set(tenant.agencies.map(({ id }) => id));
  const read = await readProcess(xml, { units });
  assert.ok(read.ok, read.ok ? "" : JSON.stringify(read.problems));
  return read.process;
}

async function template(id: string): Promise<ProcessModel> {
  const found = listTemplates().find((one) => one.id === id);
  assert.ok(found, id);
  return modelOf(found.xml);
}

describe("the standard procedures", () => {
  test("can all run, at the agencies of both demo provinces, and every element of them is drawn", async () => {
    const kontum = new Set(findTenant("kontum").agencies.map(({ id }) => id));
    assert.equal(listTemplates().length, 5);
    for (const { id, xml } of listTemplates()) {
      const model = await modelOf(xml);
      const elsewhere = await readProcess(xml, { units: kontum });
      assert.ok(elsewhere.ok, id);
      for (const element of [...Object.keys(model.nodes), ...Object.keys(model.flows)])
        assert.ok(xml.includes(`bpmnElement="${element}"`), `${id}: ${element} is not drawn`);
      for (const one of [model, ...Object.values(model.nodes), ...Object.values(model.flows)])
        if (
          one.name &&
          "english" in one === false &&
          !["start", "end", "exclusive"].includes("kind" in one ? one.kind : "")
        )
          assert.fail(`${id}: "${one.name}" has no name in English`);
    }
    await modelOf(blankDrawing('Quy trình "mới" & <thử>'));
  });

  test("keep the order of the file whatever order the database gives them back in", async () => {
    for (const { id, xml } of listTemplates()) {
      const model = await modelOf(xml);
      const kept = { ...model, flows: Object.fromEntries(Object.entries(model.flows).toReversed()) };
      assert.deepEqual(stepRows(kept, new Map(), "vi"), stepRows(model, new Map(), "vi"), id);
      for (const node of Object.keys(model.nodes)) assert.deepEqual(waysOf(kept, node), waysOf(model, node), id);
    }
  });

  test("share out the hours of the law: a day at the commune, fifteen days at the department", async () => {
    const hours: Record<string, number> = {};
    for (const { id } of listTemplates()) hours[id] = longestHours(await template(id), 8);
    assert.deepEqual(hours, {
      commune: 8,
      department: 120,
      "department-opinion": 80,
      "linked-parallel": 74,
      "linked-serial": 80,
    });
  });
});

describe("a process as a list", () => {
  test("says of each step who, how long and where the dossier goes from it", async () => {
    const rows = stepRows(await template("commune"), new Map(), "vi");
    assert.deepEqual(
      rows.map(({ id, who, hours, act }) => [id, who, hours, act]),
      [
        ["receive", "Cán bộ một cửa", "1 giờ", "Chuyển thụ lý"],
        ["process", "Chuyên viên thụ lý", "4 giờ", "Nhập kết quả"],
        ["sign", "Lãnh đạo", "2 giờ", "Ký kết quả"],
        ["return", "Cán bộ một cửa", "1 giờ", "Trả kết quả"],
      ],
    );
    assert.deepEqual(rows[2]?.next, [
      "Đã ký: Trả kết quả (mặc định)",
      "Trả lại để thụ lý lại: Bước 2. Thụ lý, nhập kết quả",
    ]);
  });

  test("says what happens at the same time, what is waited for, and what a deadline leads to", async () => {
    const rows = new Map(
      stepRows(await template("linked-parallel"), new Map([["bhxh", "BHXH"]]), "en").map((row) => [row.id, row]),
    );
    assert.deepEqual(rows.get("sign")?.next, [
      "At the same time: Register the residence",
      "At the same time: Issue the health insurance card",
    ]);
    assert.equal(rows.get("insurance")?.unit, "BHXH");
    assert.deepEqual(rows.get("insurance")?.next, [
      "Once all branches are there: Return all three results",
      "After 5 working days: Urge, receive the card",
    ]);
  });
});

test("versions are compared element by element: hours, who, ways", async () => {
  const before = await template("commune");
  const found = listTemplates().find(({ id }) => id === "commune")?.xml ?? "";
  const after = await modelOf(
    found.replace('motcua:hours="4"', 'motcua:hours="3.5"').replace('name="Đã ký"', 'name="Đồng ý"'),
  );
  assert.deepEqual(processDifferences(before, before, new Map(), "vi"), []);
  const changes = processDifferences(before, after, new Map(), "vi");
  assert.deepEqual(
    changes.map(({ element, change }) => [element, change]),
    [
      ["process", "changed"],
      ["to-return", "changed"],
    ],
  );
  assert.match(changes[0]?.after ?? "", /3,5 giờ/);
});
