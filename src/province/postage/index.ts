/** Postage (cước bưu chính): what the public post costs, and when a result that it carries counts as returned. */
export { type Postage, type PostZone, postageOf, publicPostRules, returnedWhen } from "./postage.ts";
