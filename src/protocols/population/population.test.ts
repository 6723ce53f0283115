import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { askPopulation } from "./client.ts";
import { isPopulationAnswer, isPopulationQuery } from "./messages.ts";
import type { PopulationQuery } from "./messages.ts";
import { isSignedNow, signBody } from "#kit/signed-body.ts";

const example = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./examples/${name}.json`, import.meta.url), "utf8"));
const KEY = "key-of-the-population-database";

describe("the population database", () => {
  test("the examples have the shape, and a stranger's shape is no answer", () => {
    assert.ok(isPopulationQuery(example("query")));
    const answer = example("answer") as { person: object };
    assert.ok(isPopulationAnswer(answer));
    for (const wrong of [
      { identityNumber: "12" },
      { sex: "?" },
      { father: { name: "" } },
      { spouse: [] },
      { birthDate: "11/02/1990" },
    ]) {
      assert.ok(!isPopulationAnswer({ ...answer, person: { ...answer.person, ...wrong } }), JSON.stringify(wrong));
    }
    assert.ok(!isPopulationAnswer(null));
    assert.ok(!isPopulationQuery({ ...(example("query") as object), identityNumber: "x" }));
  });

  test("a signature counts for its body, its key and five minutes", () => {
    const at = new Date("2026-11-22T03:32:00Z");
    const headers = signBody(KEY, "{}", at);
    const signed = { timestamp: headers["x-timestamp"], signature: headers["x-signature"] };
    assert.ok(isSignedNow(KEY, "{}", signed, at));
    assert.ok(!isSignedNow(KEY, "{ }", signed, at));
    assert.ok(!isSignedNow("another", "{}", signed, at));
    assert.ok(!isSignedNow(KEY, "{}", signed, new Date(at.getTime() + 6 * 60_000)));
    assert.ok(!isSignedNow(KEY, "{}", { timestamp: null, signature: null }, at));
  });

  test("what is not signed, of another question or an error page is no answer", async () => {
    const query = example("query") as PopulationQuery;
    let reply: { status?: number; body: string; key: string } = { body: "", key: KEY };
    const server = createServer((_request, response) => {
      response.writeHead(reply.status ?? 200, { ...signBody(reply.key, reply.body, new Date()) });
      response.end(reply.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const at = {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      clientId: "tayninh",
      key: KEY,
    };
    try {
      const body = JSON.stringify(example("answer"));
      reply = { body, key: KEY };
      assert.equal((await askPopulation(at, query)).found, true);
      const unavailable = { code: "unavailable" };
      for (const wrong of [
        { body, key: "another" },
        { body: "<html>", key: KEY },
        { body, key: KEY, status: 503 },
        { body: JSON.stringify({ requestId: "another", found: false }), key: KEY },
      ]) {
        reply = wrong;
        await assert.rejects(askPopulation(at, query), unavailable);
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
