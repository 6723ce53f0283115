/**
 * Officers: who works at a province's desk. Password and authenticator, roles, and the units whose dossiers an officer may
 * open. Promises: an unknown name and a wrong password look alike; a code is good once; five failures lock.
 */
export type { DeskAction, Officer, OfficerRole } from "./officer.ts";
export { mayDo } from "./officer-permissions.ts";
export { agenciesInScope } from "./officer-scope.ts";
export { findOfficer, listOfficers } from "./find-officer.ts";
export { codeAt } from "#kit/one-time-code.ts";
export { findDemoOfficers, seedOfficers, type OfficerToAdd } from "./seed-officers.ts";
export { checkOfficerCode, checkOfficerPassword } from "./sign-in.ts";
export {
  ADMIN_HOME,
  createOfficerOf,
  forAdministrator,
  forOfficer,
  type OfficerHandler,
  type OfficerOf,
  signInRoutes,
} from "./sign-in-routes.ts";
