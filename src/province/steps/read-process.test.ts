import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { messages, problemText } from "./messages.ts";
import { readCondition } from "./read-condition.ts";
import { readProcess } from "./read-process.ts";

const drawing = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="https://motcua.vn/schema/internal-process/1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="x"><bpmn:process id="p" name="Thử">${body}</bpmn:process></bpmn:definitions>`;
const start = `<bpmn:startEvent id="s"/>`;
const end = `<bpmn:endEvent id="e"/>`;
const step = (id: string, more = "") =>
  `<bpmn:userTask id="${id}" name="Bước ${id}" motcua:role="specialist" motcua:hours="8" ${more}/>`;
const flow = (from: string, to: string, more = "") =>
  `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}" ${more}/>`;
const timer = (id: string, at: string, duration = "PT8H", more = "") =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${at}" ${more}><bpmn:timerEventDefinition id="${id}d"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`;
const fork = (id: string) => `<bpmn:parallelGateway id="${id}" name="Cổng ${id}"/>`;
const choice = (id: string, otherwise = "") =>
  `<bpmn:exclusiveGateway id="${id}" name="Rẽ ${id}" ${otherwise && `default="${otherwise}"`}/>`;

/** What is drawn, and the places and reasons of its refusal. */
const REFUSED: readonly (readonly [what: string, xml: string, problems: readonly string[]])[] = [
  [
    "two starts",
    drawing(start + `<bpmn:startEvent id="s2"/>` + step("a") + end + flow("s", "a") + flow("s2", "a") + flow("a", "e")),
    ["s2 two-starts"],
  ],
  ["no end", drawing(start + step("a") + flow("s", "a")), ["p no-end", "a no-way-out"]],
  [
    "a step nobody comes to",
    drawing(start + step("a") + step("b") + end + flow("s", "a") + flow("a", "e") + flow("b", "e")),
    ["b unreachable"],
  ],
  [
    "a ring without a way out",
    drawing(
      start +
        step("a") +
        step("b") +
        step("c") +
        fork("g") +
        end +
        flow("s", "g") +
        flow("g", "a") +
        flow("a", "e") +
        flow("g", "b") +
        flow("b", "c") +
        flow("c", "b"),
    ),
    ["b endless", "c endless"],
  ],
  [
    "a ring without a person",
    drawing(
      start +
        step("a") +
        choice("x", "x-y") +
        choice("y", "y-e") +
        end +
        flow("s", "a") +
        flow("a", "x") +
        flow("x", "y", 'name="tiếp"') +
        `<bpmn:sequenceFlow id="x-e" name="xong" sourceRef="x" targetRef="e"/>` +
        flow("y", "e") +
        `<bpmn:sequenceFlow id="y-x" sourceRef="y" targetRef="x"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">fee = "due"</bpmn:conditionExpression></bpmn:sequenceFlow>`,
    ),
    ["x choice-without-person"],
  ],
  [
    "branches that meet without a join",
    drawing(
      start +
        fork("g") +
        step("a") +
        step("b") +
        step("c") +
        end +
        flow("s", "g") +
        flow("g", "a") +
        flow("g", "b") +
        flow("a", "c") +
        flow("b", "c") +
        flow("c", "e"),
    ),
    ["c join-missing"],
  ],
  [
    "a join that waits for a way not taken",
    drawing(
      start +
        step("a") +
        choice("x", "x-b") +
        step("b") +
        step("c") +
        fork("j") +
        end +
        flow("s", "a") +
        flow("a", "x") +
        flow("x", "b", 'name="một"') +
        flow("x", "c", 'name="hai"') +
        flow("b", "j") +
        flow("c", "j") +
        flow("j", "e"),
    ),
    ["j join-waits-for-ever"],
  ],
  [
    "a gateway without default",
    drawing(
      start +
        step("a") +
        choice("x") +
        step("b") +
        end +
        flow("s", "a") +
        flow("a", "x") +
        flow("x", "b", 'name="lại"') +
        flow("x", "e", 'name="xong"') +
        flow("b", "a"),
    ),
    ["x no-default"],
  ],
  [
    "a condition outside the subset",
    drawing(
      start +
        step("a") +
        choice("x", "x-e") +
        step("b") +
        end +
        flow("s", "a") +
        flow("a", "x") +
        `<bpmn:sequenceFlow id="x-b" sourceRef="x" targetRef="b"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">amount &gt; 5</bpmn:conditionExpression></bpmn:sequenceFlow>` +
        flow("x", "e") +
        flow("b", "e"),
    ),
    ["x-b condition-outside"],
  ],
  [
    "an unknown role, unit and no hours",
    drawing(
      start +
        `<bpmn:userTask id="a" name="A" motcua:role="boss" motcua:unit="nowhere"/>` +
        end +
        flow("s", "a") +
        flow("a", "e"),
    ),
    ["a unknown-role", "a unknown-unit", "a no-hours"],
  ],
  [
    "a call without an agency",
    drawing(
      start +
        `<bpmn:callActivity id="a" name="A" motcua:role="specialist" motcua:hours="8"/>` +
        end +
        flow("s", "a") +
        flow("a", "e"),
    ),
    ["a call-without-agency"],
  ],
  [
    "an element outside the subset",
    drawing(start + `<bpmn:scriptTask id="a" name="Máy"/>` + end + flow("s", "a") + flow("a", "e")),
    ["a element-outside"],
  ],
  [
    "a timer that cannot be read, one that does not end its step, and one of years",
    drawing(
      start +
        step("a") +
        step("b") +
        step("c") +
        timer("t", "a", "tomorrow") +
        timer("u", "b", "PT1H", 'cancelActivity="false"') +
        timer("v", "c", "P501D") +
        end +
        flow("s", "a") +
        flow("a", "b") +
        flow("b", "c") +
        flow("c", "e") +
        flow("t", "e") +
        flow("u", "e") +
        flow("v", "e"),
    ),
    ["t timer-without-duration", "u timer-not-interrupting", "v timer-without-duration"],
  ],
  [
    "work after the result is returned",
    drawing(
      start +
        step("a", 'motcua:act="return-result"') +
        step("b") +
        end +
        flow("s", "a") +
        flow("a", "b") +
        flow("b", "e"),
    ),
    ["a return-not-last"],
  ],
  [
    "two ways out of a step",
    drawing(start + step("a") + end + `<bpmn:endEvent id="f"/>` + flow("s", "a") + flow("a", "e") + flow("a", "f")),
    ["a several-ways-out"],
  ],
  ["text", "không phải XML", [" not-xml"]],
  ["another XML", `<?xml version="1.0"?><html/>`, [" not-bpmn"]],
  ["half a file", drawing(start).slice(0, 120), [" not-xml"]],
  ["entities", `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>`, [" forbidden-xml"]],
  ["a file of 5 MB", drawing(" ".repeat(5_000_000)), [" too-large"]],
];

