/** A batch: its rows and what is wrong with them, its papers, filing it, paying for it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { type Applicant, filingMessages } from "#province/dossiers/index.ts";
import { openGroupPayment } from "#province/fees/index.ts";
import { type Batch, type BatchRow, ROWS_MAX } from "./batch.ts";
import { findOffer, offerOf, scaleOfBatch } from "./batch-scale.ts";
import { countRows, listBatchDues, listBatchFiles, listRows } from "./batch-view.ts";
import { type BulkDeps, ownBatch } from "./bulk-deps.ts";
import { readPost, readSheetPost, SHEET } from "./bulk-post.ts";
import { judgeAgain, type PaperFault, type PapersTaken, takeArchive, takePaper } from "./correct-batch.ts";
import { startFiling } from "./file-row.ts";
import { discardBatch } from "./discard-batch.ts";
import { messages } from "./messages.ts";
import { replaceSheet } from "./open-batch.ts";
import { bulkBatchPage, PAPERS } from "./pages/batch-page.ts";
import { paperFault } from "./paper-fault.ts";
import { bulkPaths } from "./paths.ts";
import { sendSheet, sheetFault } from "./sheet-answer.ts";
import { errorSheet } from "./sheet-template.ts";

type ById = { Params: { id: string }; Querystring: { xem?: string; sau?: string } };
type Request = FastifyRequest<ById>;

const CAPTCHA_PURPOSE = "bulk-filing";
const ROWS_A_PAGE = 50;
const SAID = "bulk.said";

export function batchRoutes(site: FastifyInstance, deps: BulkDeps): void {
  const own =
    (work: (batch: Batch, request: Request, reply: FastifyReply, person: Applicant) => Promise<unknown>) =>
    async (request: Request, reply: FastifyReply): Promise<unknown> => {
      const person = deps.person(request);
      const back = request.method === "GET" ? request.url : bulkPaths.batch(request.params.id);
      if (!person) return seeOther(reply, deps.signInPath(back));
      return work(await ownBatch(deps, person, request.params.id), request, reply, person);
    };
  site.get<ById>(
    "/nop-nhieu/lo/:id",
    own((batch, request, reply) => show(deps, request, reply, batch, [])),
  );
  site.get<ById>(
    "/nop-nhieu/lo/:id/trang-thai",
    own(async (batch) => ({ state: stateOf(await countRows(deps.database, deps.tenant.code, batch.id)) })),
  );
  site.post<ById>(
    "/nop-nhieu/lo/:id/bang",
    own((batch, request, reply) => takeSheetAgain(deps, request, reply, batch)),
  );
  site.post<ById>(
    "/nop-nhieu/lo/:id/giay-to",
    own((batch, request, reply) => takePapers(deps, request, reply, batch)),
  );
  site.post<ById>(
    "/nop-nhieu/lo/:id/nop",
    own((batch, request, reply) => file(deps, request, reply, batch)),
  );
  site.post<ById>(
    "/nop-nhieu/lo/:id/thanh-toan",
    own((batch, request, reply) => pay(deps, request, reply, batch)),
  );
  site.post<ById>(
    "/nop-nhieu/lo/:id/xoa",
    own(async (batch, request, reply, person) => {
      const key = { tenant: deps.tenant.code, applicantSub: person.sub, id: batch.id };
      const done = await discardBatch(deps.database, key);
      if (done) return seeOther(reply, bulkPaths.start(batch.procedureCode));
      return show(deps, request, reply, batch, [{ field: "main", message: messages[request.lang].discardWait }]);
    }),
  );
  for (const kind of ["xlsx", "csv"] as const) {
    site.get<ById>(
      `/nop-nhieu/lo/:id/loi.${kind}`,
      own(async (batch, request, reply) => {
        const { procedure } = await offerOf(deps, batch.procedureCode);
        const { columns } = await scaleOfBatch(deps, procedure, batch);
        const rows = await openRows(deps, batch, ROWS_MAX);
        const name = batch.sheetName.replace(/\.[A-Za-z]{1,5}$/, "");
        const sheet = errorSheet(columns, { columns: batch.columns, rows }, request.lang, kind);
        return sendSheet(reply, `${name} - ${messages[request.lang].sheetFile.errors}.${kind}`, sheet, kind);
      }),
    );
  }
}

function openRows(deps: BulkDeps, batch: Batch, limit: number): Promise<readonly BatchRow[]> {
  const key = { tenant: deps.tenant.code, id: batch.id };
  return listRows(deps.database, key, { states: ["faulty", "ready"], after: 0, limit });
}

function stateOf({ filing, filed, faulty }: { filing: number; filed: number; faulty: number }): string {
  return `${filing}-${filed}-${faulty}`;
}

async function takeSheetAgain(deps: BulkDeps, request: Request, reply: FastifyReply, batch: Batch) {
  const { procedure } = await offerOf(deps, batch.procedureCode);
  const { sheet } = await readSheetPost(request);
  const t = messages[request.lang];
  if (!sheet || sheet === "too-large") {
    const message = sheet ? t.faults["too-large"] : t.sheetMissing;
    return show(deps, request, reply, batch, [{ field: SHEET, message }]);
  }
  const taken = await replaceSheet(deps, procedure, batch, sheet);
  if (!taken.ok) return show(deps, request, reply, batch, [{ field: SHEET, message: sheetFault(taken, request.lang) }]);
  return seeOther(reply, bulkPaths.batch(batch.id));
}

const FAULTS_SHOWN = 10;

async function takePapers(deps: BulkDeps, request: Request, reply: FastifyReply, batch: Batch) {
  const t = messages[request.lang];
  const taken: { names: string[]; faults: PaperFault[] } = { names: [], faults: [] };
  const keep = ({ names, faults }: PapersTaken): void => {
    taken.names.push(...names);
    taken.faults.push(...faults);
  };
  let overLimit = false;
  try {
    await readPost(request, async ({ field, name, content, whole }) => {
      if (field !== PAPERS) content.resume();
      else if (!/\.zip$/i.test(name)) keep(await takePaper(deps, batch, { name, content }));
      else {
        const bytes = await whole();
        if (bytes) keep(await takeArchive(deps, batch, { name, bytes }));
        else taken.faults.push({ name, problem: "too-large" });
      }
    });
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    if (code !== "FST_FILES_LIMIT" && code !== "FST_PARTS_LIMIT") throw error;
    overLimit = true;
  }
  const offer = await findOffer(deps, batch.procedureCode);
  if (offer && taken.names.length > 0) await judgeAgain(deps, offer.procedure, batch);
  const messagesOf = taken.faults.slice(0, FAULTS_SHOWN).map((fault) => paperFault(fault, request.lang));
  if (taken.faults.length > FAULTS_SHOWN) messagesOf.push(t.moreFaults(taken.faults.length - FAULTS_SHOWN));
  if (overLimit) messagesOf.push(filingMessages[request.lang].problems["too-many-at-once"]());
  if (taken.names.length + messagesOf.length === 0) messagesOf.push(t.papersMissing);
  if (messagesOf.length > 0) {
    const errors = messagesOf.map((message) => ({ field: PAPERS, message }));
    return show(deps, request, reply, batch, errors);
  }
  request.session.set(SAID, t.papersTaken(taken.names.length));
  return seeOther(reply, bulkPaths.batch(batch.id));
}

async function file(deps: BulkDeps, request: Request, reply: FastifyReply, batch: Batch) {
  const values = formValues(request);
  const t = messages[request.lang];
  const before = await countRows(deps.database, deps.tenant.code, batch.id);
  // A second press finds the rows on their way already; its security code was spent by the first.
  if (before.ready === 0 && before.filing > 0) return seeOther(reply, bulkPaths.batch(batch.id));
  if (deps.tenant.askSecurityCode) {
    const [token, answer] = [formText(values, "captchaToken"), formText(values, "captcha")];
    const judged = await deps.captcha.judge(CAPTCHA_PURPOSE, token, answer);
    if (judged !== "right") {
      const message = judged === "missing" ? t.captchaMissing : t.captchaWrong;
      return show(deps, request, reply, batch, [{ field: "captcha", message }]);
    }
  }
  const started = await startFiling(deps, batch);
  const { filing } = await countRows(deps.database, deps.tenant.code, batch.id);
  if (started + filing === 0) return show(deps, request, reply, batch, [{ field: "main", message: t.nothingReady }]);
  return seeOther(reply, bulkPaths.batch(batch.id));
}

async function pay(deps: BulkDeps, request: Request, reply: FastifyReply, batch: Batch) {
  const t = messages[request.lang];
  const dues = await listBatchDues(deps.database, { tenant: deps.tenant.code, id: batch.id });
  const asked = formText(formValues(request), "yeu-cau");
  const requestId = isId(asked) ? asked : newSecretId();
  const obligations = dues.map(({ obligationId }) => obligationId);
  const opened = await openGroupPayment(deps.fees, { obligations, requestId, payerIp: request.ip });
  if (opened.kind === "redirect") return seeOther(reply, opened.payUrl);
  const message = opened.kind === "hub-silent" ? t.payWait : opened.kind === "refused" ? t.payRefused : t.payNothing;
  return show(deps, request, reply, batch, [{ field: "main", message }]);
}

async function show(
  deps: BulkDeps,
  request: Request,
  reply: FastifyReply,
  batch: Batch,
  errors: readonly PageError[],
): Promise<FastifyReply> {
  const { lang } = request;
  const key = { tenant: deps.tenant.code, id: batch.id };
  const counts = await countRows(deps.database, key.tenant, key.id);
  const offer = await findOffer(deps, batch.procedureCode);
  const asked = request.query.xem;
  // What is to be done comes first, unless everything is asked for.
  const only = asked === "loi" || (asked !== "tat-ca" && counts.faulty > 0) ? "loi" : "tat-ca";
  const after = /^\d{1,6}$/.test(request.query.sau ?? "") ? Number(request.query.sau) : 0;
  const states = only === "loi" ? (["faulty"] as const) : (["faulty", "ready", "filing", "filed"] as const);
  const rows = await listRows(deps.database, key, { states, after, limit: ROWS_A_PAGE + 1 });
  const scale = offer && (await scaleOfBatch(deps, offer.procedure, batch));
  const last = rows.length > ROWS_A_PAGE ? rows[ROWS_A_PAGE - 1] : undefined;
  const said = request.session.get<string>(SAID);
  if (said) request.session.delete(SAID);
  const failed = errors.length > 0;
  const body = bulkBatchPage({
    lang,
    batch,
    counts,
    only,
    rows: rows.slice(0, ROWS_A_PAGE),
    next: last ? bulkPaths.rows(batch.id, only, last.seq) : undefined,
    columns: scale?.columns ?? new Map(),
    papers: (scale?.papers ?? (await listBatchFiles(deps.database, key))).size,
    dues: await listBatchDues(deps.database, key),
    requestId: newSecretId(),
    payLabel: deps.tenant.labels.pay[lang],
    captcha: deps.tenant.askSecurityCode && counts.ready > 0 ? deps.captcha.issue(CAPTCHA_PURPOSE) : undefined,
    watched: stateOf(counts),
    open: offer !== undefined,
    said,
    errors,
  });
  const title = `${messages[lang].title}: ${batch.sheetName}`;
  const page = deps.page(request, {
    title,
    body,
    failed,
    width: "wide",
    ...(counts.filing > 0 ? { refreshSeconds: 5 } : {}),
  });
  return sendPage(reply, page, failed ? 422 : 200);
}
