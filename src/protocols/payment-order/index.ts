/** Payment orders between a collecting agency and the national payment hub, platform version 1.0.6. */
export * from "./client.ts";
export * from "./messages.ts";
export { type Messages, type ReadResult, readMessage, schemas } from "./schemas.ts";
export * from "./signature.ts";
export * from "./unpaid-fee.ts";
