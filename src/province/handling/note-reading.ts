import type { Database } from "#kit/db.ts";
import type { Officer } from "#province/officers/index.ts";
import { putAudit } from "./handling-store.ts";

export interface Reading {
  readonly action: "dossier.read" | "file.read";
  /** What was read: "dossier:<id>", "file:<id>", "result:<id>" */
  readonly subject: string;
  readonly detail?: Readonly<Record<string, string>>;
}

/** Every reading of a person's papers leaves a trace: who, what, when; nothing of the content. */
export function noteReading(database: Database, officer: Officer, reading: Reading): Promise<void> {
  const { action, subject, detail } = reading;
  return putAudit(database.forTenant(officer.tenant), `officer:${officer.id}`, action, subject, detail ?? {});
}
