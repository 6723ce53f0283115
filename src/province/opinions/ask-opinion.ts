import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { deadline } from "#province/deadlines/index.ts";
import type { Dossier, DueExplanation, OfficerActor } from "#province/dossiers/index.ts";
import { calendarOf, type Tenant } from "#province/tenants/index.ts";
import type { OpinionFile } from "./opinion.ts";
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
  /** Working days for the answer. */
  readonly days: number;
  /** Ids of the dossier's papers that the asked may see. */
  readonly papers: readonly string[];
  readonly files: readonly OpinionFile[];
}

/**
 * Lấy ý kiến (NĐ 61/2018 Đ19.3): the question with its own limit in working days. The dossier stays where it is and its clock
 * runs on. `later-than-dossier`: the answer would come after the day the person was promised.
 */
export async function askOpinion(
  deps: { readonly database: Database; readonly tenant: Tenant; readonly clock: Clock },
  input: AskOpinion,
): Promise<OpinionOutcome | { readonly ok: false; readonly reason: "later-than-dossier"; readonly dueAt: Date }> {
  const { dossier, asked } = input;
  const now = deps.clock.now();
  const { dueAt, explanation } = opinionDue(deps.tenant, input.days, now);
  if (dossier.dueAt && dossier.dueAt > now && dueAt > dossier.dueAt) {
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

function opinionDue(tenant: Tenant, days: number, now: Date): { dueAt: Date; explanation: DueExplanation } {
  const rule = { type: "working_days", days } as const;
  const found = deadline(rule, calendarOf(tenant), [{ type: "received", at: now }]);
  if (!found.dueAt) throw new Error("nothing stopped this clock");
  return {
    dueAt: found.dueAt,
    explanation: { rule, lines: [...found.explanation], provisional: found.provisional },
  };
}
