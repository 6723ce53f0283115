/** "Nhập kết quả": the result's fields and its file. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { formatDate } from "#kit/calendar.ts";
import { openJson, sealJson } from "#kit/crypto.ts";
import { AppError } from "#kit/errors.ts";
import { checkFileType, cleanFileName } from "#kit/files.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { checkDate } from "#kit/vietnamese.ts";
import { type Dossier, recordResult } from "#province/dossiers/index.ts";
import { forOfficer, type Officer } from "#province/officers/index.ts";
import {
  checkResultFields,
  enterResult,
  findResult,
  RESULT_REFUSAL_FIELD,
  resultRefusalText,
} from "#province/results/index.ts";
import { inputOf } from "./act.ts";
import { dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
import { messages } from "./messages.ts";
import { resultPage, type TypedResult } from "./pages/result-page.ts";
import { knownFields, readResultFields, resultFieldsOf, typedFields } from "./result-fields.ts";
import { sayNext, showFormAgain } from "./show-dossier.ts";

const FILE_MAX = 20_000_000;
const KEPT = "desk-result-file";

interface KeptFile {
  readonly dossierId: string;
  readonly sha256: string;
  readonly size: number;
  readonly name: string;
}

type FileFault = "fileMissing" | "fileTooLarge" | "fileType" | "fileEmpty";

interface ResultPost {
  readonly values: Readonly<Record<string, string>>;
  readonly file: KeptFile | undefined;
  readonly fault: FileFault | undefined;
}

export function resultRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  site.get(
    "/ho-so/:id/ket-qua",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "record-result");
      const dossier = await dossierOf(deps, officer, request);
      const typed = await typedBefore(deps, dossier);
      return sendPage(
        reply,
        resultPage({ shell: deps.shell, lang: request.lang, viewer: officer, dossier, typed, errors: [] }),
      );
    }),
  );

  site.post(
    "/ho-so/:id/ket-qua",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "record-result");
      const dossier = await dossierOf(deps, officer, request);
      const { lang } = request;
      const post = await readPost(deps, dossier, request);
      const typed = typedOf(post.values, await resultFieldsOf(deps, dossier));
      const entered = await enter(deps, officer, dossier, post, typed, lang);
      if (!entered.ok) {
        const kept = post.file && !entered.errors.some((error) => error.field === "file") ? post.file : undefined;
        const sealed = kept ? { name: kept.name, sealed: sealJson(deps.dataKey, KEPT, kept) } : undefined;
        const page = { shell: deps.shell, lang, viewer: officer, dossier, typed, kept: sealed, errors: entered.errors };
        return sendPage(reply, resultPage(page), 422);
      }
      const { sha256, size, name } = entered.file;
      const input = inputOf(deps, officer, dossier, post.values);
      const done = await recordResult(deps.database, {
        ...input,
        resultId: entered.resultId,
        file: { sha256, size, name, mediaType: "application/pdf" },
      });
      if (!done.ok)
        return showFormAgain(deps, officer, request, reply, {
          dossier,
          reason: done.reason,
          seen: input.expectedVersion,
          action: "record-result",
          field: "number",
          kept: keptOf(typed, name, lang),
          form: (newest, problems, changed) =>
            resultPage({
              shell: deps.shell,
              lang,
              viewer: officer,
              dossier: newest,
              typed,
              kept: { name, sealed: sealJson(deps.dataKey, KEPT, entered.file) },
              errors: problems,
              changed,
            }),
        });
      sayNext(request, { tone: "success", text: messages[lang].done["record-result"] });
      return seeOther(reply, `/ho-so/${dossier.id}`);
    }),
  );
}

function keptOf(typed: TypedResult, file: string, lang: "vi" | "en") {
  const t = messages[lang].entering;
  return [
    { label: t.number, text: typed.number },
    { label: t.summary, text: typed.summary },
    { label: t.effectiveOn, text: typed.effectiveOn },
    { label: t.expiresOn, text: typed.expiresOn },
    ...typed.asked.map(({ code, name }) => ({ label: name[lang], text: typed.own[code] ?? "" })),
    { label: t.file, text: file },
  ];
}

async function enter(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
  post: ResultPost,
  typed: TypedResult,
  lang: "vi" | "en",
): Promise<{ ok: true; resultId: string; file: KeptFile } | { ok: false; errors: PageError[] }> {
  const { file, fault } = post;
  const fileErrors: PageError[] = file
    ? []
    : [{ field: "file", message: messages[lang].entering[fault ?? "fileMissing"] }];
  const fields = {
    number: typed.number,
    summary: typed.summary,
    effectiveOn: plainOf(typed.effectiveOn),
    expiresOn: typed.expiresOn === "" ? undefined : plainOf(typed.expiresOn),
  };
  const own = readResultFields(typed.asked, typed.own, lang);
  if (!file || own.errors.length > 0) {
    // The fields are checked all the same: everything that is wrong is said at once.
    return { ok: false, errors: [...errorsOf(checkResultFields(fields), lang), ...own.errors, ...fileErrors] };
  }
  const entered = await enterResult(deps.database.forTenant(deps.tenant.code), deps.files, {
    dossierId: dossier.id,
    fields: { ...fields, data: own.data },
    file: { sha256: file.sha256, name: file.name },
    enteredBy: `officer:${officer.id}`,
  });
  return entered.ok
    ? { ok: true, resultId: entered.result.id, file }
    : { ok: false, errors: errorsOf(entered.reasons, lang) };
}

function errorsOf(reasons: readonly Parameters<typeof resultRefusalText>[0][], lang: "vi" | "en"): PageError[] {
  return reasons.map((reason) => ({ field: RESULT_REFUSAL_FIELD[reason], message: resultRefusalText(reason, lang) }));
}

/** dd/mm/yyyy → YYYY-MM-DD; what is no date stays as typed, and the result room refuses it in words. */
function plainOf(text: string): string {
  const checked = checkDate(text);
  return checked.ok ? checked.value : text || "-";
}

