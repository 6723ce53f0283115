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
import { findOutgoing, type KeptMessage, type MessageFailure, noteArrived, noteFailure } from "./message-store.ts";

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
  try {
    await send(deps, tenant, kept);
  } catch (error) {
    const failure = failureOf(error);
    const detail = error instanceof Error ? error.message : String(error);
    await noteFailure(db, { direction: "out", conversation, seq }, failure, detail);
    // What the other side refuses as wrong stays wrong: buried until somebody sends it again.
    if (failure === "refused") throw new JobRefused(detail);
    throw error;
  }
  // L2: the other province has it and nobody here knows; it is sent again and changes nothing there.
  crashPoint("L2");
  await noteArrived(db, conversation, seq);
}

async function send(deps: LinkedSender, tenant: string, kept: KeptMessage): Promise<void> {
  const { conversation, seq } = kept;
  const peer = deps.peerOf(tenant, kept.other);
  if (!peer)
    throw new AppError("unavailable", { reason: NO_ADDRESS, message: `no address of ${kept.other} is configured` });
  const content = kept.content as LinkedContent;
  const about = { from: tenant, to: kept.other, conversation, seq };
  const { missing } = await sendLinkedMessage(peer, { id: kept.id, ...about, content }, () => deps.clock.now());
  await sendMissing(deps, peer, about, content, missing);
}

const NO_ADDRESS = "no-address";

function failureOf(error: unknown): MessageFailure {
  if (error instanceof JobRefused) return "refused";
  if (!(error instanceof AppError)) return "broken";
  if (error.code === "invalid") return "refused";
  return error.reason === NO_ADDRESS ? "no-address" : error.reason === "linked-province" ? "silent" : "broken";
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
