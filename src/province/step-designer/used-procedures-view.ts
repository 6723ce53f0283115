/** Which procedures and fields a process can be chosen for: what the province takes dossiers for. */
import type { Text } from "#kit/i18n.ts";
import { type Db, statement } from "#kit/db.ts";

export interface ChosenProcedure {
  readonly code: string;
  readonly name: Text;
  readonly fieldCode: string;
  readonly field: Text;
}

const fileable = statement<ChosenProcedure, []>(
  "step-designer.fileable-procedures",
  `select code, short_name as name, field_code as "fieldCode", field_name as field from procedure_entry
   where agency_count > 0 and fileable order by sort_name, code limit 1000`,
);

export function listFileable(db: Db): Promise<ChosenProcedure[]> {
  return db.many(fileable, []);
}
