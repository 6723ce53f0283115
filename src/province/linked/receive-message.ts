/** A message of another province, and the files that it names: proven, read, kept once. Acting on it is a job's. */
import { sha256 } from "#kit/crypto.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { isSignedNow } from "#kit/signed-body.ts";
import {
  type LinkedAnswer,
  type LinkedContent,
  type LinkedFile,
  linkedFileProof,
  readLinkedMessage,
} from "#protocols/linked-part/index.ts";
import { findNamedFile, listMissing, noteFile, takeMessage } from "./message-store.ts";
import { linkWithin } from "./peers.ts";

export interface LinkedReceiver {
  readonly database: Database;
  readonly files: BlobStore;
  readonly tenant: string;
  readonly clock: Clock;
  /** The key shared with a province; undefined for one that nothing was agreed with. */
  keyOf(province: string): string | undefined;
  /** Where the province's portal is; undefined when it is not configured. */
  peerPortalOf(province: string): string | undefined;
}

interface SignedHeaders {
  readonly province: unknown;
  readonly timestamp: unknown;
  readonly signature: unknown;
}

/** Throws AppError `unauthenticated`, `invalid` (422) or `conflict`; nothing is kept then. */
export async function receiveLinkedMessage(
  deps: LinkedReceiver,
  body: string,
  headers: SignedHeaders,
): Promise<LinkedAnswer> {
  const key = typeof headers.province === "string" ? deps.keyOf(headers.province) : undefined;
  if (!key || !isSignedNow(key, body, headers, deps.clock.now()))
    throw new AppError("unauthenticated", { message: "not signed by a province that is known here" });
  const read = readLinkedMessage(parsed(body));
  if (!read.ok) throw new AppError("invalid", { reason: "linked-message", message: read.why });
  const { message } = read;
  if (message.from !== headers.province || message.to !== deps.tenant)
    throw new AppError("invalid", { reason: "linked-message", message: "from or to is another province" });
  const content = withOwnLink(message.content, deps.peerPortalOf(message.from));
  const outcome = await takeMessage(deps.database, deps.tenant, {
    id: message.id,
    conversation: message.conversation,
    seq: message.seq,
    other: message.from,
    kind: message.content.kind,
    content,
    hash: sha256(body),
  });
  if (outcome === "conflict")
    throw new AppError("conflict", { reason: "linked-message", message: "another message had this id or place" });
  if (outcome === "unknown")
    throw new AppError("invalid", { reason: "linked-message", message: "of no part that is known here" });
  const db = deps.database.forTenant(deps.tenant);
  return { id: message.id, outcome, missing: await listMissing(db, message.conversation, message.seq) };
}

/**
 * The bytes of a file that a message of that province named. Nothing is read before the signature is believed and the file is one
 * that is waited for. Throws AppError `unauthenticated` or `invalid` (422: not waited for, or other bytes than were named).
 */
export async function receiveLinkedFile(
  deps: LinkedReceiver,
  file: Omit<LinkedFile, "size">,
  headers: SignedHeaders,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly outcome: "taken" | "known" }> {
  const from = headers.province;
  const key = typeof from === "string" ? deps.keyOf(from) : undefined;
  if (
    typeof from !== "string" ||
    !key ||
    !isSignedNow(key, linkedFileProof(from, deps.tenant, file), headers, deps.clock.now())
  )
    throw new AppError("unauthenticated", { message: "not signed by a province that is known here" });
  const wrong = (message: string) => new AppError("invalid", { reason: "linked-file", message });
  const named = await findNamedFile(deps.database.forTenant(deps.tenant), from, file);
  if (!named) throw wrong("no message of that province names this file");
  if (named.arrived) return { outcome: "known" };
  await deps.files.put(bytes, {
    maxBytes: named.size,
    check: ({ sha256: hash, size }) =>
      hash === file.sha256 && size === named.size
        ? Promise.resolve()
        : Promise.reject(wrong("the file is not what it is said to be")),
  });
  if (!(await noteFile(deps.database, deps.tenant, from, file))) throw wrong("the message is gone");
  return { outcome: "taken" };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function withOwnLink(content: LinkedContent, portal: string | undefined): LinkedContent {
  if (content.kind !== "state") return content;
  return { ...content, state: { ...content.state, link: linkWithin(content.state.link, portal) } };
}
