import type { Database } from "#kit/db.ts";
import { statement } from "#kit/db.ts";
import type { Actor, DueExplanation, Outcome, Stand } from "./dossier.ts";

const moveStatement = statement<
  { outcome: Outcome<Stand & { dueAt: string }> },
  [string, string, number, string, string, Date, string, string]
>(
  "dossiers.move-deadline",
  "select dossier_move_deadline($1, $2, $3, $4, $5::jsonb, $6, $7::jsonb, $8::jsonb) as outcome",
);

/** Writes the new date, guarded by the version it was worked out for; `already-rescheduled` for a second putting off. */
export async function writeDeadline(
  database: Database,
  move: {
    readonly tenant: string;
    readonly dossierId: string;
    readonly version: number;
    readonly action: "move-deadline" | "reschedule";
    readonly actor: Actor;
    readonly dueAt: Date;
    readonly explanation: DueExplanation;
    readonly detail: { readonly [key: string]: unknown };
  },
): Promise<Outcome<Stand & { dueAt: Date }>> {
  const { outcome } = await database.one(moveStatement, [
    move.tenant,
    move.dossierId,
    move.version,
    move.action,
    JSON.stringify(move.actor),
    move.dueAt,
    JSON.stringify(move.explanation),
    JSON.stringify(move.detail),
  ]);
  return outcome.ok ? { ...outcome, dueAt: new Date(outcome.dueAt) } : outcome;
}
