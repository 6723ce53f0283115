import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { schemaCheck } from "#kit/definition-file.ts";
import { loadProcedures } from "#province/catalogue/index.ts";

test("the designer takes every form that procedures/ holds: its shape follows the language", () => {
  const check = schemaCheck(join(import.meta.dirname, "form.schema.json"));
  const forms = loadProcedures().filter(({ form }) => form !== null);
  assert.ok(forms.length > 24);
  assert.deepEqual(
    forms.flatMap(({ definition, form }) => check(form).map((problem) => `${definition.code}: ${problem}`)),
    [],
  );
});
