/** The mobile operators' register: who holds a number. */
export { checkOwner } from "./subscriber-register.ts";
export type { Ownership, Subscriber } from "./subscriber-register.ts";
export { subscriberRoutes } from "./subscriber-routes.ts";
export type { SubscriberEvent } from "./subscriber-routes.ts";
