/** The phone and the mailbox of the demo country: an SMS gateway, a mail server, and the page where people read both. */
export { Inbox, listMessages } from "./inbox.ts";
export type { Message, MessageEvent } from "./inbox.ts";
export { createMailServer } from "./mail-server.ts";
export type { MailServer } from "./mail-server.ts";
export { messageRoutes } from "./message-routes.ts";
export { pushRoutes } from "./push-routes.ts";
