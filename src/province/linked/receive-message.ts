/** A message of another province: proven, read, its files put away, kept once. Acting on it is a job's. */
import { sha256 } from "#kit/crypto.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { isSignedNow } from "#kit/signed-body.ts";
import {
  type LinkedAnswer,
  type LinkedContent,
  type PartFile,
  type PartState,
  readLinkedMessage,
} from "#protocols/linked-part/index.ts";
import { takeMessage } from "./message-store.ts";
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

const FILE_MAX = 30_000_000;

/** Throws AppError `unauthenticated`, `invalid` (422) or `conflict`; nothing is kept then. */
export async function receiveLinkedMessage(
  deps: LinkedReceiver,
  body: string,
  headers: { readonly province: unknown; readonly timestamp: unknown; readonly signature: unknown },
): Promise<LinkedAnswer> {
  const key = typeof headers.province === "string" ? deps.keyOf(headers.province) : undefined;
  if (!key || !isSignedNow(key, body, headers, deps.clock.now()))
    throw new AppError("unauthenticated", { message: "not signed by a province that is known here" });
  const read = readLinkedMessage(parsed(body));
  if (!read.ok) throw new AppError("invalid", { reason: "linked-message", message: read.why });
  const { message } = read;
  if (message.from !== headers.province || message.to !== deps.tenant)
    throw new AppError("invalid", { reason: "linked-message", message: "from or to is another province" });
  const content = withOwnLink(await withoutBytes(deps.files, message.content), deps.peerPortalOf(message.from));
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
  return { id: message.id, outcome };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function withOwnLink(content: KeptContent, portal: string | undefined): KeptContent {
  if (content.kind !== "state") return content;
  return { ...content, state: { ...content.state, link: linkWithin(content.state.link, portal) } };
}

/** As it is kept: the bytes of files lie in the store. */
type KeptContent =
  | Exclude<LinkedContent, { kind: "open" | "state" }>
  | { readonly kind: "open"; readonly part: object }
  | { readonly kind: "state"; readonly state: Omit<PartState, "result"> & { readonly result: object | null } };

async function withoutBytes(files: BlobStore, content: LinkedContent): Promise<KeptContent> {
  if (content.kind === "open") {
    const papers = [];
    for (const paper of content.part.papers) papers.push(await putAway(files, paper));
    return { ...content, part: { ...content.part, papers } };
  }
  if (content.kind === "state" && content.state.result) {
    const { result } = content.state;
    return { ...content, state: { ...content.state, result: { ...result, file: await putAway(files, result.file) } } };
  }
  return content;
}

/** What it says of the bytes is what they are, or nothing is taken. */
async function putAway<File extends PartFile>(files: BlobStore, file: File): Promise<Omit<File, "content">> {
  const { content, ...about } = file;
  const bytes = Buffer.from(content, "base64");
  if (bytes.length !== file.size || sha256(bytes) !== file.sha256)
    throw new AppError("invalid", { reason: "linked-message", message: "a file is not what it is said to be" });
  await files.put(bytes, { maxBytes: FILE_MAX });
  return about;
}
