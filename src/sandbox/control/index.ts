/** The control panel: what the stand-ins were told to do, and the page and API that tell them. */
export { BEHAVIOUR_KINDS, pointOf, readInstruction, STAND_INS } from "./behaviour.ts";
export type { Behaviour, Instruction, Instructions, Point, StandIn } from "./behaviour.ts";
export { createControl } from "./control-journal.ts";
export type { Control, ControlEvent } from "./control-journal.ts";
