/** Why an uploaded file is not taken; the words are in filing-messages.ts. */
export type UploadProblem =
  | "too-large"
  | "empty"
  | "extension"
  | "heic"
  | "content"
  | "mixed"
  | "executable"
  | "broken"
  | "encrypted"
  | "pixels"
  | "bomb"
  | "active"
  | "changed"
  | "too-many"
  | "too-many-bytes"
  | "too-many-at-once"
  | "store-full";
