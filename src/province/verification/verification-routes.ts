import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Html } from "#kit/html.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import { messages } from "./messages.ts";
import { reportPage, unknownCodePage } from "./pages/report-page.ts";
import { CODE_FIELD, FILE_FIELD, startPage } from "./pages/start-page.ts";
import { readCode, verificationPath, verificationPaths } from "./paths.ts";
import { isPdf, isXml, type VerificationDependencies, verifyByCode, verifyFile } from "./verify-document.ts";

/** The site's own page frame around a body: header, navigation, footer. */
export type VerificationFrame = (
  request: FastifyRequest,
  page: { readonly title: string; readonly body: Html; readonly path?: string; readonly failed?: boolean },
) => Html;

export interface VerificationRouteDependencies extends VerificationDependencies {
  readonly frame: VerificationFrame;
  /** Demo certificates are in use */
  readonly demo: boolean;
  readonly clock?: Clock;
}

const FILE_BYTES_MAX = 20_000_000;

/** `/xac-minh`, `/xac-minh/:code` and the file check `POST /xac-minh/tep`: public, nothing is stored. */
export function verificationRoutes(site: FastifyInstance, deps: VerificationRouteDependencies): void {
  const clock = deps.clock ?? systemClock;
  const start = (
    request: FastifyRequest,
    reply: FastifyReply,
    typed: string,
    error?: { field: string; message: string },
  ) => {
    const t = messages[request.lang];
    const body = startPage({ lang: request.lang, typed, errors: error ? [error] : [] });
    const page = deps.frame(request, {
      title: t.title,
      body,
      path: verificationPaths.start,
      failed: error !== undefined,
    });
    return sendPage(reply, page, error ? 422 : 200);
  };

  site.get<{ Querystring: Record<string, unknown> }>(verificationPaths.start, async (request, reply) => {
    const asked = request.query[CODE_FIELD];
    const typed = typeof asked === "string" ? asked.slice(0, 100) : undefined;
    if (typed === undefined) return start(request, reply, "");
    const code = readCode(typed);
    if (code) return seeOther(reply, verificationPath(code));
    const t = messages[request.lang];
    return start(request, reply, typed, {
      field: CODE_FIELD,
      message: typed.trim() === "" ? t.codeEmpty : t.codeWrong,
    });
  });

  site.get<{ Params: { code: string } }>(verificationPaths.pattern, async (request, reply) => {
    const t = messages[request.lang];
    const code = readCode(request.params.code);
    if (!code)
      return start(request, reply, request.params.code.slice(0, 40), { field: CODE_FIELD, message: t.codeWrong });
    const report = await verifyByCode(deps, code);
    const today = plainDateOf(clock.now());
    const body = report
      ? reportPage({ lang: request.lang, report, by: "code", today, demo: deps.demo })
      : unknownCodePage(request.lang, code);
    const page = deps.frame(request, { title: report ? t.title : t.codeUnknown, body, path: verificationPath(code) });
    // The code is in the address: other sites must not learn it from a link that is followed from here.
    return sendPage(reply.header("referrer-policy", "no-referrer"), page, report ? 200 : 404);
  });

  site.post(verificationPaths.file, async (request, reply) => {
    const t = messages[request.lang];
    const fail = (message: string) => start(request, reply, "", { field: FILE_FIELD, message });
    const upload = await readUpload(request);
    if (upload === "too-large") return fail(t.fileTooLarge);
    if (!upload || upload.length === 0) return fail(t.fileEmpty);
    if (!isPdf(upload) && !isXml(upload)) return fail(t.fileOfOtherKind);
    const report = await verifyFile(deps, upload);
    const today = plainDateOf(clock.now());
    // Answered at once and not by a redirect: the file is not kept, so there is nothing a second request could show.
    return sendPage(
      reply,
      deps.frame(request, {
        title: t.title,
        body: reportPage({ lang: request.lang, report, by: "file", today, demo: deps.demo }),
      }),
    );
  });
}

async function readUpload(request: FastifyRequest): Promise<Buffer | "too-large" | undefined> {
  if (!request.isMultipart()) return undefined;
  const part = await request.file({ limits: { files: 1, fileSize: FILE_BYTES_MAX }, throwFileSizeLimit: false });
  if (!part) return undefined;
  const bytes = await part.toBuffer();
  return part.file.truncated ? "too-large" : bytes;
}
