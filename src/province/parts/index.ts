/**
 * Parts: what becomes of one linked filing (liên thông), worked out from the procedure's definition alone: which dossiers, at
 * which agencies, with which answers, papers and fees, and what waits for what. Promise: pure; the same filing always gives the
 * same parts. `linked` carries it out.
 */
export { isAsked, neededFields, type PartPlan, partAnswers, type PartResult, planParts } from "./plan-parts.ts";
export { partProblems } from "./part-problems.ts";
