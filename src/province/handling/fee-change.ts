/** A supplement may change what the fees are worked out from: told to the officer, who decides. Pure. */
import { plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { type Dossier, isOver, type SupplementRound } from "#province/dossiers/index.ts";
import { assessDues } from "#province/fees/index.ts";
import type { Answers } from "#province/forms/index.ts";
import { type LocalResolution, localAmountsOn, type ProcedureDefinition } from "#province/procedure/index.ts";
import { answersAround } from "./supplement-difference.ts";

/** Sums of the procedure's rules on the day of filing, in đồng. */
export interface FeeChange {
  readonly before: number;
  readonly now: number;
}

/** Undefined when both are the same, or when the dossier is over. */
export function feeChange(
  view: {
    readonly dossier: Pick<Dossier, "answers" | "channel" | "filedAt" | "createdAt" | "state">;
    readonly procedure: Pick<ProcedureDefinition, "fees"> | undefined;
    readonly supplements: readonly Pick<SupplementRound, "round" | "displaced" | "answeredAt">[];
  },
  localAmounts: Readonly<Record<string, readonly LocalResolution[]>>,
): FeeChange | undefined {
  const { dossier, procedure, supplements } = view;
  if (!procedure || isOver(dossier.state) || !supplements.some(({ answeredAt }) => answeredAt)) return undefined;
  const at = dossier.filedAt ?? dossier.createdAt;
  const sum = (answers: Dossier["answers"]) =>
    assessDues(procedure.fees, answers as Answers, {
      channel: dossier.channel,
      at,
      localAmounts: localAmountsOn(localAmounts, plainDateOf(at)),
    }).total;
  try {
    const before = sum(answersAround(supplements, dossier.answers, 1).before);
    const now = sum(dossier.answers);
    return before === now ? undefined : { before, now };
  } catch (error) {
    // A quantity that is no number stands beside its question.
    if (error instanceof AppError && error.code === "invalid") return undefined;
    throw error;
  }
}
