/** What accountants and leaders do about a list by which the post is paid; each is one transaction. */
export { approveSettlement, dropSettlement, paySettlement, proposeSettlement } from "./settlement-store.ts";
