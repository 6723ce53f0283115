/**
 * Room: the definition of a procedure. Words: procedure, component (a paper), case, way of filing, fee rule, time limit.
 * Promise: the shape of the data and pure questions about it; no database, no clock, no HTTP. The catalogue stores and
 * shows it; forms, fees, deadlines and dossiers ask it. Conditions are written in the language of the forms room.
 */
export { localAmountsOn } from "./fee-rule.ts";
export type { AmountRule, Exemption, FeeRule, LocalAmount, LocalResolution } from "./fee-rule.ts";
export type {
  LinkedPart,
  PartAgency,
  PartAnswer,
  PartPaper,
  PartValue,
  ResultField,
} from "./linked-part.ts";
export type {
  AgencyType,
  Component,
  Level,
  OfferRule,
  ProcedureDefinition,
  Replacement,
  ServiceLevel,
  ServiceRegime,
} from "./procedure.ts";
export { isForWay, timeLimitFor } from "./procedure.ts";
export { type Asked, type ListedReason, type SupplementReason, supplementReasonsFor } from "./supplement-reasons.ts";
export {
  type IndexEffect,
  indexEffect,
  type SupplementRule,
  type SupplementTerm,
  supplementTerm,
} from "./supplement-rule.ts";
export type { Channel, Way } from "./way.ts";
export { wayOf } from "./way.ts";
