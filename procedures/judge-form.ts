/**
 * Judges one procedure's form by examples: some that must be accepted as they are, more that must be refused at one field
 * for one reason. Each `<code>/form.test.ts` is a list of examples and one call of this.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assessDues } from "#province/fees/index.ts";
import { type Answers, type Facts, lintForm, requiredComponents, visibleItems } from "#province/forms/index.ts";
import { type FormTrial, formTrial, TRIAL_DAY, TRIAL_FACTS } from "#province/forms/form-trial.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";

/** The example person is a man of Bến Cầu whose account knows his sex and where he lives. */
export const HOME = { detail: "12 ấp 3", area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh" };
const FACTS: Facts = { ...TRIAL_FACTS, "account.gender": "nam", "account.address": `${HOME.detail}, ${HOME.area}` };

interface Example {
  readonly answers: Answers;
  /** Codes of the papers that must be attached online, in the order of the procedure. */
  readonly papers: readonly string[];
  /** What has to be paid in đồng when it is filed online; amounts that only a province knows do not count. */
  readonly due: number;
}

export interface FormCase {
  /** At least three, by who files or what for; the words stand in the test's title. */
  readonly filed: Readonly<Record<string, Example>>;
  /** At least ten: which example, what is changed in it, and the `field: reason` it is refused with. */
  readonly refused: readonly (readonly [example: string, change: Answers, refusal: string])[];
  /** How many questions the first example's person sees at most. */
  readonly questions: number;
  /** The form's name in the list of official electronic fields, and the fields that this platform does not ask for. */
  readonly official?: { readonly form: string; readonly elsewhere: readonly string[] };
}

/** Registers the tests; gives the trial back for what is particular to the one form. */
export function judgeForm(folder: string, { filed, refused, questions, official }: FormCase): FormTrial {
  const trial = formTrial(folder);
  const procedure = JSON.parse(readFileSync(join(folder, "procedure.json"), "utf8")) as ProcedureDefinition;

  void test(`${procedure.code}: the form can be published, and is judged by enough examples`, () => {
    assert.deepEqual(trial.problems, []);
    // No question that nobody can reach, no paper that nobody is asked for, no rule that never holds.
    assert.deepEqual(lintForm(trial.form, procedure), []);
    assert.ok(Object.keys(filed).length >= 3 && refused.length >= 10);
  });

  for (const [who, { answers, papers, due }] of Object.entries(filed)) {
    void test(`${procedure.code}: ${who} can be filed, with these papers and this fee`, () => {
      assert.deepEqual(trial.refusals(answers, FACTS), []);
      const kept = trial.kept(answers, FACTS);
      const asked = requiredComponents(procedure, kept, { today: TRIAL_DAY, way: "online" });
      assert.deepEqual(
        asked.flatMap(({ component, required }) => (required ? [component.code] : [])),
        papers,
      );
      const at = new Date(`${TRIAL_DAY}T02:00:00Z`);
      assert.equal(assessDues(procedure.fees, kept, { channel: "provincial-portal", at }).total, due);
    });
  }

  void test(`${procedure.code}: nothing is asked that the account knows, and no more than ${questions} questions`, () => {
    for (const [who, { answers }] of Object.entries(filed)) {
      for (const id of ["account.fullName", "account.identityNumber", "account.birthDate", "account.phone"]) {
        assert.ok(!Object.values(answers).includes(FACTS[id]), `${who} types ${id}`);
      }
      // An answer to a question that is not on the form would only look like an example.
      const kept = trial.kept(answers, FACTS);
      for (const [id, answer] of Object.entries(answers))
        if (answer !== undefined) assert.ok(Object.hasOwn(kept, id), `${who}: ${id} is not asked`);
    }
    const [first] = Object.values(filed);
    assert.ok(first);
    const context = { today: TRIAL_DAY, facts: FACTS };
    const asked = visibleItems(trial.form, first.answers, context).filter(({ source }) => source === "asked");
    assert.ok(asked.length <= questions, `${asked.length} questions`);
  });

  for (const [who, change, refusal] of refused) {
    void test(`${procedure.code}: ${who} is refused: ${refusal}`, () => {
      const example = filed[who];
      assert.ok(example, who);
      assert.deepEqual(trial.refusals({ ...example.answers, ...change }, FACTS), [refusal]);
    });
  }

  if (official) officialFields(procedure.code, trial, official);
  return trial;
}

const reference = join(import.meta.dirname, "../../shared/data/forms.json");

function officialFields(code: string, { form }: FormTrial, official: NonNullable<FormCase["official"]>): void {
  void test(`${code}: every official electronic field has its place on the form`, {
    skip: !existsSync(reference) && "the list of fields is not on this machine",
  }, () => {
    const { forms } = JSON.parse(readFileSync(reference, "utf8")) as {
      forms: { id: string; fields: { id: string }[] }[];
    };
    const sections = form.pages.flatMap((page) => page.sections);
    const own = new Set(sections.flatMap((section) => [section.id, ...section.items.map((item) => item.id)]));
    const fields = forms.find(({ id }) => id === official.form)?.fields.map(({ id }) => id.replace("[]", "")) ?? [];
    assert.ok(fields.length > 0);
    assert.deepEqual(
      fields.filter((id) => !own.has(id)),
      official.elsewhere,
    );
  });
}
