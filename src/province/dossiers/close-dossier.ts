import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { type ActInput, dossierToActOn } from "./change-dossier.ts";
import type { Dossier, Outcome, Stand } from "./dossier.ts";
import { decide } from "./dossier-lifecycle.ts";
import { writeClosing } from "./substate-store.ts";

/** Terms of storage that are asked for, in years. */
export const STORAGE_YEARS_MAX = 70;

export interface CloseDossier extends ActInput {
  /** null: for ever. */
  readonly years: number | null;
  /** The rule that gives the term, as the officer cites it. */
  readonly basis: string;
  /** Where the papers lie: store, shelf, box; empty when all of it is electronic. */
  readonly place: string;
}

/**
 * Đóng hồ sơ: what is over goes to the archive, once. The term is counted in whole years from the end of the year in which the
 * matter ended.
 */
export async function closeDossier(database: Database, input: CloseDossier, clock: Clock): Promise<Outcome<Stand>> {
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  const { dossier } = found;
  const decision = decide(dossier, "close", input.actor.kind);
  if (!decision.ok) return decision;
  const { tenant, dossierId, expectedVersion: version, actor, years, basis, place } = input;
  const untilYear = years === null ? null : endYear(dossier, clock) + years;
  return writeClosing(database, { tenant, dossierId, version, actor, storage: { years, untilYear, basis, place } });
}

function endYear({ returnedAt, finishedAt }: Dossier, clock: Clock): number {
  return Number(plainDateOf(returnedAt ?? finishedAt ?? clock.now()).slice(0, 4));
}
