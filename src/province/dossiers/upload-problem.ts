/** Why an uploaded file is not taken; the words are in filing-messages.ts. */
export type UploadProblem =
  | "too-large"
  | "empty"
  | "extension"
  | "content"
  | "executable"
  | "broken"
  | "encrypted"
  | "pixels"
  | "active"
  | "too-many"
  | "too-many-at-once"
  | "store-full";
