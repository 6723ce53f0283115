import type { Journal } from "../journal/index.ts";
import { type Behaviour, instruct, type Instruction, type Instructions, type Point, type StandIn, take } from "./behaviour.ts";

export type ControlEvent =
  | { readonly kind: "instructed"; readonly instruction: Instruction }
  | { readonly kind: "used"; readonly standIn: StandIn; readonly point: Point }
  | { readonly kind: "cleared" };

/** The instructions that are in force, kept over restarts of the sandbox. */
export interface Control {
  current(): Instructions;
  give(instruction: Instruction): void;
  clear(): void;
  /** The behaviour for what happens now, used up when it was for one time only. */
  take(standIn: StandIn, point: Point): Behaviour | undefined;
}

export function createControl(
  open: (apply: (event: ControlEvent) => void) => Journal<ControlEvent>,
): { readonly control: Control; readonly journal: Journal<ControlEvent> } {
  let instructions: Instructions = [];
  const journal = open((event) => {
    if (event.kind === "instructed") instructions = instruct(instructions, event.instruction);
    else if (event.kind === "used") instructions = take(instructions, event.standIn, event.point).left;
    else instructions = [];
  });
  const control: Control = {
    current: () => instructions,
    give: (instruction) => void journal.append({ kind: "instructed", instruction }),
    clear: () => void journal.append({ kind: "cleared" }),
    take(standIn, point) {
      const taken = take(instructions, standIn, point);
      if (taken.left !== instructions) journal.append({ kind: "used", standIn, point });
      return taken.behaviour;
    },
  };
  return { control, journal };
}
