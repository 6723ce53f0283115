/** Writing dossiers: each statement is one transaction by one SQL function of migration 0020. */
import { type Database, type Db, statement } from "#kit/db.ts";
import type {
  Actor,
  Answers,
  Applicant,
  Channel,
  Delivery,
  DossierAgency,
  DossierDue,
  DossierProcedure,
  DossierResultFile,
  DossierState,
  DueExplanation,
  Ending,
  Outcome,
  PostArrival,
  Stand,
} from "./dossier.ts";
import type { DossierAction } from "./dossier-lifecycle.ts";

/** What a change may set besides the state; absent keys stay as they are. */
export interface DossierPatch {
  readonly resumeState?: DossierState | null;
  readonly ending?: Ending;
  readonly officer?: { id: string; name: string } | null;
  readonly unit?: { id: string; name: string } | null;
  readonly note?: string | null;
  readonly reason?: string | null;
  readonly resultId?: string;
  readonly resultFile?: DossierResultFile;
  readonly resultSigned?: boolean;
}

interface Answered<Done> {
  readonly outcome: Outcome<Done>;
}

const startStatement = statement<
  Answered<Stand & { resumed: boolean }>,
  [string, string, string, string, string, string, string, boolean, string]
>(
  "dossiers.start",
  "select dossier_start($1, $2, $3, $4::jsonb, $5::jsonb, $6::jsonb, $7::jsonb, $8, $9::jsonb) as outcome",
);

const startAtCounter = statement<
  Answered<Stand & { resumed: boolean }>,
  [string, string, string, string, string, string, string, boolean, string, string | null]
>(
  "dossiers.start-at-counter",
  "select dossier_start_at_counter($1, $2, $3, $4::jsonb, $5::jsonb, $6::jsonb, $7::jsonb, $8, $9::jsonb, $10::jsonb) as outcome",
);

export async function insertDraft(
  database: Database,
  draft: {
    tenant: string;
    id: string;
    channel: Channel;
    procedure: DossierProcedure;
    agency: DossierAgency;
    applicant: Applicant;
    prefill: Answers;
    fresh: boolean;
    actor: Actor;
    post?: PostArrival;
  },
): Promise<Outcome<Stand & { resumed: boolean }>> {
  const params = [
    draft.tenant,
    draft.id,
    draft.channel,
    json(draft.procedure),
    json(draft.agency),
    json(draft.applicant),
    json(draft.prefill),
    draft.fresh,
    json(draft.actor),
  ] as const;
  const { outcome } =
    draft.actor.kind === "officer"
      ? await database.one(startAtCounter, [...params, draft.post ? json(draft.post) : null])
      : await database.one(startStatement, [...params]);
  return outcome;
}

const saveStatement = statement<
  Answered<Stand & { savedAt: string }>,
  [string, string, string, string, string | null, string | null, number | null]
>("dossiers.save", "select dossier_save($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7) as outcome");

export async function updateDraft(
  database: Database,
  draft: {
    tenant: string;
    dossierId: string;
    applicantSub: string;
    answers?: Answers;
    delivery?: Delivery;
    page?: string;
    revision?: number;
  },
): Promise<Outcome<Stand & { savedAt: Date }>> {
  const { outcome } = await database.one(saveStatement, [
    draft.tenant,
    draft.dossierId,
    draft.applicantSub,
    json(draft.answers ?? {}),
    draft.delivery ? json(draft.delivery) : null,
    draft.page ?? null,
    draft.revision ?? null,
  ]);
  return outcome.ok ? { ...outcome, savedAt: new Date(outcome.savedAt) } : outcome;
}

const attachStatement = statement<
  Answered<Stand & { fileId: string; sameAs?: string | null }>,
  [string, string, string, string, number]
>("dossiers.attach", "select dossier_attach($1, $2, $3, $4::jsonb, $5) as outcome");

export async function addFile(
  database: Database,
  file: {
    tenant: string;
    dossierId: string;
    applicantSub: string;
    fileId: string;
    component: string;
    name: string;
    sha256: string;
    size: number;
    mediaType: string;
    limit: number;
  },
): Promise<Outcome<Stand & { fileId: string; sameAs?: string | null }>> {
  const { component, sha256, size, mediaType } = file;
  const row = { id: file.fileId, component, name: file.name.normalize("NFC"), sha256, size, mediaType };
  const params = [file.tenant, file.dossierId, file.applicantSub, json(row), file.limit] as const;
  return (await database.one(attachStatement, [...params])).outcome;
}

const detachStatement = statement<Answered<Stand>, [string, string, string, string]>(
  "dossiers.detach",
  "select dossier_detach($1, $2, $3, $4) as outcome",
);

export async function dropFile(
  database: Database,
  file: { tenant: string; dossierId: string; applicantSub: string; fileId: string },
): Promise<Outcome<Stand>> {
  return (await database.one(detachStatement, [file.tenant, file.dossierId, file.applicantSub, file.fileId])).outcome;
}

