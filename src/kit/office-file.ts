/**
 * Office papers (docx, xlsx, odt, ods) looked at as the zip containers they are, before anybody opens them: few entries,
 * honest sizes, no macros, nothing fetched from elsewhere. Only this container is opened; what is packed inside an entry
 * stays packed. Sources: APPNOTE.TXT 6.3.10 §4.3; ECMA-376 part 2; ODF 1.3 part 2; overlapping entries: Fifield 2019.
 */
import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";

export type OfficeProblem = "broken" | "content" | "encrypted" | "active" | "bomb";

export const OFFICE_LIMITS = {
  entries: 2_000,
  /** One entry, unpacked. */
  entryBytes: 64 * 1_048_576,
  /** All entries, unpacked. */
  totalBytes: 128 * 1_048_576,
  /** Unpacked to packed, judged from 1 MB on: text packs well, but not that well. */
  ratio: 200,
} as const;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

const unpack = promisify(inflateRaw) as (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

/** What is wrong with the file for its ending; undefined when it may be taken. Never throws for hostile bytes. */
export async function officeProblem(extension: string, bytes: Buffer): Promise<OfficeProblem | undefined> {
  const listed = listEntries(bytes);
  if (!Array.isArray(listed)) return listed;
  const names = new Set(listed.map((entry) => entry.name));
  if (names.size !== listed.length) return "content";
  if (listed.some((entry) => isActive(entry.name))) return "active";
  if (!hasMainPart(extension, names)) return "content";
  if (isBomb(listed)) return "bomb";
  for (const entry of listed) {
    const problem = await entryProblem(extension, entry, bytes);
    if (problem) return problem;
  }
  return undefined;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const SYMLINK = 0o120000;

/** The directory at the end, read strictly: begins at byte 0, ends at the last byte, no overlap, no paths that lead out. */
function listEntries(bytes: Buffer): Entry[] | OfficeProblem {
  const end = findEnd(bytes);
  if (end === undefined || bytes.length < 52) return "broken";
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  // Several disks, or the 64-bit form that no paper of 20 MB needs.
  if (bytes.readUInt16LE(end + 4) !== 0 || count === 0xffff || at === 0xffffffff) return "content";
  if (count > OFFICE_LIMITS.entries) return "bomb";
  const entries: Entry[] = [];
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

function layoutProblem(bytes: Buffer, entries: readonly Entry[]): OfficeProblem | undefined {
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

function dataStart(bytes: Buffer, entry: Entry): number {
  return entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
}

function isStrangeName(name: string): boolean {
  return name === "" || /^[/\\]|^[A-Za-z]:|\\|(?:^|\/)\.\.(?:\/|$)|\p{Cc}/u.test(name);
}

/** Macros (VBA, Excel 4 sheets, ODF Basic and scripts) and ActiveX. */
function isActive(name: string): boolean {
  return /(?:^|\/)vba(?:Project|Data)[^/]*$|(?:^|\/)macrosheets\/|(?:^|\/)activeX\/|^Basic\/|^Scripts\//i.test(name);
}

function hasMainPart(extension: string, names: ReadonlySet<string>): boolean {
  if (extension === "docx") return names.has("[Content_Types].xml") && names.has("word/document.xml");
  if (extension === "xlsx") return names.has("[Content_Types].xml") && names.has("xl/workbook.xml");
  return names.has("mimetype") && names.has("content.xml");
}

function isBomb(entries: readonly Entry[]): boolean {
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  return (
    unpacked > OFFICE_LIMITS.totalBytes ||
    entries.some((entry) => entry.unpacked > OFFICE_LIMITS.entryBytes) ||
    (unpacked > 1_048_576 && unpacked > packed * OFFICE_LIMITS.ratio)
  );
}

/** Unpacks one entry to exactly what it declared, and reads XML parts for what would be fetched or declared. */
async function entryProblem(extension: string, entry: Entry, bytes: Buffer): Promise<OfficeProblem | undefined> {
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
  if (content.length !== entry.unpacked) return "broken";
  if (entry.name === "mimetype") return isMediaTypeOf(extension, content.toString("latin1")) ? undefined : "content";
  return /\.(?:xml|rels)$/i.test(entry.name) ? xmlProblem(entry.name, content) : undefined;
}

function isMediaTypeOf(extension: string, mediaType: string): boolean {
  const kind = extension === "odt" ? "text" : "spreadsheet";
  return mediaType.trim() === `application/vnd.oasis.opendocument.${kind}`;
}

function xmlProblem(name: string, content: Buffer): OfficeProblem | undefined {
  const text = content.toString("latin1");
  // No Office part declares a document type; entities are how one small file unfolds or reads others.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text.slice(0, 4_096))) return "active";
  if (name === "[Content_Types].xml" && /macroEnabled|vbaProject/i.test(text)) return "active";
  const external = /<Relationship\b[^>]*TargetMode\s*=\s*["']External["'][^>]*>/gi;
  if (!name.endsWith(".rels")) return undefined;
  // Links are fine; a template, frame or object from elsewhere is loaded when the paper is opened.
  const links = [...text.matchAll(external)].map(([relation]) => relation);
  return links.some((relation) => !/\/relationships\/(?:hyperlink|externalLinkPath)["']/i.test(relation))
    ? "active"
    : undefined;
}

/** Office files before 2007 (OLE): names of streams are UTF-16. Macros, or a package with a password. */
export function oldOfficeProblem(bytes: Buffer): OfficeProblem | undefined {
  const has = (name: string): boolean => bytes.includes(Buffer.from(name, "utf16le"));
  if (has("EncryptedPackage")) return "encrypted";
  return has("_VBA_PROJECT") || has("_VBA_PROJECT_CUR") ? "active" : undefined;
}
