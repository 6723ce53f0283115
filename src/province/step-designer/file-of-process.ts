/** A drawing that comes as a file, and which files are none. */
import type { FastifyRequest } from "fastify";
import { BPMN_MAX_BYTES, type ProblemCode, type ProcessProblem, readProcess } from "#province/steps/index.ts";

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
  for await (const part of request.parts({ limits: { fileSize: BPMN_MAX_BYTES, files: 1, fields: 20 } })) {
    if (part.type === "field") {
      if (typeof part.value === "string") fields[part.fieldname] = part.value.normalize("NFC").trim();
      continue;
    }
    try {
      const bytes = await part.toBuffer();
      if (part.fieldname === "tep" && bytes.length > 0) file = bytes;
    } catch {
      file = "too-large";
    }
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
  const name = /<(?:\w+:)?process\b[^>]*\sname="([^"]*)"/.exec(xml)?.[1] ?? "";
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
