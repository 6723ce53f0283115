/**
 * Signing in: at the portal itself, and for the provinces (OpenID Connect). Words: attempt (between password and code),
 * session (phiên), journey (a sign-in that a relying party asked for).
 *
 * Promises: a new session id at every sign-in; a session that is ended is over with the next request, also for signing
 * in elsewhere; the same answer after the same work for a wrong number and a wrong password; codes and authorization
 * codes are good once.
 */
export { ACCOUNT_SAID, accountRoutes } from "./account-routes.ts";
export { createOidc, type Oidc, type OidcDeps, type RelyingParty } from "./oidc-provider.ts";
export { journeysOf, mountOidc } from "./oidc-routes.ts";
export { reapOidc } from "./oidc-store.ts";
export { signInPath, paths as signInPaths } from "./paths.ts";
export { journeyOr, type SignInDeps, signInRoutes } from "./sign-in-routes.ts";
export { reapSignIns } from "./sign-in-store.ts";
export { createSignInDesk, type SignedIn, type SignInDesk } from "./signed-in.ts";
