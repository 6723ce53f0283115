import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Answer, FormDefinition } from "#province/forms/index.ts";
import { renderDeclaration } from "./render-declaration.ts";

const root = join(import.meta.dirname, "../../..");
const HOSTILE = '#panic("x") $ \\ <b> ] } 0#eval("1") *_` @label Nguyễn Thị Ỗ';

test("every form has its declaration, whatever was typed", { timeout: 120_000 }, async () => {
  const files = globSync("procedures/*/form.json", { cwd: root });
  assert.ok(files.length >= 24);
  for (const file of files) {
    const form = JSON.parse(readFileSync(join(root, file), "utf8")) as FormDefinition;
    const answers: Record<string, Answer> = {};
    for (const section of form.pages.flatMap(({ sections }) => sections)) {
      const values = Object.fromEntries(section.items.map(({ id }) => [id, HOSTILE]));
      if (section.repeat) answers[section.id] = [{ row: "r1", ...values }];
      else Object.assign(answers, values);
    }
    const of = {
      form,
      answers,
      context: { facts: { "account.fullName": HOSTILE }, today: "2026-11-22" },
      procedure: { code: "1.001193", name: HOSTILE },
      agency: HOSTILE,
      applicant: HOSTILE,
      locality: "Tây Ninh",
      now: new Date("2026-11-22T03:32:00Z"),
    };
    const filed = { number: 363816, code: null, at: of.now, address: "http://localhost:8082/ho-so/1" };
    const [draft, sent, again] = [
      await renderDeclaration(of),
      await renderDeclaration({ ...of, filed }),
      await renderDeclaration({ ...of, filed }),
    ];
    assert.equal(Buffer.from(draft.subarray(0, 5)).toString(), "%PDF-", file);
    assert.deepEqual(sent, again, "the same answers give the same bytes");
  }
});
