/** The clock of supplement requests: the reminder before a round's term, and what the rule says once it has passed. */
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { formatDate } from "#kit/calendar.ts";
import { type JobHandler, JobRefused } from "#kit/jobs.ts";
import type { Outcome, Stand } from "./dossier.ts";
import { decide } from "./dossier-lifecycle.ts";
import { findDossier, listSupplements } from "./dossier-view.ts";
import { writeExpiry, writeReminder } from "./supplement-store.ts";

interface Round {
  readonly tenant: string;
  readonly dossierId: string;
  readonly round: number;
}

/** Reminds the citizen once, while the round waits for an answer; `wrong-state` when there is nothing to remind of. */
export async function remindSupplement(
  database: Database,
  at: Round,
  clock: Clock = systemClock,
): Promise<Outcome<Stand>> {
  const dossier = await findDossier(database, at);
  if (!dossier) return { ok: false, reason: "not-found" };
  const decision = decide(dossier, "remind-supplement", "system");
  return decision.ok ? writeReminder(database, { ...at, now: clock.now() }) : decision;
}

/**
 * The term of a round has passed without an answer: the handling stops, or the officer is left to decide, as the rule said
 * when it was asked for. Once a round; `wrong-state` when an answer came, or it was done already.
 */
export async function expireSupplement(
  database: Database,
  at: Round,
  clock: Clock = systemClock,
): Promise<Outcome<Stand>> {
  const dossier = await findDossier(database, at);
  if (!dossier) return { ok: false, reason: "not-found" };
  const round = (await listSupplements(database, at)).find((one) => one.round === at.round);
  if (!round?.answerBy || round.answeredAt) return { ok: false, reason: "wrong-state" };
  const decision = decide(dossier, round.onExpiry === "stop" ? "stop" : "expire-supplement", "system");
  if (!decision.ok) return decision;
  const asked = round.items.map((item) => item.label).join("; ");
  const reason = `Quá thời hạn bổ sung hồ sơ (${formatDate(round.answerBy)}) mà cơ quan giải quyết chưa nhận được phần bổ sung đã yêu cầu ngày ${formatDate(round.requestedAt)}: ${asked}. Ông/bà có thể nộp lại hồ sơ mới khi đã chuẩn bị đủ.`;
  return writeExpiry(database, { ...at, now: clock.now(), reason: reason.slice(0, 2_000) });
}

/** For the province's worker. A job that finds its work done, or the round answered, has nothing left to do. */
export function supplementJobs(database: Database, clock: Clock = systemClock): Record<"supplement-term", JobHandler> {
  return {
    "supplement-term": async (job) => {
      const { dossierId, round, what } = job.payload as { dossierId?: string; round?: number; what?: string };
      if (!job.tenant || !dossierId || !round) throw new JobRefused("a term of no supplement");
      const at = { tenant: job.tenant, dossierId, round };
      await (what === "remind" ? remindSupplement(database, at, clock) : expireSupplement(database, at, clock));
    },
  };
}
