import type { Journal } from "../journal/index.ts";
import { type Behaviour, instruct, type Instruction, type Instructions, type StandIn, take } from "./behaviour.ts";

export type ControlEvent =
  | { readonly kind: "instructed"; readonly instruction: Instruction }
  | { readonly kind: "used"; readonly standIn: StandIn; readonly behaviour: Behaviour["kind"] }
  | { readonly kind: "cleared" };

/** The instructions that are in force, kept over restarts of the sandbox. */
export interface Control {
  current(): Instructions;
  give(instruction: Instruction): void;
  clear(): void;
  /** The behaviour for what happens now, used up when it was for one time only. */
  take(standIn: StandIn, kinds: readonly Behaviour["kind"][]): Behaviour | undefined;
}

export function createControl(open: (apply: (event: ControlEvent) => void) => Journal<ControlEvent>): {
  readonly control: Control;
  readonly journal: Journal<ControlEvent>;
} {
  let instructions: Instructions = [];
  const journal = open((event) => {
    if (event.kind === "instructed") instructions = instruct(instructions, event.instruction);
    else if (event.kind === "used") instructions = take(instructions, event.standIn, [event.behaviour]).left;
    else instructions = [];
  });
  const control: Control = {
    current: () => instructions,
    give: (instruction) => void journal.append({ kind: "instructed", instruction }),
    clear: () => void journal.append({ kind: "cleared" }),
    take(standIn, kinds) {
      const { behaviour, left } = take(instructions, standIn, kinds);
      if (behaviour && left !== instructions) journal.append({ kind: "used", standIn, behaviour: behaviour.kind });
      return behaviour;
    },
  };
  return { control, journal };
}
