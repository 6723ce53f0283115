/**
 * Office papers (docx, xlsx, odt, ods) looked at as the zip containers they are, before anybody opens them: few entries,
 * honest sizes, no macros, nothing fetched from elsewhere. Only this container is opened; what is packed inside an entry
 * stays packed. Sources: ECMA-376 part 2; ODF 1.3 part 2.
 */
import { isBomb, listEntries, unpackEntry, type ZipEntry, type ZipProblem } from "./zip-file.ts";

export type OfficeProblem = ZipProblem | "active";

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

/** Macros (VBA, Excel 4 sheets, ODF Basic and scripts) and ActiveX. */
function isActive(name: string): boolean {
  return /(?:^|\/)vba(?:Project|Data)[^/]*$|(?:^|\/)macrosheets\/|(?:^|\/)activeX\/|^Basic\/|^Scripts\//i.test(name);
}

function hasMainPart(extension: string, names: ReadonlySet<string>): boolean {
  if (extension === "docx") return names.has("[Content_Types].xml") && names.has("word/document.xml");
  if (extension === "xlsx") return names.has("[Content_Types].xml") && names.has("xl/workbook.xml");
  return names.has("mimetype") && names.has("content.xml");
}

/** Reads XML parts for what would be fetched or declared. */
async function entryProblem(extension: string, entry: ZipEntry, bytes: Buffer): Promise<OfficeProblem | undefined> {
  const content = await unpackEntry(bytes, entry);
  if (typeof content === "string") return content;
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
