/** What is wrong with a procedure's definition beyond its shape; each sentence names the place, for whoever edits it. */
import { checkDefinition, type FormDefinition, subjectsOf } from "#province/forms/index.ts";
import { partProblems } from "#province/parts/index.ts";
import type { FeeRule, ProcedureDefinition, Way } from "#province/procedure/index.ts";

export function definitionProblems(procedure: ProcedureDefinition, folder: string, form: unknown): string[] {
  return [
    ...(procedure.code === folder ? [] : [`code: is "${procedure.code}" but the folder is "${folder}"`]),
    ...twice(
      "components",
      procedure.components.map(({ code }) => code),
    ),
    ...twice(
      "fees",
      procedure.fees.map(({ code }) => code),
    ),
    ...caseProblems(procedure),
    ...reasonProblems(procedure, idsIn(form)),
    ...levelProblems(procedure),
    ...timeProblems(procedure),
    ...procedure.fees.flatMap(feeProblems),
    ...(procedure.fileable && form === null ? ["fileable: there is no form.json beside it"] : []),
    ...(form === null ? [] : checkDefinition(form as FormDefinition).map((problem) => `form.json: ${problem}`)),
    ...(form === null ? [] : itemProblems(procedure, form)),
    ...twice(
      "substates",
      (procedure.substates ?? []).map(({ code }) => code),
    ),
    ...partProblems(procedure, idsIn(form)),
    ...(form === null ? [] : fileProblems(procedure, form as FormDefinition)),
  ];
}

function twice(place: string, codes: readonly string[]): string[] {
  return codes.filter((code, index) => codes.indexOf(code) !== index).map((code) => `${place}: ${code} is given twice`);
}

/** Decree 224/2026 art. 14: wholly online, or the reason why not is published. */
function levelProblems({ serviceLevels, serviceLevelReason }: ProcedureDefinition): string[] {
  return serviceLevels["decree-224-2026"] === "partial" && !serviceLevelReason
    ? ["serviceLevelReason: a service that is not wholly online needs one"]
    : [];
}

function caseProblems({ cases, components }: ProcedureDefinition): string[] {
  const codes = new Set((cases ?? []).map(({ code }) => code));
  return components.flatMap((one) =>
    one.case === undefined || codes.has(one.case) ? [] : [`components.${one.code}: no case "${one.case}"`],
  );
}

/** A reason is for papers and questions that there are. */
function reasonProblems(
  { supplementReasons = [], components }: ProcedureDefinition,
  items: { readonly has: (id: string) => boolean },
): string[] {
  const codes = new Set(components.map(({ code }) => code));
  const place = "supplementReasons";
  return [
    ...twice(
      place,
      supplementReasons.map(({ code }) => code),
    ),
    ...supplementReasons.flatMap((reason) =>
      reason.for
        .filter((ref) => !codes.has(ref) && !items.has(ref))
        .map((ref) => `${place}.${reason.code}: no paper and no question "${ref}"`),
    ),
  ];
}

function timeProblems({ timeLimits, fileable }: ProcedureDefinition): string[] {
  const seen = new Set<Way>();
  const problems: string[] = [];
  for (const way of timeLimits.flatMap(({ ways }) => ways)) {
    if (seen.has(way)) problems.push(`timeLimits: "${way}" has two limits`);
    seen.add(way);
  }
  if (fileable && !seen.has("online")) problems.push('timeLimits: it can be filed online but "online" has no limit');
  return problems;
}

function feeProblems({ code, amount, validFrom, validTo }: FeeRule): string[] {
  const problems: string[] = [];
  if (validTo !== null && validTo < validFrom) problems.push(`fees.${code}: ends before it begins`);
  if (amount.type === "per_page") {
    const { tiers } = amount;
    if (tiers[0]?.fromPage !== 1) problems.push(`fees.${code}: the first tier must begin at page 1`);
    if (tiers.some((tier, index) => index > 0 && tier.fromPage <= (tiers[index - 1]?.fromPage ?? 0))) {
      problems.push(`fees.${code}: tiers must be in the order of their pages`);
    }
  }
  return problems;
}

/** Items that conditions and amounts read must stand on the form: a misspelt one would silently mean "no". */
function itemProblems(procedure: ProcedureDefinition, form: unknown): string[] {
  const ids = idsIn(form);
  const used: [string, readonly string[]][] = [
    ...(procedure.cases ?? []).map((one): [string, readonly string[]] => [
      `cases.${one.code}`,
      one.when === undefined ? [] : subjectsOf(one.when),
    ]),
    ...procedure.components.map((one): [string, readonly string[]] => [
      `components.${one.code}`,
      [one.required, one.asked, ...(one.replacedBy ?? []).map(({ when }) => when)].flatMap((condition) =>
        condition === undefined ? [] : subjectsOf(condition),
      ),
    ]),
    ...procedure.fees.map((fee): [string, readonly string[]] => [`fees.${fee.code}`, itemsOfFee(fee)]),
  ];
  return used.flatMap(([place, items]) =>
    items
      .filter((item) => !item.includes(".") && !ids.has(item))
      .map((item) => `${place}: the form has no item "${item}"`),
  );
}

/** A file that is handed in on the form is one of the procedure's papers. */
function fileProblems({ components }: ProcedureDefinition, form: FormDefinition): string[] {
  const codes = new Set(components.map(({ code }) => code));
  const items = (form.pages ?? []).flatMap((page) => (page.sections ?? []).flatMap((section) => section.items ?? []));
  return items.flatMap(({ id, component }) =>
    component === undefined || codes.has(component) ? [] : [`form.json: item ${id}: no component "${component}"`],
  );
}

function itemsOfFee({ when, amount, exemptions }: FeeRule): string[] {
  return [
    ...(when === undefined ? [] : subjectsOf(when)),
    ...(exemptions ?? []).flatMap((exemption) => (exemption.when === undefined ? [] : subjectsOf(exemption.when))),
    ...(amount.type === "per_unit" ? [amount.quantityItem] : []),
    ...(amount.type === "per_page"
      ? [
          amount.rowsItem,
          amount.pagesItem,
          amount.copiesItem,
          ...(amount.labelItem === undefined ? [] : [amount.labelItem]),
        ]
      : []),
  ];
}

/** Ids of sections and items; the form's own shape is checked by the forms room. */
function idsIn(node: unknown, ids = new Set<string>()): Set<string> {
  if (Array.isArray(node)) for (const part of node) idsIn(part, ids);
  else if (typeof node === "object" && node !== null) {
    const { id } = node as { id?: unknown };
    if (typeof id === "string") ids.add(id);
    for (const part of Object.values(node)) idsIn(part, ids);
  }
  return ids;
}
