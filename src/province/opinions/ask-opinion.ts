import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { deadline, type TimeRule } from "#province/deadlines/index.ts";
import type { Dossier, DueExplanation, OfficerActor } from "#province/dossiers/index.ts";
import { calendarOf, type Tenant } from "#province/tenants/index.ts";
import { type AnswerTime, type OpinionFile, TIMES_USUAL } from "./opinion.ts";
import { type OpinionOutcome, putOpinion } from "./opinion-store.ts";

/** Who is asked: a unit, or one officer of it. */
export interface Asked {
  readonly agencyId: string;
  readonly agencyName: string;
  readonly officer: { readonly id: string; readonly name: string } | undefined;
}

export interface AskOpinion {
  readonly id: string;
  readonly dossier: Dossier;
  readonly actor: OfficerActor;
  readonly asked: Asked;
  readonly question: string;
  /** Working days or hours for the answer. */
  readonly time: AnswerTime;
  /** Ids of the dossier's papers that the asked may see. */
  readonly papers: readonly string[];
  readonly files: readonly OpinionFile[];
}

/**
 * Lấy ý kiến (NĐ 61/2018 Đ19.3): the question with its own limit in working time. The dossier stays where it is and its clock
 * runs on. `later-than-dossier`: the answer would come after the day the person was promised.
 */
export async function askOpinion(
  deps: { readonly database: Database; readonly tenant: Tenant; readonly clock: Clock },
  input: AskOpinion,
): Promise<OpinionOutcome | { readonly ok: false; readonly reason: "later-than-dossier"; readonly dueAt: Date }> {
  const { dossier, asked } = input;
  const now = deps.clock.now();
  const { dueAt, explanation } = opinionDue(deps.tenant, input.time, now);
  if (isLater(dueAt, dossier, now)) {
    return { ok: false, reason: "later-than-dossier", dueAt };
  }
  return putOpinion(deps.database, deps.tenant.code, {
    id: input.id,
    dossierId: dossier.id,
    askedBy: input.actor,
    agencyId: asked.agencyId,
    agencyName: asked.agencyName,
    officerId: asked.officer?.id ?? null,
    officerName: asked.officer?.name ?? null,
    question: input.question,
    dueAt,
    dueExplanation: explanation,
    papers: input.papers,
    files: input.files,
  });
}

/** What is offered first: a dossier that is due tomorrow leaves hours, not days. */
export function usualTime(tenant: Tenant, dossier: Dossier, now: Date): AnswerTime | undefined {
  return TIMES_USUAL.find((time) => !isLater(opinionDue(tenant, time, now).dueAt, dossier, now)) ?? TIMES_USUAL.at(-1);
}

/** Nothing is later than what is late already. */
function isLater(dueAt: Date, dossier: Dossier, now: Date): boolean {
  return dossier.dueAt !== null && dossier.dueAt > now && dueAt > dossier.dueAt;
}

function opinionDue(tenant: Tenant, time: AnswerTime, now: Date): { dueAt: Date; explanation: DueExplanation } {
  const rule: TimeRule =
    time.unit === "hours" ? { type: "working_hours", hours: time.count } : { type: "working_days", days: time.count };
  const found = deadline(rule, calendarOf(tenant), [{ type: "received", at: now }]);
  if (!found.dueAt) throw new Error("nothing stopped this clock");
  return {
    dueAt: found.dueAt,
    explanation: { rule, lines: [...found.explanation], provisional: found.provisional },
  };
}
