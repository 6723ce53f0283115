/**
 * Files that are still arriving, a piece at a time. What the disk has is the truth about how far one is: after a lost
 * connection, a reload or a killed process the sender asks for the length and goes on from there.
 */
import { createReadStream } from "node:fs";
import { type FileHandle, open as openFile, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { AppError } from "./errors.ts";
import { createFile, heard, isDiskFull } from "./files.ts";
import { isId } from "./ids.ts";

export interface PartialStore {
  /** Bytes that are there; undefined when nothing was begun (or it was swept). */
  length(id: string): Promise<number | undefined>;
  begin(id: string): Promise<void>;
  /**
   * Adds bytes behind `offset`; answers the new length. Whatever arrived before a break is kept. AppError: `conflict`
   * (`offset`, `busy`), `too-large` beyond `total`, `unavailable` (`disk-full`), `not-found`.
   */
  append(id: string, piece: { offset: number; total: number; content: Readable }): Promise<number>;
  open(id: string): Readable;
  drop(id: string): Promise<void>;
  /** Removes what nobody has added to since `before`; answers how many. */
  sweep(before: Date): Promise<number>;
}

export function createPartialStore(folder: string, disk: { open: typeof openFile } = { open: openFile }): PartialStore {
  const place = (id: string): string => {
    if (!isId(id)) throw new AppError("not-found", { message: "not an upload" });
    return path.join(folder, id);
  };
  /** Whoever is writing; a second writer ends the first, which is usually a connection that died unnoticed. */
  const writing = new Map<string, Readable>();
  const store: PartialStore = {
    async length(id) {
      return (await stat(place(id)).catch(() => undefined))?.size;
    },
    async begin(id) {
      await (await createFile(disk, place(id))).close();
    },
    async append(id, { offset, total, content }) {
      const before = writing.get(id);
      if (before) {
        before.destroy();
        content.resume();
        throw new AppError("conflict", { reason: "busy" });
      }
      writing.set(id, content);
      try {
        return await write(await openExisting(disk, place(id)), { offset, total, content });
      } finally {
        writing.delete(id);
      }
    },
    open: (id) => heard(createReadStream(place(id))),
    async drop(id) {
      await rm(place(id), { force: true });
    },
    async sweep(before) {
      const names = await readdir(folder).catch(() => [] as string[]);
      let swept = 0;
      for (const name of names) {
        const found = isId(name) ? await stat(place(name)).catch(() => undefined) : undefined;
        if (!found || found.mtime >= before) continue;
        await store.drop(name);
        swept += 1;
      }
      return swept;
    },
  };
  return store;
}

async function openExisting(disk: { open: typeof openFile }, file: string): Promise<FileHandle> {
  return disk.open(file, "r+").catch((error: unknown) => {
    if ((error as { code?: unknown }).code === "ENOENT") throw new AppError("not-found", { reason: "upload-gone" });
    throw error;
  });
}

async function write(
  file: FileHandle,
  { offset, total, content }: { offset: number; total: number; content: Readable },
): Promise<number> {
  let at = offset;
  try {
    if ((await file.stat()).size !== offset) throw new AppError("conflict", { reason: "offset" });
    for await (const chunk of content as AsyncIterable<Buffer>) {
      if (at + chunk.length > total) throw new AppError("too-large", { reason: "file-too-large" });
      for (let done = 0; done < chunk.length; ) {
        const { bytesWritten } = await file.write(chunk, done, chunk.length - done, at);
        done += bytesWritten;
        at += bytesWritten;
      }
    }
    await file.sync();
    return at;
  } catch (error) {
    if (isDiskFull(error)) throw new AppError("unavailable", { reason: "disk-full", cause: error });
    throw error;
  } finally {
    await file.close();
  }
}
