/**
 * Parts of a linked filing between provinces. `POST {portal}/lien-thong/tin`, JSON `LinkedMessage` → 200 `LinkedAnswer`. Headers
 * `x-province` (who sends), `x-timestamp` (ISO 8601, within five minutes) and `x-signature`: HMAC-SHA256 in lower hex of
 * `timestamp + "\n" + body` with the key that the two provinces share. 401 the signature is not right; 422 no such message, or of
 * nothing that is known; 409 another message had this id or place before. Everything else is tried again: at least once, in order,
 * understood once. Files stand in a message by name, size and SHA-256; the answer says which of them are missing, and each is sent by itself:
 * `POST {portal}/lien-thong/tep/{conversation}/{seq}/{sha256}`, `application/octet-stream`, signed as a message over the text of
 * `linkedFileProof`. What has arrived is not sent again, and the message is acted on when all have. Legal frame: NĐ 61/2018/NĐ-CP Đ19.6–19.7. Examples in `examples/`.
 */
export { type LinkedPeer, sendLinkedFile, sendLinkedMessage } from "./client.ts";
export {
  LINKED_BODY_MAX,
  LINKED_FILE_MAX,
  LINKED_PATH,
  type LinkedAnswer,
  type LinkedContent,
  type LinkedFile,
  linkedFilePath,
  linkedFileProof,
  type LinkedMessage,
  type OpenedPart,
  type PartFile,
  type PartState,
} from "./messages.ts";
export { readLinkedMessage } from "./schemas.ts";
