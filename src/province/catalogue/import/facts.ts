import type { ProcedureDefinition, Way } from "#province/procedure/index.ts";

const WAYS: readonly Way[] = ["online", "counter", "post"];

/**
 * What the national catalogue can say of a procedure, in one comparable shape: a definition written by hand and one that
 * was imported differ in a hundred ways that mean nothing.
 */
export function factsOf(procedure: ProcedureDefinition): Readonly<Record<string, unknown>> {
  const { name, field, levels, issuer, decision, timeLimits, fees, results, legalBasis, conditions } = procedure;
  return {
    name: name.vi,
    field: field.name.vi,
    levels: levels.toSorted(),
    issuer: issuer.vi,
    decision,
    time: {
      ...Object.fromEntries(
        WAYS.flatMap((way) => {
          const limit = timeLimits.find(({ ways }) => ways.includes(way));
          return limit ? [[way, limit.rule]] : [];
        }),
      ),
      ...(procedure.timeText ? { text: procedure.timeText.vi } : {}),
    },
    fees: fees.map(({ kind, ways, amount }) => ({ kind, ways: ways ?? WAYS, amount })),
    ...(procedure.feeText ? { feeText: procedure.feeText.vi } : {}),
    papers: procedure.components.filter(({ kind }) => kind === "paper").map((paper) => paper.name.vi),
    results: results.map(({ code }) => code).toSorted(),
    legalBasis: legalBasis.map(({ number }) => number).toSorted(),
    conditions: conditions.map(({ vi }) => vi),
  };
}
