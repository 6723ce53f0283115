/** What a problem's place is called: its name; without one what it is, as the drawing board calls it. Pure. */
import type { Lang } from "#kit/i18n.ts";
import type { ProcessProblem } from "#province/steps/index.ts";
import { boardMessages } from "./board-messages.ts";
import type { BoardWords } from "./browser/board.ts";
import { messages } from "./messages.ts";

const TYPES: Readonly<Record<string, keyof BoardWords["types"]>> = {
  startEvent: "start",
  endEvent: "end",
  userTask: "step",
  callActivity: "call",
  exclusiveGateway: "exclusive",
  parallelGateway: "parallel",
  boundaryEvent: "timer",
  intermediateCatchEvent: "wait",
  sequenceFlow: "flow",
};

export interface PlacedProblem extends ProcessProblem {
  readonly place: string;
}

export function placeProblems(problems: readonly ProcessProblem[], xml: string, lang: Lang): readonly PlacedProblem[] {
  const t = boardMessages[lang].words.types;
  return problems.map((problem) => {
    const { elementId, elementName } = problem;
    if (elementId === "") return { ...problem, place: messages[lang].editor.wholeFile };
    if (elementName !== elementId) return { ...problem, place: elementName };
    const tag = new RegExp(`<(?:[\\w-]+:)?(\\w+)\\b[^<>]*\\sid="${RegExp.escape(elementId)}"`).exec(xml)?.[1] ?? "";
    return { ...problem, place: `${t[TYPES[tag] ?? "other"]} (${elementId})` };
  });
}
