/**
 * Files by content: stored once under their SHA-256, streamed, hashed on the way, fsynced and renamed, so that a file
 * that is named in the database is whole on the disk whatever crashes. Local disk; another store has the same shape.
 */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, type ReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { fileTypeFromBuffer } from "file-type";
import { AppError } from "./errors.ts";

export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
  /** First bytes, for looking at the real type. */
  readonly head: Buffer;
}

export interface BlobStore {
  /** Stores a stream; more than `maxBytes` is AppError("too-large"), nothing is AppError("invalid", "file-empty"). */
  put(content: AsyncIterable<Uint8Array> | Uint8Array, limits: PutLimits): Promise<StoredFile>;
  /** A stream of the file's bytes; AppError("not-found") when it is not there. */
  open(sha256: string): Promise<{ stream: Readable; size: number }>;
  read(sha256: string): Promise<Buffer>;
  has(sha256: string): Promise<boolean>;
}

export interface PutLimits {
  readonly maxBytes: number;
  /** Looks at the whole file before it is kept: what it throws leaves nothing behind. */
  readonly check?: (file: StoredFile & { read(): Promise<Buffer> }) => Promise<void>;
}

/** The local disk can also be tidied. */
export interface DiskStore extends BlobStore {
  /**
   * Takes away bytes that nothing names. `isNamed` is asked again after they were moved aside; bytes that somebody stored
   * again meanwhile, or after `before`, stay. Answers whether they are gone.
   */
  discard(sha256: string, before: Date, isNamed: () => Promise<boolean>): Promise<boolean>;
  /** Removes what a killed process left half written before that moment; answers how many files. */
  sweepIncoming(before: Date): Promise<number>;
}

const HEAD_BYTES = 4_100;

/**
 * A file that cannot be read (gone meanwhile, a bad disk, no handle left) says so before anybody has begun to read, and what
 * nobody hears would end the process. Whoever reads is told all the same.
 */
export function heard(stream: ReadStream): ReadStream {
  return stream.on("error", () => undefined);
}

export function createDiskStore(folder: string, disk: { open: typeof open } = { open }): DiskStore {
  const place = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new AppError("not-found", { message: "not a hash" });
    return path.join(folder, sha256.slice(0, 2), sha256);
  };
  const store: DiskStore = {
    async put(content, limits) {
      const temporary = path.join(folder, "incoming", randomUUID());
      const file = await createFile(disk, temporary);
      const hash = createHash("sha256");
      const head: Buffer[] = [];
      let size = 0;
      let headSize = 0;
      try {
        const chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> =
          content instanceof Uint8Array ? [content] : content;
        for await (const chunk of chunks) {
          const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
          size += bytes.length;
          if (size > limits.maxBytes) throw new AppError("too-large", { reason: "file-too-large" });
          hash.update(bytes);
          if (headSize < HEAD_BYTES) {
            head.push(bytes.subarray(0, HEAD_BYTES - headSize));
            headSize += bytes.length;
          }
          await writeWhole(file, bytes);
        }
        if (size === 0) throw new AppError("invalid", { reason: "file-empty" });
        await file.sync();
        await file.close();
        const sha256 = hash.digest("hex");
        const kept = { sha256, size, head: Buffer.concat(head) };
        await limits.check?.({ ...kept, read: () => readFile(temporary) });
        const target = place(sha256);
        await mkdir(path.dirname(target), { recursive: true });
        await rename(temporary, target);
        await syncFolder(path.dirname(target));
        return kept;
      } catch (error) {
        await file.close().catch(() => undefined);
        await rm(temporary, { force: true });
        if (isDiskFull(error)) throw new AppError("unavailable", { reason: "disk-full", cause: error });
        throw error;
      }
    },
    async open(sha256) {
      const file = place(sha256);
      const found = await stat(file).catch(() => undefined);
      if (!found) throw new AppError("not-found", { message: `file ${sha256} is not in the store` });
      return { stream: heard(createReadStream(file)), size: found.size };
    },
    async read(sha256) {
      const { stream } = await store.open(sha256);
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part as Buffer);
      return Buffer.concat(parts);
    },
    async has(sha256) {
      return (await stat(place(sha256)).catch(() => undefined)) !== undefined;
    },
    async discard(sha256, before, isNamed) {
      const file = place(sha256);
      const found = await stat(file).catch(() => undefined);
      if (!found) return true;
      if (found.mtime >= before || (await isNamed())) return false;
      const aside = path.join(folder, "incoming", randomUUID());
      await mkdir(path.dirname(aside), { recursive: true });
      await rename(file, aside);
      if ((await stat(aside)).mtime >= before || (await isNamed())) {
        await rename(aside, file);
        return false;
      }
      await rm(aside, { force: true });
      return true;
    },
    async sweepIncoming(before) {
      const incoming = path.join(folder, "incoming");
      let swept = 0;
      for (const name of await readdir(incoming).catch(() => [] as string[])) {
        const file = path.join(incoming, name);
        const found = await stat(file).catch(() => undefined);
        if (!found || found.mtime >= before) continue;
        await rm(file, { force: true });
        swept += 1;
      }
      return swept;
    },
  };
  return store;
}

