/** ZaloPay payment gateway, version 2. */
export * from "./client.ts";
export * from "./messages.ts";
export { readCallbackBody, readOrderData } from "./read-callback.ts";
export * from "./signature.ts";
