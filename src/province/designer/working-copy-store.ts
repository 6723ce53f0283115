/** SQL of working copies. Each change is one SQL function: the copy, its revision and the audit in one transaction. */
import { type Db, statement } from "#kit/db.ts";
import type { Content } from "./content.ts";

export interface Editor {
  /** "officer:<id>" */
  readonly by: string;
  readonly byName: string;
}

interface CopyStart extends Editor, Content {
  readonly code: string;
  readonly id: string;
  readonly baseVersion: number | null;
}

interface CopySave extends Editor, Content {
  readonly code: string;
  readonly copy: string;
  readonly revision: number;
  readonly baseVersion: number | null;
  readonly place: string;
}

const start = statement<{ started: boolean }, [tenant: string, copy: string]>(
  "designer.start-copy",
  "select procedure_copy_start($1, $2::jsonb) as started",
);

const save = statement<{ revision: number | null }, [tenant: string, change: string]>(
  "designer.save-copy",
  "select procedure_copy_save($1, $2::jsonb) as revision",
);

const end = statement<{ ended: boolean }, [tenant: string, copy: string]>(
  "designer.end-copy",
  "select procedure_copy_end($1, $2::jsonb) as ended",
);

/** False when there is a copy already. */
export async function writeCopy(db: Db, tenant: string, copy: CopyStart): Promise<boolean> {
  return (await db.one(start, [tenant, JSON.stringify(copy)])).started;
}

/** The new revision; undefined when somebody else's change came in between. */
export async function writeRevision(db: Db, tenant: string, change: CopySave): Promise<number | undefined> {
  return (await db.one(save, [tenant, JSON.stringify(change)])).revision ?? undefined;
}

export async function endCopy(
  db: Db,
  tenant: string,
  copy: Editor & { readonly code: string; readonly copy: string; readonly revision: number },
): Promise<boolean> {
  return (await db.one(end, [tenant, JSON.stringify(copy)])).ended;
}
