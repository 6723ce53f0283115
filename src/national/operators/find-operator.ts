import type { Db } from "#kit/db.ts";
import type { Operator } from "./operator.ts";
import { readOperator } from "./operator-store.ts";

/** An operator who may work; undefined when disabled or unknown. */
export function findOperator(db: Db, id: string): Promise<Operator | undefined> {
  return readOperator(db, id);
}
