import { type Database, statement } from "#kit/db.ts";
import type { CheckedPaper, OwnPaper, OwnResult } from "./own-paper.ts";

type Owner = { readonly tenant: string; readonly applicantSub: string };

const papersOf = statement<OwnPaper, [sub: string]>(
  "store.papers",
  `select id, name, sha256, size, media_type as "mediaType", added_at as "addedAt" from own_paper
   where applicant_sub = $1 order by id desc limit 60`,
);

export function listOwnPapers(database: Database, owner: Owner): Promise<OwnPaper[]> {
  return database.forTenant(owner.tenant).many(papersOf, [owner.applicantSub]);
}

const paperById = statement<OwnPaper, [id: string, sub: string]>(
  "store.paper",
  `select id, name, sha256, size, media_type as "mediaType", added_at as "addedAt" from own_paper
   where id = $1 and applicant_sub = $2`,
);

export function findOwnPaper(
  database: Database,
  owner: Owner & { readonly id: string },
): Promise<OwnPaper | undefined> {
  return database.forTenant(owner.tenant).maybe(paperById, [owner.id, owner.applicantSub]);
}

const resultsOf = statement<OwnResult, [sub: string]>(
  "store.results",
  `select d.id as "dossierId", d.result_file ->> 'name' as "fileName", (d.result_file ->> 'size')::bigint as size,
     d.procedure -> 'name' as "procedureName", d.returned_at as "returnedAt",
     coalesce((select jsonb_agg(r -> 'name') from procedure_version v, jsonb_array_elements(v.definition -> 'results') r
       where v.code = d.procedure_code and v.version = (d.procedure ->> 'version')::int), '[]') as "resultNames"
   from dossier d
   where d.applicant_sub = $1 and d.state = 'returned' and d.result_file is not null order by d.id desc limit 60`,
);

/** Results returned to the person, newest first. */
export function listOwnResults(database: Database, owner: Owner): Promise<OwnResult[]> {
  return database.forTenant(owner.tenant).many(resultsOf, [owner.applicantSub]);
}

const checkedOf = statement<CheckedPaper, [sub: string]>(
  "store.checked",
  `select c.file_id as "fileId", d.id as "dossierId", f.component, f.name as "fileName", c.size,
     d.procedure -> 'name' as "procedureName", c.signed_at as "signedAt"
   from dossier d join digitised_file c on c.dossier_id = d.id join dossier_file f on f.id = c.file_id
   where d.applicant_sub = $1 and f.status <> 'removed' order by c.signed_at desc limit 60`,
);

/** Papers of the person's dossiers that an officer has checked, digitised and signed, newest first. */
export function listCheckedPapers(database: Database, owner: Owner): Promise<CheckedPaper[]> {
  return database.forTenant(owner.tenant).many(checkedOf, [owner.applicantSub]);
}

const copyBytes = statement<{ sha256: string; name: string }, [fileId: string, sub: string]>(
  "store.copy",
  `select c.sha256, regexp_replace(f.name, '\\.[A-Za-z0-9]{1,5}$', '') || '.pdf' as name
   from digitised_file c join dossier_file f on f.id = c.file_id join dossier d on d.id = c.dossier_id
   where c.file_id = $1 and d.applicant_sub = $2`,
);

/** The signed copy of the person's own paper. */
export function findCheckedPaper(
  database: Database,
  owner: Owner & { readonly id: string },
): Promise<{ sha256: string; name: string } | undefined> {
  return database.forTenant(owner.tenant).maybe(copyBytes, [owner.id, owner.applicantSub]);
}

/** A paper of a dossier that was not uploaded for it: where it comes from, and when the person agreed. */
export interface PaperReuse {
  readonly fileId: string;
  readonly source: "copy" | "result" | "own";
  readonly consentedAt: Date;
  /** Of the dossier it comes from; null for the person's own upload. */
  readonly dossierCode: string | null;
  /** Who checked and signed the copy, and when. */
  readonly signedBy: string | null;
  readonly signedAt: Date | null;
}

const reusesOf = statement<PaperReuse, [dossierId: string]>(
  "store.reuses",
  `select r.file_id as "fileId", r.source, r.consented_at as "consentedAt", coalesce(d.code, d.number::text) as "dossierCode",
     c.signed_by ->> 'name' as "signedBy", c.signed_at as "signedAt"
   from paper_reuse r
   left join digitised_file c on r.source = 'copy' and c.file_id = r.source_id
   left join dossier d on d.id = case r.source when 'copy' then c.dossier_id when 'result' then r.source_id end
   where r.dossier_id = $1 limit 500`,
);

/** Papers of a dossier that are used again, for the desk. */
export function listReuses(
  database: Database,
  key: { readonly tenant: string; readonly dossierId: string },
): Promise<PaperReuse[]> {
  return database.forTenant(key.tenant).many(reusesOf, [key.dossierId]);
}
