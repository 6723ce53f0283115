/**
 * Verification (xác minh): anybody who holds a document's code, or the file itself, learns who signed it, when, and
 * whether it is unaltered. It promises: the same strict verifier for our own files and for strangers'; one bad signature
 * decides; nothing that is brought is kept; codes cannot be guessed and names are masked.
 *
 * It asks no other room: it reads their tables (`verification-view.ts`), so that they may ask it for addresses.
 */
export { type IssuedDocument, maskName } from "./issued-document.ts";
export { messages as verificationMessages } from "./messages.ts";
export { groupCode, readCode, verificationPath, verificationPaths } from "./paths.ts";
export {
  type VerificationFrame,
  type VerificationRouteDependencies,
  verificationRoutes,
} from "./verification-routes.ts";
export {
  type Verdict,
  type VerificationDependencies,
  type VerificationReport,
  verdictOf,
  verifyByCode,
  verifyFile,
} from "./verify-document.ts";
