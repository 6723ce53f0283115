import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadConfig } from "../../kit/config.ts";
import { toText } from "../../kit/html.ts";
import { messages } from "./messages.ts";
import { type StartPageProps, startPage } from "./pages/start-page.ts";
import { streetDocument } from "./street-document.ts";

const config = loadConfig({ PORT: "8080" });
const processes = [{ role: "national-web", pid: 4711 }];

function page(change: Partial<StartPageProps> = {}): string {
  return toText(
    startPage({ lang: "vi", origins: config.origins, processes, messages: [], codes: new Map(), ...change }),
  );
}

describe("the start page", () => {
  it("leads to every system", () => {
    const text = page();
    for (const port of [8081, 8082, 8083, 8084, 8085, 8086])
      assert.match(text, new RegExp(`href="http://localhost:${port}"`));
    assert.match(text, /href="http:\/\/localhost:8086\/tin-nhan"/);
  });

  it("shows messages as text, whatever is in them", () => {
    const text = page({
      messages: [{ id: "1", channel: "sms", to: "0900000101", text: "<b>123456</b>", sentAt: "2026-11-21T15:00:00Z" }],
    });
    assert.match(text, /&lt;b&gt;123456&lt;\/b&gt;/);
  });

  it("says so when there are no messages, and when the sandbox does not answer", () => {
    assert.ok(page().includes(messages.vi.noMessages));
    assert.ok(page({ messages: undefined }).includes(messages.vi.sandboxSilent));
    assert.ok(page({ lang: "en", messages: undefined }).includes(messages.en.sandboxSilent));
  });

  it("shows the code that an officer's authenticator would show", () => {
    assert.match(page({ codes: new Map([["tiepnhan.tayninh", "246810"]]) }), />246810</);
  });
});

describe("motcua.json", () => {
  it("has the shape that programs rely on", () => {
    const document = streetDocument(config, processes);
    assert.deepEqual(Object.keys(document), ["national", "provinces", "sandbox", "processes", "demo"]);
    assert.deepEqual(document.provinces[0], {
      code: "tayninh",
      name: "Tây Ninh",
      portal: { origin: "http://localhost:8082" },
      desk: { origin: "http://localhost:8083" },
    });
    assert.deepEqual(document.sandbox, { origin: "http://localhost:8086", messages: "http://localhost:8086/messages" });
    assert.deepEqual(document.processes, processes);
    assert.deepEqual(Object.keys(document.demo), [
      "citizens",
      "unregistered",
      "officers",
      "operators",
      "cards",
      "wallets",
      "captcha",
    ]);
    assert.deepEqual(Object.keys(document.demo.citizens[0] ?? {}), ["identityNumber", "password", "name", "phone"]);
    assert.deepEqual(Object.keys(document.demo.unregistered[0] ?? {}), [
      "identityNumber",
      "name",
      "birthDate",
      "phone",
    ]);
    assert.deepEqual(Object.keys(document.demo.officers[0] ?? {}), [
      "username",
      "password",
      "totpSecret",
      "name",
      "role",
      "unit",
      "province",
    ]);
  });
});
