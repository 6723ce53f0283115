/** Which papers a procedure asks for, given the answers. Pure. */
import { conditionHolds } from "./condition.ts";
import type { Answers, Condition, Facts } from "./form.ts";

/** What this question needs to know of a component (thành phần hồ sơ) of a procedure. */
export interface AskableComponent {
  readonly kind: "paper" | "e-form";
  /** Ways of filing in which it is asked; absent = all. */
  readonly ways?: readonly string[] | undefined;
  readonly presentOnly?: boolean | undefined;
  readonly required: Condition;
  readonly asked?: Condition | undefined;
  /** National databases that stand for the paper. */
  readonly replacedBy?: readonly { readonly when?: Condition | undefined }[] | undefined;
}

export interface AskedComponent<Component extends AskableComponent = AskableComponent> {
  readonly component: Component;
  readonly required: boolean;
}

/**
 * The papers to hand in this way: without those that are only shown to the officer and those that the form itself stands
 * for. `answers` are pruned.
 */
export function requiredComponents<Component extends AskableComponent>(
  procedure: { readonly components: readonly Component[] },
  answers: Answers,
  context: { readonly today: string; readonly way: string; readonly facts?: Facts },
): readonly AskedComponent<Component>[] {
  return procedure.components
    .filter(({ kind, presentOnly, ways }) => kind === "paper" && !presentOnly && (!ways || ways.includes(context.way)))
    .filter(({ asked }) => asked === undefined || conditionHolds(asked, answers, context))
    .filter((component) => !replacementOf(component, answers, context))
    .map((component) => ({ component, required: conditionHolds(component.required, answers, context) }));
}

/** The first database that stands for the paper in this case; while there is one, the paper is not asked. */
export function replacementOf<Component extends AskableComponent>(
  component: Component,
  answers: Answers,
  context: { readonly today: string; readonly facts?: Facts },
): NonNullable<Component["replacedBy"]>[number] | undefined {
  return component.replacedBy?.find(({ when }) => when === undefined || conditionHolds(when, answers, context));
}
