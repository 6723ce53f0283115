/** The outbox towards other provinces: one conversation in order, each message until the other side has it. */
import type { Clock } from "#kit/clock.ts";
import { crashPoint } from "#kit/crash-points.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { JobRefused } from "#kit/jobs.ts";
import { type LinkedContent, type LinkedPeer, sendLinkedMessage } from "#protocols/linked-part/index.ts";
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
  const content = await withBytes(deps.files, kept.content as LinkedContent);
  try {
    await sendLinkedMessage(peer, { id: kept.id, from: tenant, to: kept.other, conversation, seq, content }, () =>
      deps.clock.now(),
    );
  } catch (error) {
    // What the other side refuses as wrong stays wrong: buried for the operator.
    if (error instanceof AppError && error.code === "invalid") throw new JobRefused(error.message);
    throw error;
  }
  // L2: the other province has it and nobody here knows; it is sent again and changes nothing there.
  crashPoint("L2");
  await noteArrived(db, conversation, seq);
}

/** The same bytes at every try: the message is the same message. */
async function withBytes(files: BlobStore, content: LinkedContent): Promise<LinkedContent> {
  const read = async (sha256: string) => Buffer.from(await files.read(sha256)).toString("base64");
  if (content.kind === "open") {
    const papers = [];
    for (const paper of content.part.papers) papers.push({ ...paper, content: await read(paper.sha256) });
    return { kind: "open", part: { ...content.part, papers } };
  }
  if (content.kind !== "state" || !content.state.result) return content;
  const { state } = content;
  const { result } = content.state;
  return {
    kind: "state",
    state: { ...state, result: { ...result, file: { ...result.file, content: await read(result.file.sha256) } } },
  };
}