describe("a drawing", () => {
  for (const [what, xml, expected] of REFUSED) {
    test(`with ${what} is refused, with its place`, async () => {
      const reading = await readProcess(xml, { units: new Set(["so-tu-phap"]) });
      assert.ok(!reading.ok);
      const said = reading.problems.map(({ elementId, code }) => `${elementId} ${code}`);
      for (const one of expected) assert.ok(said.includes(one), `${one} in ${said.join(", ")}`);
      for (const problem of reading.problems) assert.ok(problemText(problem, "vi") && problemText(problem, "en"));
    });
  }

  test("of the subset is read with its steps, ways, conditions and timers", async () => {
    const xml = drawing(
      start +
        step("a", 'motcua:act="forward"') +
        choice("x", "x-b") +
        step("b") +
        timer("t", "b", "P1DT4H") +
        `<bpmn:callActivity id="c" name="Sở" motcua:role="specialist" motcua:unit="so-tu-phap" motcua:hours="4,5" motcua:kind="opinion"/>` +
        choice("m") +
        end +
        flow("s", "a") +
        flow("a", "x") +
        flow("x", "b", 'name="Thụ lý"') +
        flow("x", "a", 'name="Làm lại"') +
        flow("b", "c") +
        flow("t", "m") +
        flow("c", "m") +
        flow("m", "e"),
    );
    const reading = await readProcess(xml, { units: new Set(["so-tu-phap"]) });
    assert.ok(reading.ok, JSON.stringify(reading));
    const { nodes, name, start: first } = reading.process;
    assert.deepEqual([name, first], ["Thử", "s"]);
    assert.deepEqual(nodes["b"]?.kind === "step" && nodes["b"].timer, { id: "t", minutes: 240, days: 1, flow: "t-m" });
    assert.ok(
      nodes["c"]?.kind === "step" && nodes["c"].hours === 4.5 && nodes["c"].elsewhere && nodes["c"].work === "opinion",
    );
    assert.ok(nodes["x"]?.kind === "exclusive" && nodes["x"].by === "officer" && nodes["x"].otherwise === "x-b");
  });

  test("whose conditions double what can happen, again and again, is refused rather than looked at in part", async () => {
    const names = Array.from({ length: 16 }, (_, index) => `g${index}`);
    const other = (from: string, to: string) =>
      `<bpmn:sequenceFlow id="${from}-else" sourceRef="${from}" targetRef="${to}"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">fee = "due"</bpmn:conditionExpression></bpmn:sequenceFlow>`;
    const gateways = names.map((name, index) => {
      const to = names[index + 1] ?? "e";
      return choice(name, `${name}-${to}`) + flow(name, to) + other(name, to);
    });
    const reading = await readProcess(
      drawing([start, step("a"), end, flow("s", "a"), flow("a", "g0"), ...gateways].join("")),
    );
    assert.deepEqual(reading.ok || reading.problems.map(({ elementId, code }) => [elementId, code]), [
      ["s", "too-many-standings"],
    ]);
  });

  test("asks of the facts what the facts can answer, and nothing else", () => {
    assert.deepEqual(readCondition('\u0024{opinion == "given"}'), { fact: "opinion", is: true, value: "given" });
    assert.deepEqual(readCondition("channel != 'post'"), { fact: "channel", is: false, value: "post" });
    for (const text of [
      "",
      "opinion",
      'opinion = "maybe"',
      'amount = "5"',
      "\u0024{a}\u0024{b}",
      'fee = "due" or fee = "paid"',
    ])
      assert.equal(readCondition(text), undefined, text);
  });

  test("has every word in both languages", () => {
    assert.deepEqual(Object.keys(messages.vi.problems), Object.keys(messages.en.problems));
  });
});
