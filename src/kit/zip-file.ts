/**
 * Zip containers read strictly before anybody opens them: few entries, honest sizes, no path that leads out, no overlap.
 * Sources: APPNOTE.TXT 6.3.10 §4.3; overlapping entries: Fifield 2019. Never throws for hostile bytes.
 */
import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";

export type ZipProblem = "broken" | "content" | "encrypted" | "bomb";

export const ZIP_LIMITS = {
  entries: 2_000,
  /** One entry, unpacked. */
  entryBytes: 64 * 1_048_576,
  /** All entries, unpacked. */
  totalBytes: 128 * 1_048_576,
  /** Unpacked to packed, judged from 1 MB on: text packs well, but not that well. */
  ratio: 200,
} as const;

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

const unpack = promisify(inflateRaw) as (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

/** One entry's bytes, exactly as many as it declared. */
export async function unpackEntry(bytes: Buffer, entry: ZipEntry): Promise<Buffer | ZipProblem> {
  const start = dataStart(bytes, entry);
  const packed = bytes.subarray(start, start + entry.packed);
  let content: Buffer = packed;
  if (entry.method === 8) {
    try {
      // One byte more than declared: a size that lies shows itself without the whole of it being unpacked.
      content = await unpack(packed, { maxOutputLength: entry.unpacked + 1 });
    } catch (error) {
      return (error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE" ? "bomb" : "broken";
    }
  }
  if (content.length > entry.unpacked) return "bomb";
  return content.length === entry.unpacked ? content : "broken";
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const SYMLINK = 0o120000;

/** The directory at the end, read strictly: begins at byte 0, ends at the last byte, no overlap, no paths that lead out. */
export function listEntries(bytes: Buffer): ZipEntry[] | ZipProblem {
  const end = findEnd(bytes);
  if (end === undefined || bytes.length < 52) return "broken";
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  // Several disks, or the 64-bit form that no paper of 20 MB needs.
  if (bytes.readUInt16LE(end + 4) !== 0 || count === 0xffff || at === 0xffffffff) return "content";
  if (count > ZIP_LIMITS.entries) return "bomb";
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== CENTRAL) return "broken";
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) return "encrypted";
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    if (isStrangeName(name) || ((bytes.readUInt32LE(at + 38) >>> 16) & 0o170000) === SYMLINK) return "content";
    entries.push({
      name,
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return layoutProblem(bytes, entries) ?? entries;
}

/** The end record; its comment must reach exactly the end of the file. */
function findEnd(bytes: Buffer): number | undefined {
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 65_557; at -= 1) {
    if (bytes.readUInt32LE(at) === END) return at + 22 + bytes.readUInt16LE(at + 20) === bytes.length ? at : undefined;
  }
  return undefined;
}

function layoutProblem(bytes: Buffer, entries: readonly ZipEntry[]): ZipProblem | undefined {
  const sorted = [...entries].sort((a, b) => a.at - b.at);
  // Something before the first entry is how one file is two kinds at once.
  if (sorted[0]?.at !== 0) return "content";
  for (const [index, entry] of sorted.entries()) {
    if (entry.at + 30 > bytes.length || bytes.readUInt32LE(entry.at) !== LOCAL) return "broken";
    if (entry.method !== 0 && entry.method !== 8) return "content";
    const next = sorted[index + 1]?.at ?? bytes.length;
    // Entries that share bytes unpack to more than their sizes say.
    if (dataStart(bytes, entry) + entry.packed > next) return "bomb";
  }
  return undefined;
}

function dataStart(bytes: Buffer, entry: ZipEntry): number {
  return entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
}

function isStrangeName(name: string): boolean {
  return name === "" || /^[/\\]|^[A-Za-z]:|\\|(?:^|\/)\.\.(?:\/|$)|\p{Cc}/u.test(name);
}

/** Too large unpacked, or packed too well to be honest. */
export function isBomb(entries: readonly ZipEntry[]): boolean {
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  return (
    unpacked > ZIP_LIMITS.totalBytes ||
    entries.some((entry) => entry.unpacked > ZIP_LIMITS.entryBytes) ||
    (unpacked > 1_048_576 && unpacked > packed * ZIP_LIMITS.ratio)
  );
}
