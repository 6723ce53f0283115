import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { FormDefinition } from "./form.ts";
import { toJsonSchema } from "./json-schema.ts";

const root = join(import.meta.dirname, "../../..");

test("every form's schema is JSON Schema 2020-12, and no answer slips through under another name", () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  for (const file of globSync("procedures/*/form.json", { cwd: root })) {
    const schema = toJsonSchema(JSON.parse(readFileSync(join(root, file), "utf8")) as FormDefinition);
    assert.ok(ajv.validateSchema(schema), `${file}: ${ajv.errorsText()}`);
    const judge = ajv.compile(schema);
    assert.ok(!judge({ nobody: 1 }), file);
  }
});
