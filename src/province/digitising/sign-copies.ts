import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { signCopy, type Signer, verifyPdfSignatures } from "#kit/signing/index.ts";
import { type DossierFile, listFiles, type OfficerActor } from "#province/dossiers/index.ts";
import { COPYABLE, SKIP_REASONS, type SkippedFile, type SkipReason } from "./digitised-file.ts";
import { listCopies, putCopies } from "./digitised-file-store.ts";

export interface SignCopies {
  readonly tenant: string;
  readonly dossierId: string;
  readonly actor: OfficerActor;
  /** Named in the mark on the page: the agency that makes the copy. */
  readonly agency: string;
}

/** Form of the copy (NĐ 30/2020/NĐ-CP PL I): the whole content of the citizen's paper. */
const FORM = "SAO Y";
const COPY_BYTES_MAX = 60_000_000;

/**
 * "Ký số" at reception: signs each paper (PDF or picture) that the citizen did not sign as an electronic copy, with the mark
 * of Decree 30/2020 at the top right of its first page. A paper that has its copy, that is signed already or that must not be signed
 * (it could change afterwards) is left as it is and named. Pressing it again signs only what is new.
 */
export async function signCopies(
  database: Database,
  deps: { readonly files: BlobStore; readonly signer: Signer; readonly clock?: Clock },
  input: SignCopies,
): Promise<{ readonly signed: number; readonly skipped: readonly SkippedFile[] }> {
  const db = database.forTenant(input.tenant);
  const done = new Set((await listCopies(db, input.dossierId)).map((copy) => copy.fileId));
  const papers = (await listFiles(database, input)).filter((file) => file.status === "active" && !done.has(file.id));
  const at = (deps.clock ?? systemClock).now();
  const copies: { fileId: string; sha256: string; size: number }[] = [];
  const skipped: SkippedFile[] = [];
  for (const paper of papers) {
    const made = await signOne(deps, paper, input.agency, at);
    if ("skip" in made) skipped.push({ fileId: paper.id, name: paper.name, reason: made.skip });
    else copies.push({ fileId: paper.id, ...made });
  }
  if (copies.length === 0) return { signed: 0, skipped };
  const { tenant, dossierId, actor } = input;
  return { signed: await putCopies(database, { tenant, dossierId, actor, at, copies }), skipped };
}

async function signOne(
  deps: { readonly files: BlobStore; readonly signer: Signer },
  paper: DossierFile,
  agency: string,
  at: Date,
): Promise<{ sha256: string; size: number } | { skip: SkipReason }> {
  if (!COPYABLE.has(paper.mediaType)) return { skip: "other-type" };
  const content = await deps.files.read(paper.sha256);
  if (await carriesSignature(content)) return { skip: "already-signed" };
  try {
    const copy = { content, mediaType: paper.mediaType, title: paper.name, form: FORM, agency, signingTime: at };
    const { sha256, size } = await deps.files.put(await signCopy(copy, deps.signer), { maxBytes: COPY_BYTES_MAX });
    return { sha256, size };
  } catch (error) {
    // One paper that must not be signed does not keep the others from it.
    if (error instanceof AppError && error.code === "invalid") return { skip: skipReason(error.reason) };
    throw error;
  }
}

function skipReason(reason: string | undefined): SkipReason {
  const known = SKIP_REASONS.find((one) => `pdf-${one}` === reason);
  return known ?? "unreadable";
}

/** Any signature counts, whoever made it: an officer's mark must not be put over a citizen's signature. */
async function carriesSignature(bytes: Uint8Array): Promise<boolean> {
  return (await verifyPdfSignatures(bytes, { trustedRoots: [] })).length > 0;
}
