/** SQL of proposals and versions. What is proposed and decided is written by SQL functions, each one transaction. */
import { type Db, statement } from "#kit/db.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import type { Listing } from "../listing.ts";

export type Origin = "files" | "import" | "designer";

export interface Proposer {
  /** "officer:<id>", or the system's own name. */
  readonly by: string;
  readonly byName: string;
}

export interface ProposalInput extends Proposer {
  readonly id: string;
  readonly code: string;
  readonly kind: "publish" | "withdraw";
  readonly origin?: Origin;
  /** For a withdrawal: the version that ends. */
  readonly baseVersion?: number;
  readonly definition?: ProcedureDefinition;
  readonly form?: unknown;
  readonly listing?: Listing;
  readonly digest?: string;
  /** Local day; one that is past means today. */
  readonly effectiveFrom: string;
  readonly note: string;
}

export type ProposeWord = "proposed" | "same" | "other-open" | "no-version" | "ended";

export interface Decision extends Proposer {
  readonly id: string;
  readonly approve: boolean;
  readonly note: string;
  /** What the owners of open drafts are told when a version ends. */
  readonly tellSubject: string;
  readonly tellText: string;
}

export interface Decided {
  readonly word: "published" | "rejected" | "not-open" | "same-person" | "stale";
  readonly version?: number;
  /** Owners of drafts who were told. */
  readonly told?: number;
}

export interface Proposal {
  readonly id: string;
  readonly code: string;
  readonly kind: "publish" | "withdraw";
  readonly origin: Origin;
  readonly baseVersion: number | null;
  readonly name: string;
  readonly effectiveFrom: string;
  readonly note: string;
  readonly state: "proposed" | "published" | "rejected" | "replaced";
  readonly proposedBy: string;
  readonly proposedName: string;
  readonly proposedAt: Date;
  readonly decidedName: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
  readonly publishedVersion: number | null;
}

export interface ProposedContent {
  readonly definition: ProcedureDefinition | null;
  readonly form: unknown;
}

const propose = statement<{ word: ProposeWord }, [tenant: string, proposal: string]>(
  "catalogue.propose",
  "select procedure_propose($1, $2::jsonb) as word",
);

const decide = statement<{ decided: Decided }, [tenant: string, decision: string]>(
  "catalogue.decide-proposal",
  "select procedure_decide($1, $2::jsonb) as decided",
);

const takeEffect = statement<{ entered: number }, [tenant: string]>(
  "catalogue.take-effect",
  "select catalogue_take_effect($1) as entered",
);

const COLUMNS = `p.id, p.code, p.kind, p.origin, p.base_version as "baseVersion", p.effective_from::text as "effectiveFrom", p.note,
  coalesce(p.definition->'shortName'->>'vi', v.definition->'shortName'->>'vi', p.code) as name,
  p.state, p.proposed_by as "proposedBy", p.proposed_name as "proposedName", p.proposed_at as "proposedAt",
  p.decided_name as "decidedName", p.decided_at as "decidedAt", p.decision_note as "decisionNote",
  p.published_version as "publishedVersion"`;
const BASE = "left join procedure_version v on v.tenant = p.tenant and v.code = p.code and v.version = p.base_version";

const open = statement<Proposal, [limit: number]>(
  "catalogue.list-open-proposals",
  `select ${COLUMNS} from procedure_proposal p ${BASE} where p.state = 'proposed' order by p.id desc limit $1`,
);

const decided = statement<Proposal, [before: string | null, limit: number]>(
  "catalogue.list-decided-proposals",
  `select ${COLUMNS} from procedure_proposal p ${BASE}
  where p.state in ('published', 'rejected') and ($1::uuid is null or p.id < $1) order by p.id desc limit $2`,
);

const one = statement<Proposal, [id: string]>(
  "catalogue.find-proposal",
  `select ${COLUMNS} from procedure_proposal p ${BASE} where p.id = $1`,
);

const content = statement<ProposedContent, [id: string]>(
  "catalogue.find-proposed-content",
  "select definition, form from procedure_proposal where id = $1",
);

const drafts = statement<{ count: number }, [code: string, version: number]>(
  "catalogue.count-open-drafts",
  `select count(*)::int as count from dossier
  where state = 'draft' and procedure_code = $1 and (procedure->>'version')::int = $2`,
);

export async function writeProposal(db: Db, tenant: string, input: ProposalInput): Promise<ProposeWord> {
  return (await db.one(propose, [tenant, JSON.stringify(input)])).word;
}

export async function writeDecision(db: Db, tenant: string, decision: Decision): Promise<Decided> {
  return (await db.one(decide, [tenant, JSON.stringify(decision)])).decided;
}

export async function enterDueVersions(db: Db, tenant: string): Promise<number> {
  return (await db.one(takeEffect, [tenant])).entered;
}

/** Newest first, at most `limit`. `db` is the tenant's, here and below. */
export function listOpenProposals(db: Db, limit: number): Promise<Proposal[]> {
  return db.many(open, [limit]);
}

export function listDecidedProposals(db: Db, before: string | undefined, limit: number): Promise<Proposal[]> {
  return db.many(decided, [before ?? null, limit]);
}

export function findProposal(db: Db, id: string): Promise<Proposal | undefined> {
  return db.maybe(one, [id]);
}

export function findProposedContent(db: Db, id: string): Promise<ProposedContent | undefined> {
  return db.maybe(content, [id]);
}

/** Drafts that are being filled in under this version. */
export async function countOpenDrafts(db: Db, code: string, version: number): Promise<number> {
  return (await db.one(drafts, [code, version])).count;
}
