import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { checkProcess } from "./check-process.ts";
import type { Facts, Flow, ProcessModel, ProcessNode, Token } from "./process.ts";
import { readProcess } from "./read-process.ts";
import { begin, decide, stepsAfter, waysOf } from "./steps-lifecycle.ts";

const facts: Facts = { channel: "counter", fee: "none", receive: "desk", opinion: "none", supplemented: "no" };

/** Small processes as a tree: what is drawn from it is sound by construction. */
type Block =
  | { kind: "step"; timer: boolean }
  | { kind: "wait" }
  | { kind: "serial" | "parallel" | "choice" | "facts"; parts: Block[] }
  | { kind: "loop"; body: Block };

const { block } = fc.letrec<{ block: Block }>((tie) => {
  const parts = fc.array(tie("block"), { minLength: 2, maxLength: 3 });
  return {
    block: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fc.record({ kind: fc.constant("step" as const), timer: fc.boolean() }),
      fc.constant({ kind: "wait" as const }),
      fc.record({
        kind: fc.constantFrom("serial" as const, "parallel" as const, "facts" as const, "choice" as const),
        parts,
      }),
      fc.record({ kind: fc.constant("loop" as const), body: tie("block") }),
    ),
  };
});

/** Draws a tree: start → tree → end. */
function draw(tree: Block): ProcessModel {
  const nodes: Record<string, ProcessNode> = {};
  const flows: Record<string, Flow> = {};
  let count = 0;
  const add = <Node extends ProcessNode>(node: Omit<Node, "id" | "name">): string => {
    count += 1;
    const id = `n${count}`;
    nodes[id] = { ...node, id, name: id } as unknown as ProcessNode;
    return id;
  };
  const join_ = (from: string, to: string, condition: Flow["condition"] = null): string => {
    count += 1;
    const id = `f${count}`;
    flows[id] = { id, name: id, from, to, condition };
    return id;
  };
  const step = () => {
    const more = {
      role: "specialist",
      unit: "own",
      hours: 1,
      work: "task",
      act: "none",
      elsewhere: false,
      timer: null,
    };
    return add({ kind: "step", ...more } as never);
  };
  const gateway = (by: string) => add({ kind: "exclusive", by, otherwise: null } as never);
  const usual = (id: string, otherwise: string) => {
    nodes[id] = { ...nodes[id], otherwise } as ProcessNode;
  };
  /** Answers the first and the last node of what was drawn. */
  const put = (part: Block): [string, string] => {
    switch (part.kind) {
      case "step": {
        const id = step();
        if (!part.timer) return [id, id];
        const after = gateway("nobody");
        join_(id, after);
        const flow = join_(`${id}-timer`, after);
        nodes[id] = { ...nodes[id], timer: { id: `${id}-timer`, minutes: 60, flow } } as ProcessNode;
        return [id, after];
      }
      case "wait": {
        const id = add({ kind: "wait", minutes: 60 } as never);
        return [id, id];
      }
      case "serial": {
        const drawn = part.parts.map(put);
        for (const [index, [first]] of drawn.slice(1).entries()) join_(drawn[index]?.[1] ?? "", first);
        return [drawn[0]?.[0] ?? "", drawn.at(-1)?.[1] ?? ""];
      }
      case "parallel": {
        const fork = add({ kind: "parallel" } as never);
        const meet = add({ kind: "parallel" } as never);
        for (const [first, last] of part.parts.map(put)) {
          join_(fork, first);
          join_(last, meet);
        }
        return [fork, meet];
      }
      case "choice":
      case "facts": {
        const before = step();
        const split = gateway(part.kind === "choice" ? "officer" : "facts");
        const merge = gateway("nobody");
        join_(before, split);
        part.parts.map(put).forEach(([first, last], index) => {
          const asked = part.kind === "facts" && index > 0;
          const flow = join_(split, first, asked ? { fact: "channel", is: true, value: "post" } : null);
          if (index === 0) usual(split, flow);
          join_(last, merge);
        });
        return [before, merge];
      }
      case "loop": {
        const [first, last] = put(part.body);
        const entry = gateway("nobody");
        const check = step();
        const split = gateway("officer");
        const out = gateway("nobody");
        join_(entry, first);
        join_(last, check);
        join_(check, split);
        usual(split, join_(split, out));
        join_(split, entry);
        return [entry, out];
      }
    }
  };
  const start = add({ kind: "start" } as never);
  const [first, last] = put(tree);
  join_(start, first);
  join_(last, add({ kind: "end" } as never));
  return { id: "p", name: "p", start, nodes, flows };
}

