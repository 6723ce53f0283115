/**
 * The public post (bưu chính công ích): orders of an agency, and what happens to the items on their way.
 *
 * `POST {url}/orders` JSON `PostOrder` → 200 `PostOrderAnswer`; `POST {url}/tracking` `{ reference }` → 200 `PostTracking`;
 * `POST {url}/cancellations` `PostCancel` → 200 `PostCancelAnswer`; the post tells of each event by `POST` JSON `PostNotice` to the address it was given, again and again until 200. Every
 * body in both directions carries `x-timestamp` and `x-signature` (HMAC-SHA256 over `timestamp + "\n" + body`), questions
 * also `x-client`. Sending results and papers by the public post: Decision 45/2016/QĐ-TTg. The post's own wire format is
 * not public: an adapter belongs here. Examples in `examples/`.
 */
export { type PostEndpoint, type PublicPost, publicPostAt } from "./client.ts";
export {
  EVENT_KINDS,
  isItemCode,
  isPostCancel,
  isPostCancelAnswer,
  isPostNotice,
  isPostOrder,
  isPostOrderAnswer,
  isPostTracking,
  type PostCancel,
  type PostCancelAnswer,
  type PostEvent,
  type PostEventKind,
  type PostNotice,
  type PostOrder,
  type PostOrderAnswer,
  type PostParty,
  type PostService,
  type PostTracking,
} from "./messages.ts";