type Filed = Stand & { number: number; totalDue: number; replayed: boolean };

const fileStatement = statement<
  Answered<Filed>,
  [string, string, string, string, string, string, string, string, Date | null, string, string, string | null]
>(
  "dossiers.file",
  "select dossier_file_draft($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11, $12::jsonb) as outcome",
);

export async function fileDraft(
  database: Database,
  filing: {
    tenant: string;
    dossierId: string;
    applicantSub: string;
    submissionId: string;
    contentHash: string;
    answers: Answers;
    delivery: Delivery;
    dues: readonly DossierDue[];
    dueAt?: Date;
    holderName?: string;
    summary?: string;
    files?: readonly { id: string; sha256: string }[];
    parts?: readonly object[];
  },
): Promise<Outcome<Filed>> {
  if (filing.parts) return fileLinked(database, { ...filing, parts: filing.parts });
  const { outcome } = await database.one(fileStatement, [
    filing.tenant,
    filing.dossierId,
    filing.applicantSub,
    filing.submissionId,
    filing.contentHash,
    json(filing.answers),
    json(filing.delivery),
    json(filing.dues),
    filing.dueAt ?? null,
    (filing.holderName ?? "").normalize("NFC").trim(),
    (filing.summary ?? "").normalize("NFC").trim(),
    filing.files ? json(filing.files) : null,
  ]);
  return outcome;
}

const fileLinkedStatement = statement<
  Answered<Filed>,
  [string, string, string, string, string, string, string, Date | null, string, string, string | null, string]
>(
  "dossiers.file-linked",
  "select dossier_file_linked($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9, $10, $11::jsonb, $12::jsonb) as outcome",
);

async function fileLinked(
  database: Database,
  filing: Parameters<typeof fileDraft>[1] & { parts: readonly object[] },
): Promise<Outcome<Filed>> {
  const { outcome } = await database.one(fileLinkedStatement, [
    filing.tenant,
    filing.dossierId,
    filing.applicantSub,
    filing.submissionId,
    filing.contentHash,
    json(filing.answers),
    json(filing.delivery),
    filing.dueAt ?? null,
    (filing.holderName ?? "").normalize("NFC").trim(),
    (filing.summary ?? "").normalize("NFC").trim(),
    filing.files ? json(filing.files) : null,
    json(filing.parts),
  ]);
  return outcome;
}

const changeStatement = statement<
  Answered<Stand>,
  [string, string, string, number, string, string, string, string, string]
>("dossiers.change", "select dossier_change($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9::jsonb) as outcome");

export async function writeChange(
  database: Db,
  change: {
    tenant: string;
    dossierId: string;
    from: DossierState;
    version: number;
    to: DossierState;
    action: DossierAction;
    actor: Actor;
    patch: DossierPatch;
    detail: { readonly [key: string]: unknown };
  },
): Promise<Outcome<Stand>> {
  const { outcome } = await database.one(changeStatement, [
    change.tenant,
    change.dossierId,
    change.from,
    change.version,
    change.to,
    change.action,
    json(change.actor),
    json(change.patch),
    json(change.detail),
  ]);
  return outcome;
}

type Received = { code: string; dueAt: string; receivedAt: string };

const receiveStatement = statement<
  Answered<Stand & Received>,
  [string, string, number, string, Date, Date, string, string | null]
>("dossiers.receive", "select dossier_receive($1, $2, $3, $4::jsonb, $5, $6, $7::jsonb, $8) as outcome");

export async function assignCode(
  database: Db,
  reception: {
    tenant: string;
    dossierId: string;
    version: number;
    actor: Actor;
    receivedAt: Date;
    dueAt: Date;
    dueExplanation: DueExplanation;
    note: string | null;
  },
): Promise<Outcome<Stand & { code: string; dueAt: Date; receivedAt: Date }>> {
  const { outcome } = await database.one(receiveStatement, [
    reception.tenant,
    reception.dossierId,
    reception.version,
    json(reception.actor),
    reception.receivedAt,
    reception.dueAt,
    json(reception.dueExplanation),
    reception.note,
  ]);
  if (!outcome.ok) return outcome;
  return { ...outcome, dueAt: new Date(outcome.dueAt), receivedAt: new Date(outcome.receivedAt) };
}

const settleStatement = statement<Answered<Stand & { replayed: boolean }>, [string, string, number, string]>(
  "dossiers.settle-fee",
  "select dossier_settle_fee($1, $2, $3, $4) as outcome",
);

export async function markPaid(
  database: Database,
  paid: { tenant: string; dossierId: string; amount: number; reference: string },
): Promise<Outcome<Stand & { replayed: boolean }>> {
  return (await database.one(settleStatement, [paid.tenant, paid.dossierId, paid.amount, paid.reference])).outcome;
}

/** pg would turn arrays into PostgreSQL arrays: JSON is always sent as text. */
export function json(value: unknown): string {
  return JSON.stringify(value ?? null);
}
