import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { type ActFile, filesDetail } from "./act-files.ts";
import { type ActInput, dossierToActOn } from "./change-dossier.ts";
import { writeDeadline } from "./deadline-store.ts";
import type { Outcome, Stand } from "./dossier.ts";
import { decide } from "./dossier-lifecycle.ts";
import { listHistory } from "./dossier-view.ts";
import { deadlineOf } from "./due-time.ts";
import { checkReason } from "./reason-quality.ts";

export interface RescheduleDossier extends ActInput {
  /** Days more, of the kind that the procedure's rule counts; 1 to 60. */
  readonly days: number;
  /** Why, in words that the apology to the citizen repeats. */
  readonly reason: string;
  /** Why it is put off so late; only for somebody who may decide that, see `mayRescheduleUntil`. */
  readonly lateReason?: string;
  /** documents that the citizen gets with it */
  readonly files?: readonly ActFile[];
}

export const RESCHEDULE_DAYS_MAX = 60;
const DAY_MS = 86_400_000;

/** The last instant at which an answer may be put off: one day before it is due (NĐ 61/2018 art. 19.9). */
export function mayRescheduleUntil(dueAt: Date): Date {
  return new Date(dueAt.getTime() - DAY_MS);
}

/**
 * Puts the answer off, once (NĐ 61/2018/NĐ-CP art. 19.9): the citizen is told the reason and the new date. Refuses with
 * `already-rescheduled`, `too-late-to-reschedule` (without a `lateReason`), `reason-too-short`, `days-out-of-range`.
 */
export async function rescheduleDossier(
  database: Database,
  input: RescheduleDossier,
  clock: Clock = systemClock,
): Promise<Outcome<Stand & { readonly from: Date; readonly dueAt: Date }>> {
  if (!Number.isInteger(input.days) || input.days < 1 || input.days > RESCHEDULE_DAYS_MAX)
    return { ok: false, reason: "days-out-of-range" };
  if (checkReason(input.reason) !== null) return { ok: false, reason: "reason-too-short" };
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  const { dossier } = found;
  const decision = decide(dossier, "reschedule", input.actor.kind);
  if (!decision.ok) return decision;
  const history = await listHistory(database, input);
  if (history.some((entry) => entry.action === "reschedule")) return { ok: false, reason: "already-rescheduled" };
  const now = clock.now();
  const late = dossier.dueAt !== null && now > mayRescheduleUntil(dossier.dueAt);
  if (late && (!input.lateReason || checkReason(input.lateReason) !== null))
    return { ok: false, reason: "too-late-to-reschedule" };
  const putOff = { type: "rescheduled", at: now, days: input.days } as const;
  const moved = await deadlineOf(database, dossier, history, { more: [putOff] });
  if (!moved || !dossier.dueAt) return { ok: false, reason: "no-rule-for-due-time" };
  // A date that has passed stays what it was: the citizen gets an apology with a date, the figures stay late.
  if (moved.deadline.standing === "missed" || !moved.deadline.dueAt)
    return { ok: false, reason: "too-late-to-reschedule" };
  const done = await writeDeadline(database, {
    tenant: input.tenant,
    dossierId: dossier.id,
    version: dossier.version,
    action: "reschedule",
    actor: input.actor,
    dueAt: moved.deadline.dueAt,
    explanation: moved.explanation,
    detail: {
      days: input.days,
      reason: input.reason.normalize("NFC").trim(),
      ...(input.lateReason ? { lateReason: input.lateReason.normalize("NFC").trim() } : {}),
      ...filesDetail(input.files),
    },
  });
  return done.ok ? { ...done, from: dossier.dueAt } : done;
}