async function typedBefore(deps: HandlingDeps, dossier: Dossier): Promise<TypedResult> {
  const known = dossier.resultId
    ? await findResult(deps.database.forTenant(deps.tenant.code), dossier.resultId)
    : undefined;
  const asked = await resultFieldsOf(deps, dossier);
  return {
    number: known?.number ?? "",
    summary: known?.summary ?? "",
    effectiveOn: known ? formatDate(known.effectiveOn) : "",
    expiresOn: known?.expiresOn ? formatDate(known.expiresOn) : "",
    asked,
    own: knownFields(asked, known?.data ?? {}),
  };
}

function typedOf(values: Readonly<Record<string, string>>, asked: TypedResult["asked"]): TypedResult {
  const text = (name: string) => (values[name] ?? "").normalize("NFC").trim();
  return {
    number: text("number"),
    summary: text("summary"),
    effectiveOn: text("effectiveOn"),
    expiresOn: text("expiresOn"),
    asked,
    own: typedFields(asked, values),
  };
}

/** Reads the multipart form: the file goes to the store at once, an earlier upload comes back by its sealed reference. */
async function readPost(deps: HandlingDeps, dossier: Dossier, request: FastifyRequest): Promise<ResultPost> {
  if (!request.isMultipart()) throw new AppError("unsupported", { message: "a multipart form is needed" });
  const values: Record<string, string> = {};
  let uploaded: KeptFile | undefined;
  let fault: FileFault | undefined;
  for await (const part of request.parts()) {
    if (part.type === "field") {
      if (typeof part.value === "string") values[part.fieldname] = part.value;
    } else if (part.fieldname !== "file" || !part.filename) {
      part.file.resume();
    } else {
      const stored = await storeUpload(deps, dossier, part.filename, part.file);
      if (typeof stored === "string") fault = stored;
      else uploaded = stored;
      part.file.resume();
    }
  }
  const before = values.kept ? (openJson(deps.dataKey, KEPT, values.kept) as KeptFile | undefined) : undefined;
  const kept = before?.dossierId === dossier.id ? before : undefined;
  return { values, file: uploaded ?? (fault ? undefined : kept), fault };
}

async function storeUpload(
  deps: HandlingDeps,
  dossier: Dossier,
  filename: string,
  stream: NodeJS.ReadableStream,
): Promise<KeptFile | FileFault> {
  const name = cleanFileName(filename);
  try {
    const stored = await deps.files.put(stream as unknown as Parameters<typeof deps.files.put>[0], {
      maxBytes: FILE_MAX,
    });
    const type = await checkFileType(name, stored.head);
    if (!type.ok || type.mediaType !== "application/pdf") return "fileType";
    return { dossierId: dossier.id, sha256: stored.sha256, size: stored.size, name };
  } catch (error) {
    if (error instanceof AppError && error.reason === "file-too-large") return "fileTooLarge";
    if (error instanceof AppError && error.reason === "file-empty") return "fileEmpty";
    throw error;
  }
}
