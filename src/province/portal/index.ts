/**
 * Room: the provincial portal's frame: brand, navigation, page shell. It knows no other room of pages; what a page shows
 * about the signed-in person is handed to it.
 */
export { portalFailurePage, type PortalFrame, portalPage, type PortalPageProps, type Viewer } from "./layout.ts";
export { personOf, requirePerson, signInPath } from "./person.ts";
export { createNationalSignIn, type NationalSignIn, type NationalSignInOptions } from "./sign-in-client.ts";
export { type SignInDeps, signInRoutes } from "./sign-in-routes.ts";
