/**
 * Reads a BPMN 2.0 file into a model that can run, or says what is wrong and where. Reads the documented subset only
 * (docs/internal-procedures.md): whatever is drawn and not understood is refused, never skipped.
 */
import { BpmnModdle, type ModdleElement } from "bpmn-moddle";
import { processExtension } from "#protocols/internal-process/index.ts";
import { checkProcess } from "./check-process.ts";
import { type Drawing, readDrawing } from "./read-drawing.ts";
import type { ProblemCode, ProcessProblem, ProcessReading } from "./process.ts";

/** A drawing of 200 elements with its picture is about 150 KB. */
export const BPMN_MAX_BYTES = 1_000_000;

/** `known.units`: ids and identifiers of the province's agencies; without it any unit is taken as known. */
export async function readProcess(
  xml: string,
  known: { readonly units?: ReadonlySet<string> } = {},
): Promise<ProcessReading> {
  if (Buffer.byteLength(xml) > BPMN_MAX_BYTES) return whole("too-large");
  // Entities could make a small file a huge one or read another; a drawing has no use for them.
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return whole("forbidden-xml");
  if (!/^\s*(\uFEFF)?<[?!a-zA-Z]/.test(xml)) return whole("not-xml");
  const definitions = await parse(xml);
  if (typeof definitions === "string") return whole(definitions);
  const drawing = readDrawing(definitions, known.units);
  if (!drawing.model || drawing.problems.length > 0) return refused(drawing);
  const problems = checkProcess(drawing.model);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, process: drawing.model };
}

function refused({ problems }: Drawing): ProcessReading {
  return { ok: false, problems: [...problems] };
}

async function parse(xml: string): Promise<ModdleElement | ProblemCode> {
  const moddle = new BpmnModdle({ motcua: processExtension });
  try {
    const { rootElement } = await moddle.fromXML(xml);
    return rootElement.$type === "bpmn:Definitions" ? rootElement : "not-bpmn";
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return /failed to parse document as <bpmn:Definitions>|unknown|namespace/i.test(message) ? "not-bpmn" : "not-xml";
  }
}

function whole(code: ProblemCode): ProcessReading {
  const problem: ProcessProblem = { elementId: "", elementName: "", code };
  return { ok: false, problems: [problem] };
}
