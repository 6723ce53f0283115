/**
 * Slips (phiếu): the statutory papers of the one-stop desk, by rule set: reception and appointment, supplement request,
 * refusal. It promises: numbers without a gap per kind and year; a slip that was issued never changes; asking twice
 * gives the same slip; every slip carries a QR code that leads to its verification.
 */
export { issueSlip, type IssueSlip, openSlip, type SlipDependencies } from "./issue-slip.ts";
export { type RegisterRow, renderRegister } from "./render-register.ts";
export { renderSlip, slipForm, type SlipPrint } from "./render-slip.ts";
export { SLIP_RULE_SETS, slipRuleSet, type SlipForm, type SlipRuleSet } from "./rule-sets.ts";
export { sectorForm } from "./sector-forms.ts";
export type * from "./slip.ts";
export { findSlip, findSlipByCode, findSlipOf, listSlips } from "./slip-store.ts";
export { slipPath, type SlipRouteDependencies, slipRoutes } from "./slip-routes.ts";
export { SLIP_NAMES } from "./slip-names.ts";
