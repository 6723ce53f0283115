import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PlainDate } from "#kit/calendar.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { reconcileFile } from "./import-file.ts";
import type { FileProblem } from "./line-scanner.ts";
import type { Reconciled } from "./reconciliation.ts";

/** Larger ones are brought by `motcua reconcile`: a page is not waited for that long. */
export const UPLOAD_MAX = 100_000_000;

/** A file that a browser sends, kept on the disk while it is read twice, and gone afterwards. */
export interface ReceivedFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  remove(): Promise<void>;
}

/** Streams to a file of its own. Errors: `too-large`. */
export async function receiveFile(name: string, content: Readable & { truncated?: boolean }): Promise<ReceivedFile> {
  const folder = await mkdtemp(join(tmpdir(), "motcua-settlement-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, "file.csv");
    const out = createWriteStream(path, { mode: 0o600 });
    await pipeline(content, out);
    if (content.truncated) throw new AppError("too-large", { message: `a file has at most ${UPLOAD_MAX} bytes` });
    return { path, name: name.normalize("NFC").slice(0, 200), size: out.bytesWritten, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

export type Uploaded =
  | { readonly ok: true; readonly reconciled: Reconciled }
  | {
      readonly ok: false;
      readonly why: "columns" | "lines" | "other";
      readonly lines: readonly FileProblem[];
      readonly missing: readonly string[];
      /** The reason as programs know it, for what has no words of its own. */
      readonly reason: string;
    };

/** Compares a file that an operator brought; one that is not understood says why, and nothing of it counts. */
export async function compareUpload(
  database: Database,
  file: ReceivedFile,
  about: { readonly provider: string; readonly day?: PlainDate },
): Promise<Uploaded> {
  try {
    const open = () => createReadStream(file.path, { highWaterMark: 1 << 20 });
    const { provider, day } = about;
    const settlement = { provider, name: file.name, source: "operator", open, ...(day ? { day } : {}) } as const;
    return { ok: true, reconciled: await reconcileFile(database, settlement) };
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== "invalid" && error.code !== "conflict")) throw error;
    const { lines, missing } = (error.details ?? {}) as { lines?: readonly FileProblem[]; missing?: readonly string[] };
    const why = lines ? "lines" : missing ? "columns" : "other";
    return { ok: false, why, lines: lines ?? [], missing: missing ?? [], reason: error.reason ?? error.code };
  }
}
