/**
 * A part of a linked filing (liên thông) that an agency of another province handles: what the two provinces say to each other.
 * One conversation a part. Each side numbers its own messages from 1; the receiver acts on them in that order, whatever order
 * they come in, and on each once.
 */
export interface LinkedMessage {
  /** UUID of the message: the same again is the same message. */
  readonly id: string;
  /** Codes of the provinces. */
  readonly from: string;
  readonly to: string;
  /** UUID of the part. */
  readonly conversation: string;
  /** From 1, of this side and conversation. */
  readonly seq: number;
  readonly content: LinkedContent;
}

export type LinkedContent =
  | { readonly kind: "open"; readonly part: OpenedPart }
  /** The applicant took the whole filing back; what is decided stays decided. */
  | { readonly kind: "withdraw"; readonly reason: string }
  /** The other parts are done: the result may be given. */
  | { readonly kind: "release" }
  /** From the handling province, after every change. */
  | { readonly kind: "state"; readonly state: PartState };

/** Named in a message; its bytes follow by themselves. */
export interface PartFile {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

export interface PartDue {
  readonly code: string;
  readonly kind: "fee" | "charge";
  readonly name: { readonly vi: string; readonly en: string };
  readonly amount: number;
  readonly quantity?: number;
  readonly unitAmount?: number;
  readonly basis: string;
  /** Why less, or nothing, is owed. */
  readonly exemption?: object;
}

export interface OpenedPart {
  /** Of the procedure's definition: birth, residence, insurance … */
  readonly code: string;
  /** National code of the part's own procedure; the handling province uses its version in force. */
  readonly procedure: string;
  /** The linked law's limit for the part; absent: the procedure's own. */
  readonly limit?: object;
  /** Lasting id of the unit. */
  readonly agency: string;
  readonly whole: {
    readonly number: number;
    readonly procedure: string;
    readonly name: string;
    readonly filedAt: string;
  };
  readonly channel: string;
  /** Its result is held until `release`. */
  readonly together: boolean;
  /** The account is national: `sub` is the same everywhere. */
  readonly applicant: {
    readonly sub: string;
    readonly name: string;
    readonly identityNumber: string;
    readonly identityKind: "cccd" | "cmnd";
    readonly birthDate?: string;
    readonly phone?: string;
    readonly email?: string;
    readonly address?: string;
  };
  readonly holder: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly delivery: Readonly<Record<string, unknown>> | null;
  /** What the filing owes for the part, assessed where it was filed; the handling province collects it. Whole đồng. */
  readonly dues: readonly PartDue[];
  readonly papers: readonly (PartFile & { readonly component: string })[];
}

export interface PartState {
  readonly number: number | null;
  readonly code: string | null;
  /** One of the states of a dossier: filed, received, processing, … */
  readonly state: string;
  readonly ending: string | null;
  readonly reason: string | null;
  readonly resultSigned: boolean;
  /** ISO 8601 */
  readonly receivedAt: string | null;
  readonly dueAt: string | null;
  readonly officer: string | null;
  /** Where the applicant finds the dossier at the handling province's portal. */
  readonly link: string;
  readonly result: {
    readonly number: string;
    readonly summary: string;
    /** YYYY-MM-DD */
    readonly effectiveOn: string;
    readonly data: Readonly<Record<string, unknown>>;
    readonly file: PartFile;
  } | null;
}

/** `known`: taken before. */
export interface LinkedAnswer {
  readonly id: string;
  readonly outcome: "taken" | "known";
  /** SHA-256 of the files that the message names and the other side does not have yet: only these are sent. */
  readonly missing: readonly string[];
}

/** A file that a message named. */
export interface LinkedFile {
  readonly conversation: string;
  readonly seq: number;
  readonly sha256: string;
  readonly size: number;
}

/** Where a province takes them: POST {portal}/lien-thong/tin. */
export const LINKED_PATH = "/lien-thong/tin";
/** A message; the files that it names come after it. */
export const LINKED_BODY_MAX = 4_000_000;
export const LINKED_FILE_MAX = 30_000_000;

/** Where their bytes are taken: POST {portal}/lien-thong/tep/{conversation}/{seq}/{sha256}. */
export function linkedFilePath(file: { conversation: string; seq: number | string; sha256: string }): string {
  const { conversation, seq, sha256 } = file;
  return `/lien-thong/tep/${conversation}/${seq}/${sha256}`;
}

/** What is signed in place of the bytes: the hash stands for them, so that nothing need be read before it is believed. */
export function linkedFileProof(
  from: string,
  to: string,
  { conversation, seq, sha256 }: Omit<LinkedFile, "size">,
): string {
  return ["file", from, to, conversation, seq, sha256].join("|");
}
