/** MoMo payment gateway, version 2. */
export * from "./client.ts";
export * from "./messages.ts";
export { readIpn } from "./read-ipn.ts";
export * from "./signature.ts";
