/** What one unit received in a period, in the order of reception. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import type { DossierState, Ending } from "#province/dossiers/index.ts";

export interface RegisterEntry {
  readonly code: string;
  readonly procedure: string;
  readonly applicant: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly returnedAt: Date | null;
  readonly receive: "online" | "home" | "desk" | "post" | null;
  readonly state: DossierState;
  readonly ending: Ending | null;
}

/** A longer register is printed in parts: a month of the busiest unit fits. */
export const REGISTER_MAX = 3_000;

const received = statement<RegisterEntry, [agency: string, from: Date, until: Date, limit: number]>(
  "register.received",
  `select code, procedure -> 'name' ->> 'vi' as procedure, applicant ->> 'name' as applicant,
     applicant ->> 'address' as address, applicant ->> 'phone' as phone, received_at as "receivedAt", due_at as "dueAt",
     returned_at as "returnedAt", delivery ->> 'receive' as receive, state, ending
   from dossier where agency_id = $1 and received_at >= $2 and received_at < $3 and code is not null
   order by received_at, code limit $4`,
);

/** `from` inclusive, `until` exclusive; one more than REGISTER_MAX when there are too many. */
export function listReceived(
  db: Db,
  period: { readonly agency: string; readonly from: Date; readonly until: Date },
): Promise<RegisterEntry[]> {
  return db.many(received, [period.agency, period.from, period.until, REGISTER_MAX + 1]);
}
