/** For the tests beside each procedure's form: a person, a day, and the reasons a set of answers is refused for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { checkDefinition } from "./definition-check.ts";
import type { Answers, Facts, FormDefinition } from "./form.ts";
import { toJsonSchema } from "./json-schema.ts";
import { validateAnswers } from "./validate-answers.ts";

export const TRIAL_DAY = "2026-11-21";

export const TRIAL_FACTS: Facts = {
  "account.fullName": "Nguyễn Văn An",
  "account.identityNumber": "072090001234",
  "account.birthDate": "1990-02-11",
  "account.phone": "0869123603",
  "account.email": "an@example.vn",
  "filing.agency": "Ủy ban nhân dân thị trấn Bến Cầu",
};

export interface FormTrial {
  readonly form: FormDefinition;
  /** What is wrong with the definition itself. */
  readonly problems: readonly string[];
  /** `field: reason` of every error; empty when the answers can be filed. */
  refusals(answers: Answers, facts?: Facts): readonly string[];
  kept(answers: Answers, facts?: Facts): Answers;
}

export function formTrial(folder: string): FormTrial {
  const form = JSON.parse(readFileSync(join(folder, "form.json"), "utf8")) as FormDefinition;
  const check = (answers: Answers, facts: Facts = TRIAL_FACTS) =>
    validateAnswers(form, answers, { today: TRIAL_DAY, facts });
  const fits = new Ajv2020({ strict: false, validateFormats: false }).compile(toJsonSchema(form));
  return {
    form,
    problems: checkDefinition(form),
    refusals: (answers, facts) => {
      const checked = check(answers, facts);
      // What can be filed also fits the schema that programs are given.
      if (checked.errors.length === 0 && !fits(checked.answers)) return [`schema: ${JSON.stringify(fits.errors)}`];
      return checked.errors.map((error) => `${error.field}: ${error.reason}`);
    },
    kept: (answers, facts) => check(answers, facts).answers,
  };
}
