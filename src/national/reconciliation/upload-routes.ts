import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isPlainDate, type PlainDate } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import { formatInteger } from "#kit/money.ts";
import type { PageError } from "#kit/ui/index.ts";
import { forOperator, type Operator, operatorPage, operatorPaths } from "#national/operators/index.ts";
import type { PaymentHub } from "#national/payments/index.ts";
import type { FileProblem } from "./line-scanner.ts";
import { messages } from "./messages.ts";
import { uploadPage } from "./pages/upload-page.ts";
import type { CellName } from "./provider-layouts.ts";
import { compareUpload, type ReceivedFile, receiveFile, type Uploaded, UPLOAD_MAX } from "./take-upload.ts";

interface Sent {
  readonly provider: string;
  readonly day: string;
  readonly file: ReceivedFile | "too-large" | undefined;
}

/** An operator brings a settlement file: `done` says on the work list how it went. */
export function uploadRoutes(
  site: FastifyInstance,
  hub: PaymentHub,
  done: (request: FastifyRequest, text: string) => void,
): void {
  const path = `${operatorPaths.reconciliation}/tep`;
  const providers = hub.providers.all.map(({ id, name }) => ({ id, name }));
  const show = (
    operator: Operator,
    request: FastifyRequest,
    reply: FastifyReply,
    sent?: { provider: string; day: string; errors: readonly PageError[]; lines: readonly FileProblem[] },
  ): FastifyReply => {
    const { lang } = request;
    const body = uploadPage({ lang, providers, ...(sent ?? { provider: "", day: "", errors: [], lines: [] }) });
    const title = messages[lang].upload.title;
    const failed = sent !== undefined;
    const frame = {
      lang,
      title,
      body,
      operator,
      current: "reconciliation",
      failed,
      ...(failed ? {} : { path }),
    } as const;
    return sendPage(reply, operatorPage(frame), failed ? 422 : 200);
  };

  site.get(
    path,
    forOperator(hub.database, async (operator, request, reply) => show(operator, request, reply)),
  );

  site.post(
    path,
    forOperator(hub.database, async (operator, request, reply) => {
      const t = messages[request.lang].upload;
      const { provider, day: typed, file } = await readSent(request);
      try {
        const day = typed === "" ? undefined : readDay(typed);
        const errors: PageError[] = [];
        if (!providers.some(({ id }) => id === provider))
          errors.push({ field: "provider", message: t.errors.provider });
        if (typed !== "" && !day) errors.push({ field: "day", message: t.errors.day });
        if (!file || file === "too-large")
          errors.push({ field: "file", message: file ? t.errors.size : t.errors.file });
        if (errors.length > 0 || !file || file === "too-large")
          return show(operator, request, reply, { provider, day: typed, errors, lines: [] });
        const result = await compareUpload(hub.database, file, { provider, ...(day ? { day } : {}) });
        if (result.ok) {
          const { rows, differences } = result.reconciled;
          done(request, t.done(formatInteger(rows), formatInteger(differences.length)));
          return seeOther(reply, operatorPaths.reconciliation);
        }
        const message = messageOf(request.lang, result);
        return show(operator, request, reply, {
          provider,
          day: typed,
          errors: [{ field: "file", message }],
          lines: result.lines,
        });
      } finally {
        if (file && file !== "too-large") await file.remove();
      }
    }),
  );
}

function messageOf(lang: "vi" | "en", result: Extract<Uploaded, { ok: false }>): string {
  const t = messages[lang].upload;
  if (result.why === "lines") return t.errors.lines(result.lines.length);
  if (result.why === "columns")
    return t.errors.columns(result.missing.map((name) => t.columns[name as CellName] ?? name).join(", "));
  return t.errors.reasons[result.reason] ?? t.errors.other;
}

/** Fields and one file of the form; the file goes to the disk while it comes. */
async function readSent(request: FastifyRequest): Promise<Sent> {
  if (!request.isMultipart()) throw new AppError("unsupported", { message: "a file comes as multipart/form-data" });
  const fields: Record<string, string> = {};
  let file: ReceivedFile | "too-large" | undefined;
  for await (const part of request.parts({ limits: { files: 1, fileSize: UPLOAD_MAX } })) {
    if (part.type === "field") {
      if (typeof part.value === "string") fields[part.fieldname] = part.value.trim().slice(0, 100);
    } else if (part.fieldname !== "file" || !part.filename || file) part.file.resume();
    else {
      try {
        file = await receiveFile(part.filename, part.file);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "too-large") throw error;
        file = "too-large";
      }
    }
  }
  return { provider: fields["provider"] ?? "", day: fields["day"] ?? "", file };
}

/** `22/07/2020` or `2020-07-22`. */
function readDay(text: string): PlainDate | undefined {
  const local = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const day = local ? `${local[3]}-${local[2]?.padStart(2, "0")}-${local[1]?.padStart(2, "0")}` : text;
  return isPlainDate(day) ? day : undefined;
}
