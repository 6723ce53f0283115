import type { LinkedPart, PartValue, ProcedureDefinition } from "#province/procedure/index.ts";

/** What is wrong with the parts of a definition, each sentence with its place; `ids`: items of the filing's form. */
export function partProblems(
  { parts = [], components, fees }: Pick<ProcedureDefinition, "parts" | "components" | "fees">,
  ids: ReadonlySet<string>,
): string[] {
  const codes = parts.map(({ code }) => code);
  const known = new Set(codes);
  return [
    ...codes.filter((code, index) => codes.indexOf(code) !== index).map((code) => `parts: ${code} is given twice`),
    ...feeProblems(parts, fees),
    ...parts.flatMap((part, index) => {
      const before = new Set(codes.slice(0, index));
      const at = `parts.${part.code}`;
      const sources = [
        ...valuesOf(part).flatMap(({ result }) => (result ? [result.part] : [])),
        ...part.papers.flatMap((paper) => ("result" in paper ? [paper.result] : [])),
      ];
      const asked = [
        ...valuesOf(part).flatMap(({ from }) => (from ? [from] : [])),
        ...("province" in part.agency && part.agency.province ? [part.agency.province] : []),
      ];
      return [
        // A part waits only for earlier ones, so that there is always one that can begin.
        ...(part.waitsFor ?? [])
          .filter((code) => !before.has(code))
          .map((code) => `${at}: waits for "${code}", which is ${known.has(code) ? "not before it" : "no part"}`),
        ...sources
          .filter((code) => !(part.waitsFor ?? []).includes(code))
          .map((code) => `${at}: reads the result of "${code}" without waiting for it`),
        ...asked.filter((id) => !ids.has(id)).map((id) => `${at}: the form has no item "${id}"`),
        ...part.papers.flatMap((paper) =>
          "from" in paper && !components.some(({ code }) => code === paper.from)
            ? [`${at}: no component "${paper.from}"`]
            : [],
        ),
      ];
    }),
  ];
}

/** Every line of money is some part's, of one only: else nobody would collect it, or two would. */
function feeProblems(parts: readonly LinkedPart[], fees: ProcedureDefinition["fees"]): string[] {
  if (parts.length === 0) return [];
  const named = parts.flatMap((part) => part.fees);
  return [
    ...named.filter((code) => !fees.some((fee) => fee.code === code)).map((code) => `parts: no fee "${code}"`),
    ...named.filter((code, index) => named.indexOf(code) !== index).map((code) => `parts: fee ${code} is of two parts`),
    ...fees.filter(({ code }) => !named.includes(code)).map(({ code }) => `parts: fee ${code} is of no part`),
  ];
}

function valuesOf({ answers }: LinkedPart): readonly PartValue[] {
  return answers.flatMap((rule): readonly PartValue[] => ("take" in rule ? [] : "row" in rule ? rule.row : [rule]));
}