/** Creates an empty file; a full disk is AppError("unavailable", "disk-full") here already. */
export async function createFile(disk: { open: typeof open }, file: string): Promise<FileHandle> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    return await disk.open(file, "wx", 0o600);
  } catch (error) {
    if (isDiskFull(error)) throw new AppError("unavailable", { reason: "disk-full", cause: error });
    throw error;
  }
}

/** A disk that is nearly full takes a part and says so in the count only. */
async function writeWhole(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten;
}

/** The rename itself must survive a power cut: the folder's entry is synced too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function isDiskFull(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "ENOSPC" || code === "EDQUOT";
}

/** Extension → media types that its content may show. Office files before 2007 are OLE containers. */
export const FILE_TYPES: Readonly<Record<string, readonly string[]>> = {
  pdf: ["application/pdf"],
  jpg: ["image/jpeg"],
  jpeg: ["image/jpeg"],
  png: ["image/png"],
  webp: ["image/webp"],
  docx: ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  xlsx: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  odt: ["application/vnd.oasis.opendocument.text"],
  ods: ["application/vnd.oasis.opendocument.spreadsheet"],
  doc: ["application/x-cfb"],
  xls: ["application/x-cfb"],
};

export type FileTypeProblem = "extension-not-allowed" | "heic" | "content-differs" | "executable";

/**
 * Looks at the name's extension AND the content (ASVS 5.2.2): a renamed executable or a page is refused.
 * Answers the media type, or what is wrong.
 */
export async function checkFileType(
  name: string,
  head: Buffer,
): Promise<{ ok: true; mediaType: string; extension: string } | { ok: false; problem: FileTypeProblem }> {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const allowed = FILE_TYPES[extension];
  if (head.subarray(0, 2).toString("latin1") === "MZ" || head.subarray(0, 4).toString("latin1") === "\x7fELF") {
    return { ok: false, problem: "executable" };
  }
  if (/^hei[cf]$/.test(extension)) return { ok: false, problem: "heic" };
  if (!allowed) return { ok: false, problem: "extension-not-allowed" };
  const sniffed = await fileTypeFromBuffer(head);
  // A PDF starts at its first byte: readers that search for the header later are how polyglots work.
  const isPdf = head.subarray(0, 5).toString("latin1") === "%PDF-";
  const mediaType = isPdf ? "application/pdf" : (sniffed?.mime ?? "");
  // A zip whose first entries are not yet recognisable as Office is still checked by its extension's own parser.
  const looksRight =
    allowed.includes(mediaType) || (mediaType === "application/zip" && /^(docx|xlsx|odt|ods)$/.test(extension));
  if (!looksRight) return { ok: false, problem: "content-differs" };
  return { ok: true, mediaType: allowed.includes(mediaType) ? mediaType : (allowed[0] ?? mediaType), extension };
}

/** A file name fit for lists and downloads: no path, no control characters, no direction marks, at most 150 characters. */
export function cleanFileName(name: string): string {
  const base = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = base
    .replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, "")
    .trim()
    .replace(/^\.+/, "");
  if (clean.length <= 150) return clean || "tep";
  const extension = /\.[A-Za-z0-9]{1,5}$/.exec(clean)?.[0] ?? "";
  return clean.slice(0, 150 - extension.length) + extension;
}

/** Content-Disposition with a Vietnamese name (RFC 6266, RFC 8187). */
export function contentDisposition(kind: "attachment" | "inline", name: string): string {
  const ascii = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .replace(/[^\w.-]/g, "_");
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
