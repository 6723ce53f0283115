import { type Database, type Db, statement } from "#kit/db.ts";
import { COLUMNS, type ColumnName, USUAL_COLUMNS } from "./desk-columns.ts";

export interface DeskSetting {
  readonly columns: readonly ColumnName[];
  /** The query of the list as it opens. */
  readonly opens: string;
}

const readSetting = statement<{ columns: string[]; opens: string }, [officer: string]>(
  "inbox.setting",
  "select columns, opens from desk_setting where officer_id = $1::uuid",
);
const writeSetting = statement<unknown, [officer: string, columns: string[], opens: string]>(
  "inbox.keep-setting",
  `insert into desk_setting (officer_id, columns, opens) values ($1, $2, $3)
   on conflict (tenant, officer_id) do update set columns = excluded.columns, opens = excluded.opens, updated_at = clock_timestamp()`,
);
const substituted = statement<{ id: string; name: string }, [officer: string, today: string]>(
  "inbox.stands-in-for",
  `select distinct o.id::text as id, o.name from officer_absence a join officer o on o.id = a.officer_id
   where a.substitute_id = $1::uuid and a.ended_at is null and a.from_date <= $2::date and a.to_date >= $2::date
   order by o.name limit 50`,
);
const assign = statement<
  { done: { ok: boolean; reason?: string; version?: number } },
  [tenant: string, id: string, version: number, action: string, actor: string, officer: string, note: string | null]
>("inbox.assign", "select dossier_assign($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7) as done");

export async function findSetting(db: Db, officerId: string): Promise<DeskSetting> {
  const kept = await db.maybe(readSetting, [officerId]);
  if (!kept) return { columns: USUAL_COLUMNS, opens: "" };
  return { columns: COLUMNS.filter((one) => kept.columns.includes(one)), opens: kept.opens };
}

export async function keepSetting(db: Db, officerId: string, setting: DeskSetting): Promise<void> {
  await db.run(writeSetting, [officerId, [...setting.columns], setting.opens]);
}

/** Colleagues for whom the officer stands in on a day. */
export function findSubstituted(db: Db, officerId: string, today: string): Promise<{ id: string; name: string }[]> {
  return db.many(substituted, [officerId, today]);
}

export type AssignAction = "claim" | "assign";

/** Gives a dossier to an officer; false when it was changed meanwhile, is over, or (claim) somebody has it. */
export async function writeAssignment(
  database: Database,
  input: {
    readonly tenant: string;
    readonly dossierId: string;
    readonly version: number;
    readonly action: AssignAction;
    readonly by: { readonly id: string; readonly name: string };
    readonly to: { readonly id: string; readonly name: string };
  },
): Promise<boolean> {
  const { id, name } = input.by;
  const { done } = await database.one(assign, [
    input.tenant,
    input.dossierId,
    input.version,
    input.action,
    JSON.stringify({ kind: "officer", id, name }),
    JSON.stringify({ id: input.to.id, name: input.to.name }),
    null,
  ]);
  return done.ok;
}
