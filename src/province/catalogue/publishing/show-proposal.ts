/** What administrators look at before they decide. `db` is the tenant's. */
import type { Database } from "#kit/db.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import { type Difference, differencesOf } from "../definition-differences.ts";
import { getProcedureForm, getProcedureVersion } from "../find-procedure.ts";
import {
  countOpenDrafts,
  findProposal,
  findProposedContent,
  listDecidedProposals,
  listOpenProposals,
  type Proposal,
} from "./publishing-store.ts";
import { listAllProcedures, listVersions, type ProcedureRow, type VersionRow } from "./versions-view.ts";

const PAGE = 30;
/** Proposals wait for days, not for months: more than this many open ones are an import's. */
const MOST_OPEN = 200;

export async function listProposals(
  db: Database,
  after: string | undefined,
): Promise<{ open: readonly Proposal[]; decided: readonly Proposal[]; next?: string }> {
  const [open, decided] = await Promise.all([
    after ? [] : listOpenProposals(db, MOST_OPEN),
    listDecidedProposals(db, after, PAGE + 1),
  ]);
  const last = decided.length > PAGE ? decided[PAGE - 1] : undefined;
  return { open, decided: decided.slice(0, PAGE), ...(last ? { next: last.id } : {}) };
}

/** A proposal with what it changes against the version it was made from, and who is in the middle of it. */
export async function showProposal(
  db: Database,
  id: string,
): Promise<{ proposal: Proposal; differences: readonly Difference[]; drafts: number } | undefined> {
  const proposal = await findProposal(db, id);
  if (!proposal) return undefined;
  const { code, baseVersion, kind } = proposal;
  if (kind === "withdraw")
    return {
      proposal,
      differences: [],
      drafts: baseVersion === null ? 0 : await countOpenDrafts(db, code, baseVersion),
    };
  const [content, before] = await Promise.all([
    findProposedContent(db, id),
    baseVersion === null ? undefined : contentOf(db, code, baseVersion),
  ]);
  const differences = differencesOf(before ?? {}, { ...content?.definition, form: content?.form ?? undefined });
  return { proposal, differences, drafts: 0 };
}

async function contentOf(db: Database, code: string, version: number): Promise<object | undefined> {
  const [definition, form] = await Promise.all([
    getProcedureVersion(db, code, version),
    getProcedureForm(db, code, version),
  ]);
  if (!definition) return undefined;
  const { version: _number, ...rest } = definition;
  return { ...rest, form: form ?? undefined };
}

export async function listProcedures(
  db: Database,
  words: string,
  after: string | undefined,
): Promise<{ rows: readonly ProcedureRow[]; next?: string }> {
  const rows = await listAllProcedures(db, words === "" ? undefined : words, after, PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return { rows: rows.slice(0, PAGE), ...(last ? { next: last.code } : {}) };
}

/** Undefined for a code that the province never published. */
export async function showVersions(
  db: Database,
  code: string,
  today: string,
): Promise<{ procedure: ProcedureDefinition; versions: readonly VersionRow[] } | undefined> {
  const versions = await listVersions(db, code, today);
  const shown = versions.find((row) => row.inForce) ?? versions[0];
  const procedure = shown && (await getProcedureVersion(db, code, shown.version));
  return procedure && { procedure, versions };
}

export async function compareVersions(
  db: Database,
  code: string,
  from: number,
  to: number,
): Promise<
  { procedure: ProcedureDefinition; from: number; to: number; differences: readonly Difference[] } | undefined
> {
  const [before, after, procedure] = await Promise.all([
    contentOf(db, code, from),
    contentOf(db, code, to),
    getProcedureVersion(db, code, to),
  ]);
  if (!before || !after || !procedure) return undefined;
  return { procedure, from, to, differences: differencesOf(before, after) };
}
