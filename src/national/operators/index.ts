/**
 * Operators: who runs the payment hub. Password and authenticator; the frame of their pages (`/van-hanh/…`). Promises: an
 * unknown name and a wrong password look alike; a code is good once; five failures lock.
 */
export type { Operator } from "./operator.ts";
export { operatorPage, type OperatorPage } from "./operator-shell.ts";
export { operatorPaths } from "./paths.ts";
export { findDemoOperators, type OperatorToAdd, seedOperators } from "./seed-operators.ts";
export { checkOperatorCode, checkOperatorPassword } from "./sign-in.ts";
export { forOperator, type OperatorHandler, operatorRoutes } from "./sign-in-routes.ts";
