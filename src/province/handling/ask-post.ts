/** The posted form of a supplement request: words, and samples of papers, those of an earlier try that was refused too. */
import type { FastifyRequest } from "fastify";
import { openJson, sealJson } from "#kit/crypto.ts";
import { formText, formValues, type FormValues } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { type ExampleFile, filingMessages, noteLooseFile, storeUpload } from "#province/dossiers/index.ts";
import { askControls } from "./ask-for-supplement.ts";
import type { HandlingDeps } from "./handling.ts";

type Samples = Readonly<Record<string, ExampleFile>>;

export interface AskPost {
  readonly form: FormValues;
  readonly files: Samples;
  readonly errors: readonly PageError[];
}

const KEPT = "supplement-samples";
const SAMPLES_MAX = 10;

/** Files are stored at once, and swept when no request names them. */
export async function readAskPost(deps: HandlingDeps, request: FastifyRequest, dossierId: string): Promise<AskPost> {
  if (!request.isMultipart()) return { form: formValues(request), files: {}, errors: [] };
  const words = filingMessages[request.lang].problems;
  const form: Record<string, string[]> = {};
  const files: Record<string, ExampleFile> = {};
  const errors: PageError[] = [];
  let last = "chung";
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        if (typeof part.value === "string") form[part.fieldname] = [...(form[part.fieldname] ?? []), part.value];
        continue;
      }
      const key = part.fieldname.replace(/^mau-/, "");
      if (!part.filename || !/^p-[A-Za-z0-9_-]{1,100}$/.test(key) || Object.keys(files).length >= SAMPLES_MAX) {
        part.file.resume();
        continue;
      }
      last = askControls.file(key);
      const stored = await storeUpload(deps.files, part.filename, part.file, {
        note: (sha256) => noteLooseFile(deps.database, deps.tenant.code, sha256),
      });
      if (!stored.ok) errors.push({ field: last, message: words[stored.problem](stored.name) });
      else files[key] = { sha256: stored.sha256, name: stored.name, size: stored.size, mediaType: stored.mediaType };
    }
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    if (code !== "FST_FILES_LIMIT" && code !== "FST_PARTS_LIMIT") throw error;
    errors.push({ field: last, message: words["too-many-at-once"]() });
  }
  const before = keptBefore(deps, formText(form, "giu"), dossierId);
  return { form, files: { ...before, ...files }, errors };
}

/** For the hidden field of a page that comes back: what was taken need not be sent again. */
export function sealSamples(deps: HandlingDeps, dossierId: string, files: Samples): string {
  return Object.keys(files).length === 0 ? "" : sealJson(deps.dataKey, KEPT, { dossierId, files });
}

function keptBefore(deps: HandlingDeps, sealed: string, dossierId: string): Samples {
  if (sealed === "") return {};
  const kept = openJson(deps.dataKey, KEPT, sealed) as { dossierId: string; files: Samples } | undefined;
  return kept?.dossierId === dossierId ? kept.files : {};
}
