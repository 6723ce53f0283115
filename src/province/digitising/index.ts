/**
 * Digitising (số hóa): the officer signs an electronic copy of each paper that the citizen did not sign. Promises: the
 * citizen's file is never changed; a paper has at most one copy; nothing is signed that could change afterwards.
 */
export { COPYABLE, type DigitisedFile, type SkippedFile, type SkipReason } from "./digitised-file.ts";
export { findCopy, listCopies } from "./digitised-file-store.ts";
export { signCopies, type SignCopies } from "./sign-copies.ts";