/** Applies one event and holds every token to account. */
function move(model: ProcessModel, tokens: readonly Token[], next: number, event: Parameters<typeof decide>[2]) {
  const done = decide(model, { tokens, next }, event, facts);
  assert.ok(done.ok, JSON.stringify(done));
  const ids = new Set(tokens.map(({ id }) => id));
  assert.ok(
    done.gone.every((id) => ids.has(id)) && new Set(done.gone).size === done.gone.length,
    "only tokens that were there go, once",
  );
  assert.ok(done.gone.includes(event.token), "the token of the event goes");
  assert.ok(
    done.born.every(({ id }) => !ids.has(id) && id >= next && id < done.next),
    "a number is used once",
  );
  const after = [...tokens.filter(({ id }) => !done.gone.includes(id)), ...done.born];
  assert.equal(done.ended, after.length === 0);
  const places = after.map(({ node, flow }) => (model.nodes[node]?.kind === "parallel" ? flow : node));
  assert.equal(new Set(places).size, places.length, "two tokens never stand in one place");
  return { tokens: after, next: done.next };
}

describe("the interpreter", () => {
  test("runs every small process to its end: no token is lost, none is doubled, whatever is chosen and whenever timers pass", () => {
    fc.assert(
      fc.property(block, fc.infiniteStream(fc.nat()), (tree, choices) => {
        const model = draw(tree);
        assert.deepEqual(checkProcess(model), []);
        const first = begin(model, facts);
        let state = { tokens: first.born as readonly Token[], next: first.next };
        for (let moves = 0; state.tokens.length > 0; moves += 1) {
          // After a while the usual ways only: loops end there.
          const wild = moves < 40;
          const ready = state.tokens.filter(({ node }) => model.nodes[node]?.kind !== "parallel");
          assert.ok(ready.length > 0, "somebody can always go on");
          const pick = () => choices.next().value ?? 0;
          const token = ready[pick() % ready.length];
          const node = token && model.nodes[token.node];
          assert.ok(token && node);
          const ways = waysOf(model, node.id);
          const way = wild && ways.length > 0 ? ways[pick() % ways.length]?.id : undefined;
          const overdue = node.kind === "step" && node.timer !== null && pick() % 2 === 0;
          const type = node.kind === "wait" ? "waited" : overdue ? "overdue" : "done";
          state = move(
            model,
            state.tokens,
            state.next,
            type === "done" ? { type, token: token.id, way } : { type, token: token.id },
          );
          assert.ok(moves < 2_000);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("refuses every event that the table of nodes and events does not have, and changes nothing", () => {
    const model = draw({
      kind: "serial",
      parts: [{ kind: "step", timer: false }, { kind: "wait" }, { kind: "step", timer: true }],
    });
    const allowed: Record<string, readonly string[]> = {
      step: ["done"],
      "step with timer": ["done", "overdue"],
      wait: ["waited"],
    };
    for (const node of Object.values(model.nodes)) {
      const kind = node.kind === "step" && node.timer ? "step with timer" : node.kind;
      for (const type of ["done", "overdue", "waited"] as const) {
        const standing = { tokens: [{ id: 1, node: node.id, flow: "f" }], next: 2 };
        const done = decide(model, standing, { type, token: 1 }, facts);
        assert.equal(done.ok, allowed[kind]?.includes(type) ?? false, `${kind} ${type}`);
        assert.deepEqual(decide(model, standing, { type, token: 9 }, facts), { ok: false, reason: "no-such-token" });
      }
    }
    const step = Object.values(model.nodes).find((node) => node.kind === "step");
    const standing = { tokens: [{ id: 1, node: step?.id ?? "", flow: "f" }], next: 2 };
    assert.deepEqual(decide(model, standing, { type: "done", token: 1, way: "f1" }, facts), {
      ok: false,
      reason: "no-such-way",
    });
  });

  test("the standard processes pass the checks, run to their end the usual way, and count their steps", async () => {
    const folder = join(import.meta.dirname, "../../../procedures/processes");
    const files = readdirSync(folder).filter((name) => name.endsWith(".bpmn"));
    assert.ok(files.length >= 5);
    for (const name of files) {
      const reading = await readProcess(readFileSync(join(folder, name), "utf8"));
      assert.ok(reading.ok, `${name}: ${JSON.stringify(reading)}`);
      const model = reading.process;
      const first = begin(model, facts);
      let state = { tokens: first.born as readonly Token[], next: first.next };
      const expected =
        stepsAfter(
          model,
          state.tokens.map(({ node }) => node),
        ).length + state.tokens.length;
      let done = 0;
      while (state.tokens.length > 0) {
        const token = state.tokens.find(({ node }) => model.nodes[node]?.kind !== "parallel");
        assert.ok(token, name);
        const waits = model.nodes[token.node]?.kind === "wait";
        state = move(model, state.tokens, state.next, { type: waits ? "waited" : "done", token: token.id });
        if (!waits) done += 1;
      }
      assert.ok(done >= 3 && done <= expected, `${name}: ${done} of ${expected}`);
    }
  });
});
