import { type Database, statement } from "#kit/db.ts";
import type { Actor, Outcome, Stand, Storage, Substate } from "./dossier.ts";

const set = statement<{ outcome: Outcome<Stand> }, [string, string, number, string, string, string]>(
  "dossiers.set-substate",
  "select dossier_set_substate($1, $2, $3, $4::jsonb, $5::jsonb, $6) as outcome",
);

interface Named {
  readonly tenant: string;
  readonly dossierId: string;
  readonly version: number;
  readonly actor: Actor;
}

export async function writeSubstate(
  database: Database,
  change: Named & { readonly substate: Substate | null; readonly text: string },
): Promise<Outcome<Stand>> {
  const { tenant, dossierId, version, actor, substate, text } = change;
  return (await database.one(set, [tenant, dossierId, version, JSON.stringify(actor), JSON.stringify(substate), text]))
    .outcome;
}

const close = statement<{ outcome: Outcome<Stand> }, [string, string, number, string, string]>(
  "dossiers.close",
  "select dossier_close($1, $2, $3, $4::jsonb, $5::jsonb) as outcome",
);

export async function writeClosing(
  database: Database,
  change: Named & { readonly storage: Storage },
): Promise<Outcome<Stand>> {
  const { tenant, dossierId, version, actor, storage } = change;
  return (await database.one(close, [tenant, dossierId, version, JSON.stringify(actor), JSON.stringify(storage)]))
    .outcome;
}
