/**
 * Results (kết quả): the typed object a dossier ends with: its number, summary and dates (TT 01/2023/TT-VPCP Đ9 k4), its
 * file and the signature on it. It promises: only a file that cannot change itself is signed; signed once; what was
 * signed is what is served.
 */
export { checkResultFields, enterResult, type EnterResult } from "./enter-result.ts";
export { messages as resultMessages, resultRefusalText } from "./messages.ts";
export {
  RESULT_REFUSAL_FIELD,
  type Result,
  type ResultFields,
  type ResultRefusal,
  type ResultSignature,
} from "./result.ts";
export { findResult, findResultOfDossier } from "./result-store.ts";
export { openResultFile, signResultFile, type SignResultFile } from "./sign-result-file.ts";
