/** A drawing that comes as a file, and which files are none. */
import type { FastifyRequest } from "fastify";
import { BPMN_MAX_BYTES, type ProblemCode, type ProcessProblem, readProcess } from "#province/steps/index.ts";

/** Of the routes that take files: so much is read and thrown away to say why a file is too large, on the page it came from. */
export const FILE_FORM_MOST = 25_000_000;

export type TakenFile =
  | { readonly ok: true; readonly xml: string; readonly name: string }
  | { readonly ok: false; readonly problems: readonly ProcessProblem[] };

/** Such a file is refused as a whole: there is nothing in it that could be kept and corrected by drawing. */
const NO_DRAWING: ReadonlySet<ProblemCode> = new Set([
  "not-xml",
  "not-bpmn",
  "too-large",
  "forbidden-xml",
  "no-process",
]);

/**
 * The form's file `tep` and its other fields. Read up to a little more than a drawing may have: what is larger is refused
 * without being held in memory.
 */
export async function readDrawingForm(
  request: FastifyRequest,
): Promise<{ readonly fields: Readonly<Record<string, string>>; readonly file: Buffer | "too-large" | undefined }> {
  const fields: Record<string, string> = {};
  let file: Buffer | "too-large" | undefined;
  if (!request.isMultipart()) return { fields, file };
  const how = { limits: { fileSize: BPMN_MAX_BYTES, files: 1, fields: 20 }, throwFileSizeLimit: false };
  for await (const part of request.parts(how)) {
    if (part.type === "field") {
      if (typeof part.value === "string") fields[part.fieldname] = part.value.normalize("NFC").trim();
      continue;
    }
    const pieces: Buffer[] = [];
    for await (const piece of part.file) pieces.push(piece as Buffer);
    const bytes = Buffer.concat(pieces);
    if (part.fieldname !== "tep" || bytes.length === 0) continue;
    file = part.file.truncated ? "too-large" : bytes;
  }
  return { fields, file };
}

/** The drawing of a file as text; problems when it is none at all. What can be drawn on is taken, problems and all. */
export async function takeDrawing(file: Buffer | "too-large", units: ReadonlySet<string>): Promise<TakenFile> {
  if (file === "too-large") return { ok: false, problems: [whole("too-large")] };
  let xml: string;
  try {
    xml = new TextDecoder("utf-8", { fatal: true }).decode(file).normalize("NFC");
  } catch {
    return { ok: false, problems: [whole("not-xml")] };
  }
  return takeXml(xml, units);
}

export async function takeXml(xml: string, units: ReadonlySet<string>): Promise<TakenFile> {
  if (xml.includes("\0")) return { ok: false, problems: [whole("not-xml")] };
  const read = await readProcess(xml, { units });
  if (read.ok) return { ok: true, xml, name: read.process.name };
  const fatal = read.problems.filter(({ code }) => NO_DRAWING.has(code));
  if (fatal.length > 0) return { ok: false, problems: fatal };
  return { ok: true, xml, name: nameInside(xml) };
}

/** Of a drawing that cannot run yet. */
function nameInside(xml: string): string {
  // Bounded: a comment full of beginnings would be read again from each of them.
  const name = /<(?:\w{1,40}:)?process\b[^>]{0,500}\sname="([^"]{0,400})"/.exec(xml)?.[1] ?? "";
  return name
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#10;", " ")
    .replaceAll("&amp;", "&")
    .trim();
}

function whole(code: ProblemCode): ProcessProblem {
  return { elementId: "", elementName: "", code };
}
