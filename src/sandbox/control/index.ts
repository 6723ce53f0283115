/** The control panel: what the stand-ins were told to do, and the page and API that tell them. */
export { BEHAVIOUR_KINDS, KINDS_AT, readInstruction, STAND_INS } from "./behaviour.ts";
export type { Behaviour, Instruction, Instructions, StandIn } from "./behaviour.ts";
export { createControl } from "./control-journal.ts";
export type { Control, ControlEvent } from "./control-journal.ts";
export { controlRoutes } from "./control-routes.ts";
export { PAYMENT_STAND_INS, type PaymentStandIn } from "./recent-payments.ts";
export type { PaymentDesk, RecentPayment } from "./recent-payments.ts";
