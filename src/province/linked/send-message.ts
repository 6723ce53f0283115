/** The outbox towards other provinces: one conversation in order, each message until the other side has it. */
import type { Clock } from "#kit/clock.ts";
import { crashPoint } from "#kit/crash-points.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { JobRefused } from "#kit/jobs.ts";
import {
  type LinkedContent,
  type LinkedPeer,
  type PartFile,
  sendLinkedFile,
  sendLinkedMessage,
} from "#protocols/linked-part/index.ts";
import { findOutgoing, noteArrived } from "./message-store.ts";

export interface LinkedSender {
  readonly database: Database;
  readonly files: BlobStore;
  readonly clock: Clock;
  /** Where a province is reached; undefined when nothing was agreed with it. */
  peerOf(tenant: string, province: string): LinkedPeer | undefined;
}

export async function sendKept(deps: LinkedSender, tenant: string, conversation: string, seq: number): Promise<void> {
  const db = deps.database.forTenant(tenant);
  const kept = await findOutgoing(db, conversation, seq);
  if (!kept) throw new JobRefused("no such message");
  if (kept.doneAt) return;
  const peer = deps.peerOf(tenant, kept.other);
  if (!peer) throw new Error(`no address of ${kept.other} is configured`);
  const content = kept.content as LinkedContent;
  const about = { from: tenant, to: kept.other, conversation, seq };
  try {
    const { missing } = await sendLinkedMessage(peer, { id: kept.id, ...about, content }, () => deps.clock.now());
    await sendMissing(deps, peer, about, content, missing);
  } catch (error) {
    // What the other side refuses as wrong stays wrong: buried for the operator.
    if (error instanceof AppError && error.code === "invalid") throw new JobRefused(error.message);
    throw error;
  }
  // L2: the other province has it and nobody here knows; it is sent again and changes nothing there.
  crashPoint("L2");
  await noteArrived(db, conversation, seq);
}

/** Only what the other side does not have yet: a break in between costs the file that was on its way. */
async function sendMissing(
  { files, clock }: LinkedSender,
  peer: LinkedPeer,
  about: { from: string; to: string; conversation: string; seq: number },
  content: LinkedContent,
  missing: readonly string[],
): Promise<void> {
  const named = filesOf(content);
  for (const sha256 of missing) {
    const file = named.find((one) => one.sha256 === sha256);
    if (!file) throw new JobRefused(`${about.to} asks for a file that the message does not name`);
    const { stream } = await files.open(sha256);
    await sendLinkedFile(peer, { ...about, sha256, size: file.size, bytes: stream }, () => clock.now());
    // L3: one file is there, the next is not.
    crashPoint("L3");
  }
}

function filesOf(content: LinkedContent): readonly PartFile[] {
  if (content.kind === "open") return content.part.papers;
  return content.kind === "state" && content.state.result ? [content.state.result.file] : [];
}
