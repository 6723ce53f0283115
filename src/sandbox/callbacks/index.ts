/** How a provider tells the merchant: callbacks with bounded retries, and every way in which they go wrong. */
export { answerOf, createCallbackSender, sendOverHttp } from "./callback-sender.ts";
export type { Callback, CallbackAnswer, CallbackSender, CallbackVariant, Send } from "./callback-sender.ts";
