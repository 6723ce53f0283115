/**
 * VietQR: transfers to an account by a dynamic NAPAS QR code (EMVCo), found again by their content in the account's
 * statement. There is no callback: the statement feed is all that tells of the money.
 */
export { fetchStatement, type StatementFeed } from "./statement-client.ts";
export { readStatement, type StatementLine } from "./statement.ts";
export { findReferences, transferReference } from "./reference.ts";
export { bankShortName, qrText } from "./qr-text.ts";
