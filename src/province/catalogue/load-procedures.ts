/** Reads `procedures/`: five services in full, and `catalogue.json` with entries that are information only. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DefinitionError, readDefinition, schemaCheck, type SchemaCheck } from "#kit/definition-file.ts";
import type { Text } from "#kit/i18n.ts";
import type { TimeRule } from "#province/deadlines/index.ts";
import { describeTimeRule } from "#province/deadlines/index.ts";
import type { AmountRule, FeeRule, Level, OfferRule, ProcedureDefinition, Way } from "#province/procedure/index.ts";
import { definitionProblems } from "./definition-problems.ts";

const PROCEDURES = join(import.meta.dirname, "../../../procedures");

/** A procedure with the form that belongs to it, as the folder holds them. */
export type ProcedureFile = { readonly definition: ProcedureDefinition; readonly form: unknown };

let known: readonly ProcedureFile[] | undefined;

/** All procedures of the folder, by code. Read once a process; throws `DefinitionError` with every place that is wrong. */
export function loadProcedures(folder: string = PROCEDURES): readonly ProcedureFile[] {
  if (folder === PROCEDURES && known) return known;
  const check = schemaCheck(join(PROCEDURES, "procedure.schema.json"));
  const full = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "procedure.json")))
    .map((entry): ProcedureFile => {
      const form = readForm(join(folder, entry.name, "form.json"));
      const definition = readDefinition<ProcedureDefinition>(
        join(folder, entry.name, "procedure.json"),
        check,
        (value) => definitionProblems(value, entry.name, form),
      );
      return { definition, form };
    });
  const list = join(folder, "catalogue.json");
  const entries = existsSync(list) ? readEntries(list, check) : [];
  const all = [...full, ...entries.map((definition): ProcedureFile => ({ definition, form: null }))];
  const codes = new Set<string>();
  for (const { definition } of all) {
    if (codes.has(definition.code)) throw new DefinitionError(list, [`${definition.code} is defined twice`]);
    codes.add(definition.code);
  }
  const sorted = all.toSorted((a, b) => (a.definition.code < b.definition.code ? -1 : 1));
  if (folder === PROCEDURES) known = sorted;
  return sorted;
}

let shape: SchemaCheck | undefined;

/** What is wrong with the shape of a definition that is no file; empty when nothing is. */
export function schemaProblems(definition: unknown): readonly string[] {
  shape ??= schemaCheck(join(PROCEDURES, "procedure.schema.json"));
  return shape(definition);
}

function readForm(file: string): unknown {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as unknown) : null;
}

/** One line of `catalogue.json`: facts only, retyped from the national catalogue. */
type Entry = {
  code: string;
  name: Text;
  shortName?: Text;
  field: { code: string; name: Text };
  levels: Level[];
  issuer: Text;
  decision: string;
  offers: OfferRule[];
  time?: TimeRule;
  timeText?: Text;
  fees: { kind: "fee" | "charge"; ways?: Way[]; amount: AmountRule }[];
  basis: string;
  keywords?: string[];
};

const ALL_WAYS: Way[] = ["online", "counter", "post"];

function readEntries(file: string, check: (value: unknown) => readonly string[]): ProcedureDefinition[] {
  const entries = JSON.parse(readFileSync(file, "utf8")) as Entry[];
  return entries.map((entry) => {
    const definition = informationOnly(entry);
    const problems = check(definition);
    if (problems.length > 0)
      throw new DefinitionError(
        file,
        problems.map((problem) => `${entry.code}: ${problem}`),
      );
    return definition;
  });
}

/** Level 2 of Decree 43/2011: what it is, how long, how much; not yet to be filed here. */
function informationOnly(entry: Entry): ProcedureDefinition {
  const name = entry.shortName ?? entry.name;
  return {
    code: entry.code,
    name: entry.name,
    shortName: name,
    summary: {
      vi: `${name.vi}: nộp tại một cửa hoặc qua bưu chính công ích. Thủ tục này chưa nhận hồ sơ trên cổng.`,
      en: `${name.en}: hand in at the one-stop unit or by public post. Not yet filed on this portal.`,
    },
    ...(entry.keywords ? { keywords: entry.keywords } : {}),
    field: entry.field,
    levels: entry.levels,
    issuer: entry.issuer,
    decision: entry.decision,
    audience: [],
    validFrom: "2016-01-01",
    validTo: null,
    offers: entry.offers,
    serviceLevels: { "decree-43-2011": 2, "decree-42-2022": "information", "decree-224-2026": "information" },
    fileable: false,
    onlinePayment: false,
    timeLimits: entry.time ? [{ ways: ALL_WAYS, rule: entry.time }] : [],
    ...(entry.timeText ? { timeText: entry.timeText } : {}),
    components: [],
    notes: [],
    fees: entry.fees.map((fee, index) => feeOf(entry, fee, index, name)),
    results: [],
    legalBasis: [],
    steps: [],
    conditions: [],
  };
}

function feeOf(entry: Entry, fee: Entry["fees"][number], index: number, name: Text): FeeRule {
  const noun = fee.kind === "fee" ? { vi: "Phí", en: "Fee" } : { vi: "Lệ phí", en: "Charge" };
  return {
    code: `fee-${index + 1}`,
    kind: fee.kind,
    name: { vi: `${noun.vi}: ${name.vi}`, en: `${noun.en}: ${name.en}` },
    ...(fee.ways ? { ways: fee.ways } : {}),
    amount: fee.amount,
    validFrom: "2016-01-01",
    validTo: null,
    basis: entry.basis,
    collect: "on-filing",
  };
}

/** The time limit of a way of filing in words; null when nothing is published for it. */
export function timeLimitText(procedure: ProcedureDefinition, way: Way): Text | null {
  const limit = procedure.timeLimits.find((candidate) => candidate.ways.includes(way));
  return limit ? describeTimeRule(limit.rule) : (procedure.timeText ?? null);
}
