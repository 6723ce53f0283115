import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { NodeCompiler, type NodeError } from "@myriaddreamin/typst-ts-node-compiler";
import { localTime } from "../calendar.ts";
import { AppError } from "../errors.ts";
import { documentFont, FONT_FACES } from "./fonts.ts";
import { printable } from "./printable.ts";

/** What this release of Typst (0.13) can promise: plain PDF 1.7, archive PDF/A-2b, archive with attachments PDF/A-3b. */
export type PdfStandard = "1.7" | "a-2b" | "a-3b";

/** A file carried inside the document (ISO 19005-3 §6.8: name, type, description and relation are mandatory). */
export interface PdfAttachment {
  /** `[a-z0-9][a-z0-9._-]*`, at most 80 characters; it becomes the file's name in the reader */
  readonly name: string;
  readonly mimeType: string;
  readonly description: string;
  /** `source`: the document was made from it; `data`: it holds the figures shown; `supplement`: it adds to it */
  readonly relationship: "source" | "data" | "alternative" | "supplement";
  readonly content: Uint8Array;
}

export interface PdfRequest {
  /** The `.typ` file, `new URL("./x.typ", import.meta.url)`; it reads `json("/data.json")` and may import `"/layout.typ"` */
  readonly template: URL;
  /**
   * Anything JSON can carry. Strings arrive as text: markup in them is printed, never run; letters that the font lacks
   * become a box.
   */
  readonly data: unknown;
  /** Title in the file's metadata and in the reader's window */
  readonly title: string;
  /** The issuing agency in the file's metadata */
  readonly author: string;
  /** The document's own date. The same request with the same date gives the same bytes. */
  readonly date: Date;
  readonly language?: "vi" | "en";
  readonly standard?: PdfStandard;
  readonly attachments?: readonly PdfAttachment[];
  /** Pictures the template names, for example `{ "/qr.svg": … }` */
  readonly images?: Readonly<Record<string, Uint8Array>>;
}

// A folder that does not exist: everything a document may read is mapped into memory below it, so that neither a
// template nor data in it can reach a file of the machine.
const ROOT = "/motcua-documents";
const ATTACHMENT_NAME = /^[a-z0-9][a-z0-9._-]{0,79}$/;
// Typst names an attached file by its path, so attachments lie beside our own files and must not be taken for them.
const OWN_NAMES = new Set(["main.typ", "layout.typ", "template.typ", "data.json", "frame.json"]);
const MAIN = readFileSync(new URL("./main.typ", import.meta.url));
const LAYOUT = readFileSync(new URL("./layout.typ", import.meta.url));

let compiler: NodeCompiler | undefined;
const templates = new Map<string, Buffer>();

/**
 * Renders one document with Typst and returns the PDF. Synchronous, about 13 ms a page: batches belong in a worker.
 * Throws AppError `internal`, reason `document-template`, with Typst's own diagnostics when the template is wrong for
 * the data, and reason `document-attachment` for an attachment that PDF/A does not allow.
 */
export function renderPdf(request: PdfRequest): Uint8Array {
  const attachments = request.attachments ?? [];
  const standard = request.standard ?? (attachments.length > 0 ? "a-3b" : "a-2b");
  checkAttachments(attachments, standard);
  compiler ??= createCompiler();
  const typst = compiler;
  const paths: string[] = [];
  const map = (path: string, content: Uint8Array) => {
    typst.mapShadow(ROOT + path, Buffer.from(content.buffer, content.byteOffset, content.byteLength));
    paths.push(ROOT + path);
  };
  try {
    map("/main.typ", MAIN);
    map("/layout.typ", LAYOUT);
    map("/template.typ", readTemplate(request.template));
    map("/data.json", Buffer.from(JSON.stringify(request.data, printed), "utf8"));
    map("/frame.json", Buffer.from(JSON.stringify(frameOf(request), printed), "utf8"));
    for (const [path, content] of Object.entries(request.images ?? {})) map(path, content);
    for (const file of attachments) map(`/${file.name}`, file.content);
    return compile(typst, standard, request);
  } finally {
    for (const path of paths) typst.unmapShadow(path);
    // Memoised layout of documents that are gone would grow without end in a process that lives for months.
    typst.evictCache(10);
  }
}

/** For JSON.stringify: people's words as the font can draw them. */
function printed(_key: string, value: unknown): unknown {
  return typeof value === "string" ? printable(value) : value;
}

function createCompiler(): NodeCompiler {
  return NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs: FONT_FACES.map(documentFont) }] });
}

function readTemplate(template: URL): Buffer {
  let text = templates.get(template.href);
  if (!text) {
    text = readFileSync(fileURLToPath(template));
    templates.set(template.href, text);
  }
  return text;
}

function frameOf(request: PdfRequest): unknown {
  return {
    title: request.title,
    author: request.author,
    date: localTime(request.date),
    language: request.language ?? "vi",
    attachments: (request.attachments ?? []).map(({ content: _content, ...described }) => described),
  };
}

function compile(typst: NodeCompiler, standard: PdfStandard, request: PdfRequest): Uint8Array {
  const compiled = typst.compile({ mainFilePath: `${ROOT}/main.typ`, resetRead: true });
  const document = compiled.result;
  if (!document) throw templateError(typst, compiled.takeError(), request);
  try {
    const creationTimestamp = Math.floor(request.date.getTime() / 1000);
    return typst.pdf(document, { pdfStandard: standard, creationTimestamp });
  } catch (cause) {
    throw new AppError("internal", {
      reason: "document-template",
      message: `Typst cannot export ${nameOf(request.template)} as PDF ${standard}: ${String(cause)}`,
      cause,
    });
  }
}

interface Diagnostic {
  readonly message?: string;
  readonly path?: string;
  readonly range?: { readonly start?: { readonly line?: number; readonly character?: number } } | null;
}

function templateError(typst: NodeCompiler, error: NodeError | null, request: PdfRequest): AppError {
  // The thrown Error of the compiler has an empty message; its diagnostics say what and where.
  const diagnostics: readonly Diagnostic[] = error ? typst.fetchDiagnostics(error) : [];
  const lines = diagnostics.slice(0, 5).map((item) => {
    const start = item.range?.start;
    const place = start?.line === undefined ? "" : `:${start.line + 1}:${(start.character ?? 0) + 1}`;
    return `${(item.path ?? "").replace(ROOT, "") || "document"}${place} ${item.message ?? ""}`;
  });
  return new AppError("internal", {
    reason: "document-template",
    message: `Typst cannot render ${nameOf(request.template)}: ${lines.join("; ") || "no diagnostics"}`,
    details: { diagnostics: lines },
  });
}

function nameOf(template: URL): string {
  return template.pathname.split("/").at(-1) ?? template.pathname;
}

function checkAttachments(attachments: readonly PdfAttachment[], standard: PdfStandard): void {
  const names = new Set<string>();
  for (const file of attachments) {
    const wrong =
      !ATTACHMENT_NAME.test(file.name) || names.has(file.name) || OWN_NAMES.has(file.name)
        ? `name "${file.name}" is not allowed or stands twice`
        : standard === "a-2b"
          ? "PDF/A-2 carries no files; use a-3b"
          : undefined;
    if (wrong) throw new AppError("internal", { reason: "document-attachment", message: wrong });
    names.add(file.name);
  }
}
