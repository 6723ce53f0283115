import assert from "node:assert/strict";
import { test } from "node:test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { loadProcedures, pageHead } from "#province/catalogue/index.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import { renderBlankForm } from "./blank-form.ts";
import { siteMap } from "./site-map.ts";

const HOSTILE = '#panic("x") $a$ \\ </script><img onerror=1> ] } *_` @nobody \u0007\u202e Ỗ';

/** Every text that people read, in every place of a definition. */
function hostileTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hostileTexts);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value);
  if (entries.some(([key, text]) => key === "vi" && typeof text === "string")) return { vi: HOSTILE, en: HOSTILE };
  return Object.fromEntries(entries.map(([key, one]) => [key, hostileTexts(one)]));
}

test("a definition with hostile words prints them on the blank form as words", async () => {
  const form = loadProcedures().find(({ definition }) => definition.code === "1.001193")?.form;
  assert.ok(form);
  const day = new Date("2026-11-22T03:00:00Z");
  const pdf = renderBlankForm(hostileTexts(form) as FormDefinition, { code: HOSTILE, decision: HOSTILE }, day);
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const first = await (await (await task.promise).getPage(1)).getTextContent();
  const text = first.items
    .map((item) => ("str" in item ? item.str : ""))
    .join(" ")
    .replaceAll(/\s+/g, " ");
  await task.destroy();
  assert.match(text, /#panic\("x"\)/);
  assert.match(text, /onerror=1/);
});

test("hostile words leave neither the site map, nor a page's head, nor its structured data", () => {
  const map = siteMap("http://localhost", [`/thu-tuc/${HOSTILE}&<>"'`]);
  assert.doesNotMatch(map, /<img|<\/script>|&(?!amp;|lt;|gt;|quot;|#)/);
  const thing = { "@type": "GovernmentService", name: HOSTILE };
  const page = { origin: "http://localhost", path: "/x", title: HOSTILE, description: HOSTILE, siteName: HOSTILE };
  const { markup } = pageHead({ lang: "vi", ...page, thing });
  assert.doesNotMatch(markup, /<img/);
  assert.equal(markup.match(/<\/script>/g)?.length, 1, "the data block ends once, where it ends");
  const data = /<script type="application\/ld\+json">(.*)<\/script>/s.exec(markup)?.[1] ?? "";
  assert.equal((JSON.parse(data) as { name: string }).name, HOSTILE, "and says the same to who reads it");
});
