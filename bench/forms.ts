/** The form engine by itself: checking answers, and making the page of a long form. No database, no network. */
import { brotliCompressSync, constants } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type FormContext, pageIsland, renderFormPage, toJsonSchema, validateAnswers } from "#province/forms/index.ts";
import { longForm } from "../src/province/forms/long-form.ts";
import type { Contest } from "./harness.ts";

const MS = 1_500;
const CONTEXT: FormContext = { today: "2026-11-22", facts: { "account.fullName": "Nguyễn Văn An" } };

/** How often a second. */
function rate(work: () => void): number {
  const end = performance.now() + MS;
  const began = performance.now();
  let times = 0;
  while (performance.now() < end) {
    work();
    times += 1;
  }
  return (times / (performance.now() - began)) * 1_000;
}

/** Sixty answers checked and pruned, against the shape alone by a compiled JSON Schema. */
export async function formValidation(): Promise<Contest> {
  const { form, answers } = longForm(60);
  if (validateAnswers(form, answers, CONTEXT).errors.length > 0) throw new Error("the example has errors");
  const shape = new Ajv2020({ strict: false, validateFormats: false }).compile(toJsonSchema(form));
  return {
    name: "form validation (60 fields)",
    unit: "forms",
    limitName: "the answers' shape by Ajv, compiled, after parsing them",
    limit: async () => {
      const text = JSON.stringify(answers);
      return rate(() => {
        if (!shape(JSON.parse(text))) throw new Error("the shape is refused");
      });
    },
    workload: async () => rate(() => validateAnswers(form, answers, CONTEXT)),
    close: async () => undefined,
  };
}

/** A page of three hundred questions with what the browser needs, compressed, against compressing the ready page. */
export async function formPage300(): Promise<Contest> {
  const { form, answers } = longForm(300);
  const [page] = form.pages;
  if (!page) throw new Error("no page");
  const make = (): string =>
    renderFormPage({ form, page, answers, context: CONTEXT, lang: "vi" }).markup +
    pageIsland({ form, page: page.id, answers, context: CONTEXT, lang: "vi" }).markup;
  const ready = make();
  const pack = (text: string) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  return {
    name: `form page (300 questions, ${Math.round(pack(ready).length / 1_024)} KB packed)`,
    unit: "pages",
    limitName: `brotli 1 over the ready ${Math.round(ready.length / 1_024)} KB`,
    limit: async () => rate(() => pack(ready)),
    workload: async () => rate(() => pack(make())),
    close: async () => undefined,
  };
}
