import { formatDate, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import { sha256 } from "#kit/crypto.ts";
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { definitionProblems } from "../definition-problems.ts";
import { getProcedureVersion } from "../find-procedure.ts";
import { listingOf } from "../listing.ts";
import { schemaProblems } from "../load-procedures.ts";
import {
  type Decided,
  type Origin,
  type ProposeWord,
  findProposal,
  type Proposer,
  writeDecision,
  writeProposal,
} from "./publishing-store.ts";
import { listVersions } from "./versions-view.ts";

export type Proposed =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly reason: "invalid"; readonly problems: readonly string[] }
  | { readonly ok: false; readonly reason: Exclude<ProposeWord, "proposed"> };

export interface ProposeVersion extends Proposer {
  readonly definition: ProcedureDefinition;
  /** The form that belongs to it; null for information only. */
  readonly form: unknown;
  /** Local day (YYYY-MM-DD) from which it is in force; one that is past means the day of approval. */
  readonly effectiveFrom: string;
  /** Why: for whoever decides. */
  readonly note: string;
  readonly origin?: Origin;
  /** Lasting name of this content; of definition and form when absent. */
  readonly digest?: string;
}

/**
 * Proposes the next version of a procedure, checked as the files of `procedures/` are; nothing is published until another
 * person approves. A newer proposal of the same person takes the place of the open one. Reasons: `invalid` with every
 * place that is wrong, `same` as what is published or proposed, `other-open` when somebody else's waits.
 */
export async function proposeVersion(database: Database, tenant: Tenant, input: ProposeVersion): Promise<Proposed> {
  const { definition, form, by, byName, effectiveFrom, note, origin = "designer" } = input;
  // What an import says was understood when it was read; it has no form, and its shape follows its source.
  const problems =
    origin === "import"
      ? []
      : [...schemaProblems(definition), ...definitionProblems(definition, definition.code, form)];
  if (problems.length > 0) return { ok: false, reason: "invalid", problems };
  const id = newId();
  const word = await database.tx((db) =>
    writeProposal(db, tenant.code, {
      id,
      code: definition.code,
      kind: "publish",
      origin,
      definition,
      form,
      listing: listingOf(definition, tenant),
      digest: input.digest ?? sha256(JSON.stringify([definition, form])),
      effectiveFrom,
      note,
      by,
      byName,
    }),
  );
  return word === "proposed" ? { ok: true, id } : { ok: false, reason: word };
}

export interface ProposeWithdrawal extends Proposer {
  readonly code: string;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly reason: string;
}

/**
 * Proposes that a version ends: from that day the version before it is in force again, or nobody can file. Dossiers that
 * were filed under it keep it. Reasons: `no-version`, `ended`, `other-open`.
 */
export async function proposeWithdrawal(
  database: Database,
  tenant: Tenant,
  { code, version, effectiveFrom, reason, by, byName }: ProposeWithdrawal,
): Promise<Proposed> {
  const id = newId();
  const word = await database.tx((db) =>
    writeProposal(db, tenant.code, {
      id,
      code,
      kind: "withdraw",
      baseVersion: version,
      effectiveFrom,
      note: reason,
      by,
      byName,
    }),
  );
  return word === "proposed" ? { ok: true, id } : { ok: false, reason: word };
}

/**
 * Publishes what another person proposed: a version is in force from its day, a withdrawal tells the owners of open drafts.
 * One transaction. Words: `published` with the version, `same-person`, `stale` (another version came in between),
 * `not-open` (decided already, or unknown).
 */
export async function approveProposal(
  database: Database,
  tenant: Tenant,
  decision: Proposer & { readonly id: string; readonly note: string },
  clock: Clock = systemClock,
): Promise<Decided> {
  const told = await tellOwners(database, tenant, decision.id, plainDateOf(clock.now()));
  return database.tx((db) => writeDecision(db, tenant.code, { ...decision, approve: true, ...told }));
}

/** Refuses a proposal, or takes one's own back. Words: `rejected`, `not-open`. */
export function rejectProposal(
  database: Database,
  tenant: Tenant,
  decision: Proposer & { readonly id: string; readonly note: string },
): Promise<Decided> {
  return database.tx((db) =>
    writeDecision(db, tenant.code, { ...decision, approve: false, tellSubject: "", tellText: "" }),
  );
}

/** An SMS: Vietnamese, no link, no name of a person, at most 400 characters. */
async function tellOwners(
  database: Database,
  tenant: Tenant,
  id: string,
  today: PlainDate,
): Promise<{ tellSubject: string; tellText: string }> {
  const db = database.forTenant(tenant.code);
  const proposal = await findProposal(db, id);
  if (proposal?.kind !== "withdraw" || proposal.baseVersion === null) return { tellSubject: "", tellText: "" };
  const [ending, versions] = await Promise.all([
    getProcedureVersion(db, proposal.code, proposal.baseVersion),
    listVersions(db, proposal.code, today),
  ]);
  const others = versions.filter(
    (one) => one.version !== proposal.baseVersion && one.withdrawnFrom === null && one.effectiveFrom <= today,
  );
  const name = (ending?.shortName.vi ?? proposal.code).slice(0, 120);
  const day = formatDate((proposal.effectiveFrom > today ? proposal.effectiveFrom : today) as PlainDate);
  const after =
    others.length > 0
      ? "Nội dung đã khai được giữ lại; hãy mở lại để xem mẫu đang áp dụng."
      : "Nội dung đã khai được giữ lại nhưng chưa thể gửi. Hãy hỏi bộ phận một cửa.";
  return {
    tellSubject: `Thay đổi thủ tục ${proposal.code}`,
    tellText: `${tenant.name.vi}: mẫu của thủ tục "${name}" mà bạn đang soạn hết áp dụng từ ${day}. ${after}`.slice(
      0,
      400,
    ),
  };
}
