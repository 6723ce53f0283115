/** VNPAY payment gateway, version 2.1.0. */
export * from "./client.ts";
export * from "./messages.ts";
export * from "./signature.ts";
