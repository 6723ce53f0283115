/** `/ke-toan/sao-ke…` for accountants and leaders, `/ke-toan/tien-mat…` for whoever takes cash. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { pick } from "#kit/i18n.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import { formatInteger } from "#kit/money.ts";
import type { PageError } from "#kit/ui/index.ts";
import type { Framed } from "#province/accounting/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { mayTakeMoney, readDong } from "#province/fees/index.ts";
import { agenciesInScope, forOfficer, type Officer, type OfficerOf } from "#province/officers/index.ts";
import { payeeOf, type Tenant } from "#province/tenants/index.ts";
import { answerLine } from "./answer-line.ts";
import {
  findLine,
  listClosings,
  listExpected,
  listLines,
  listOpenLines,
  readBalances,
  readTill,
  readToHandOver,
} from "./bank-view.ts";
import { closeTill, handOverCash } from "./handle-cash.ts";
import { messages } from "./messages.ts";
import { cashPage } from "./pages/cash-page.ts";
import { linePage } from "./pages/line-page.ts";
import { statementPage } from "./pages/statement-page.ts";
import { statementPaths } from "./paths.ts";
import type { StatementProblem } from "./statement-csv.ts";
import { returnMessages } from "./return-messages.ts";
import { findReturn, listReturns } from "./return-view.ts";
import { approveSenderReturn, finishSenderReturn, proposeSenderReturn } from "./return-to-sender.ts";
import { type TakenStatement, takeStatement } from "./take-statement.ts";

export interface StatementRoutesDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  /** The province's name at the payment hub. */
  readonly partner: string;
}

type Work = (room: Room, officer: Officer, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

interface Room extends StatementRoutesDeps {
  readonly db: Database;
}

const SAID = "accounting-said";
const FILE_MAX = 5_000_000;
const SLIP = /^[0-9A-Za-z./-]{4,40}$/;

export function reconciliationRoutes(site: FastifyInstance, deps: StatementRoutesDeps): void {
  const room: Room = { ...deps, db: deps.database.forTenant(deps.tenant.code) };
  const only = (roles: readonly string[], work: Work) =>
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      if (!roles.includes(officer.role))
        throw new AppError("forbidden", { reason: "role", message: `${officer.role} has no accounts` });
      return work(room, officer, request, reply);
    });
  const lookers = ["accountant", "leader"];
  site.get(
    statementPaths.home,
    only(lookers, (r, officer, request, reply) => showStatement(r, officer, request, reply)),
  );
  site.post(statementPaths.upload, only(["accountant"], upload));
  site.get(
    statementPaths.line(":id"),
    only(lookers, (r, officer, request, reply) => showLine(r, officer, request, reply)),
  );
  site.post(statementPaths.line(":id"), only(["accountant"], answer));
  site.post(statementPaths.giveBack(":id"), only(["accountant"], proposeBack));
  site.post(statementPaths.approveReturn(":id"), only(lookers, approveBack));
  site.post(statementPaths.finishReturn(":id"), only(["accountant"], finishBack));
  const cashiers = ["one-stop", "accountant"];
  site.get(
    statementPaths.cash,
    only([...cashiers, "leader"], (r, officer, request, reply) => showCash(r, officer, request, reply)),
  );
  site.post(statementPaths.close, only(cashiers, close));
  site.post(statementPaths.handOver, only(cashiers, handOver));
}

function framed(room: Room, officer: Officer, request: FastifyRequest): Framed {
  const said = request.session.take<string>(SAID);
  return { shell: room.shell, lang: request.lang, viewer: officer, ...(said ? { said } : {}) };
}

/** The payees' accounts of the agencies that the officer works for. */
function accountsOf(room: Room, officer: Officer): { account: string; name: string }[] {
  const found = agenciesInScope(room.tenant.agencies, officer.agencyId).map((id) => payeeOf(room.tenant, id));
  return [...new Map(found.map(({ account, bankName }) => [account, { account, name: bankName }])).values()];
}

function done(request: FastifyRequest, reply: FastifyReply, text: string, path: string): FastifyReply {
  request.session.set(SAID, text);
  return seeOther(reply, path);
}

async function showStatement(
  room: Room,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  failed: { errors: readonly PageError[]; problems: readonly StatementProblem[] } = { errors: [], problems: [] },
): Promise<FastifyReply> {
  const accounts = accountsOf(room, officer);
  const numbers = accounts.map(({ account }) => account);
  const before = (request.query as Record<string, unknown>)["truoc"];
  const [open, expected, { rows, next }, balances, returns] = await Promise.all([
    listOpenLines(room.db, numbers),
    listExpected(room.db, agenciesInScope(room.tenant.agencies, officer.agencyId)),
    listLines(room.db, numbers, isId(before) ? before : undefined),
    readBalances(room.db),
    listReturns(room.db, numbers),
  ]);
  const province = pick(room.tenant.provinceName, request.lang);
  const books = { open, expected, lines: rows, next, balances, province, returns };
  const props = { ...framed(room, officer, request), ...books, accounts };
  const page = statementPage({ ...props, mayUpload: officer.role === "accountant", ...failed });
  return sendPage(reply, page, failed.errors.length > 0 ? 422 : 200);
}

const upload: Work = async (room, officer, request, reply) => {
  const t = messages[request.lang];
  const sent = await readUpload(request);
  const errors: PageError[] = [];
  const account = accountsOf(room, officer).find((one) => one.account === sent.account)?.account;
  if (!account) errors.push({ field: "tai-khoan", message: t.errors.account });
  if (sent.file === "too-large") errors.push({ field: "tep", message: t.errors.size });
  if (!sent.file) errors.push({ field: "tep", message: t.errors.file });
  if (errors.length > 0 || !account || !sent.file || sent.file === "too-large")
    return showStatement(room, officer, request, reply, { errors, problems: [] });
  const { tenant, database, partner } = room;
  const result = await takeStatement(database, { tenant: tenant.code, account, partner, bytes: sent.file });
  if (!result.ok) {
    const { problems } = result;
    const message = messageOf(request.lang, result);
    return showStatement(room, officer, request, reply, { errors: [{ field: "tep", message }], problems });
  }
  const { taken, contradicts } = result;
  const said = `${t.done.taken(formatInteger(taken))}${contradicts ? t.done.contradicts(contradicts) : ""}`;
  return done(request, reply, said, statementPaths.home);
};

function messageOf(lang: "vi" | "en", { why, missing, problems }: Extract<TakenStatement, { ok: false }>): string {
  const t = messages[lang];
  if (why === "not-text") return t.errors.notText;
  if (why === "too-many") return t.errors.size;
  if (why === "lines") return t.errors.lines(problems.length);
  return t.errors.columns(missing.map((column) => t.upload.columns[column]).join(", "));
}

async function readUpload(
  request: FastifyRequest,
): Promise<{ account: string; file: Uint8Array | "too-large" | undefined }> {
  if (!request.isMultipart()) throw new AppError("unsupported", { message: "a file comes as multipart/form-data" });
  let account = "";
  let file: Uint8Array | "too-large" | undefined;
  for await (const part of request.parts({ limits: { files: 1, fileSize: FILE_MAX } })) {
    if (part.type === "field") {
      if (part.fieldname === "tai-khoan" && typeof part.value === "string") account = part.value.trim();
    } else if (part.fieldname !== "tep" || !part.filename || file) part.file.resume();
    else {
      const chunks: Buffer[] = [];
      for await (const chunk of part.file) chunks.push(chunk as Buffer);
      file = part.file.truncated ? "too-large" : Buffer.concat(chunks);
    }
  }
  return { account, file };
}

async function showLine(
  room: Room,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  failed: { typed: Record<string, string>; errors: readonly PageError[] } = { typed: {}, errors: [] },
): Promise<FastifyReply> {
  const { id } = request.params as { id: string };
  const accounts = accountsOf(room, officer).map(({ account }) => account);
  const row = isId(id) ? await findLine(room.db, id, accounts) : undefined;
  if (!row) throw new AppError("not-found", { message: "no such line" });
  const back = row.answerAccount === "returns-payable" ? await findReturn(room.db, accounts, row.id) : undefined;
  const mayAnswer = officer.role === "accountant";
  const page = linePage({ ...framed(room, officer, request), row, back, officerId: officer.id, mayAnswer, ...failed });
  return sendPage(reply, page, failed.errors.length > 0 ? 422 : 200);
}

const answer: Work = async (room, officer, request, reply) => {
  const t = messages[request.lang];
  const { id } = request.params as { id: string };
  const accounts = accountsOf(room, officer).map(({ account }) => account);
  const row = isId(id) ? await findLine(room.db, id, accounts) : undefined;
  if (!row) throw new AppError("not-found", { message: "no such line" });
  const typed = typedOf(request, ["thuoc", "ly-do"]);
  const fail = (field: string, message: string) =>
    showLine(room, officer, request, reply, { typed, errors: [{ field, message }] });
  const note = (typed["ly-do"] ?? "").slice(0, 1000);
  if (note === "") return fail("ly-do", t.errors.note);
  const belongs = typed["thuoc"] ?? "";
  const { direction } = row;
  const line = { tenant: room.tenant.code, lineId: id, direction };
  const word = await answerLine(room.database, { ...line, belongs, note, officer });
  if (word === "cannot-book") return fail("thuoc", t.errors.cannotBook);
  if (word !== "done") return fail("thuoc", t.errors.already);
  return done(request, reply, t.done.answered, statementPaths.home);
};

/** The line that a step of its return is about; only of accounts that the officer works for. */
async function stepOf(room: Room, officer: Officer, request: FastifyRequest) {
  const { id } = request.params as { id: string };
  const accounts = accountsOf(room, officer).map(({ account }) => account);
  if (!isId(id) || !(await findReturn(room.db, accounts, id)))
    throw new AppError("not-found", { message: "nothing to give back" });
  return { tenant: room.tenant.code, lineId: id, officer };
}

const proposeBack: Work = async (room, officer, request, reply) => {
  const step = await stepOf(room, officer, request);
  const t = returnMessages[request.lang];
  const typed = typedOf(request, ["nguoi-nhan", "tai-khoan-nhan", "can-cu"]);
  const [payeeName, payeeAccount, note] = [typed["nguoi-nhan"], typed["tai-khoan-nhan"], typed["can-cu"]].map(
    (text) => text ?? "",
  ) as [string, string, string];
  const word = await proposeSenderReturn(room.database, { ...step, payeeName, payeeAccount, note });
  if (word === "proposed") return done(request, reply, t.done.proposed, statementPaths.line(step.lineId));
  const fields = { payee: "nguoi-nhan", account: "tai-khoan-nhan", note: "can-cu" } as const;
  const errors =
    typeof word === "string"
      ? [{ field: "can-cu", message: t.errors.already }]
      : word.map((problem) => ({ field: fields[problem], message: t.errors[problem] }));
  return showLine(room, officer, request, reply, { typed, errors });
};

const approveBack: Work = async (room, officer, request, reply) => {
  const step = await stepOf(room, officer, request);
  const t = returnMessages[request.lang];
  const word = await approveSenderReturn(room.database, step);
  if (word === "approved") return done(request, reply, t.done.approved, statementPaths.line(step.lineId));
  const message = word === "same-person" ? t.errors.same : t.errors.already;
  return showLine(room, officer, request, reply, { typed: {}, errors: [{ field: "return", message }] });
};

const finishBack: Work = async (room, officer, request, reply) => {
  const step = await stepOf(room, officer, request);
  const t = returnMessages[request.lang];
  const typed = typedOf(request, ["so-giao-dich"]);
  const word = await finishSenderReturn(room.database, { ...step, reference: typed["so-giao-dich"] ?? "" });
  if (word === "done") return done(request, reply, t.done.finished, statementPaths.line(step.lineId));
  const message =
    word === "reference" ? t.errors.reference : word === "reference-used" ? t.errors.used : t.errors.already;
  return showLine(room, officer, request, reply, { typed, errors: [{ field: "so-giao-dich", message }] });
};

async function showCash(
  room: Room,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  failed: { typed: Record<string, string>; errors: readonly PageError[] } = { typed: {}, errors: [] },
): Promise<FastifyReply> {
  const agencies = agenciesInScope(room.tenant.agencies, officer.agencyId);
  const own = officer.role === "one-stop" ? officer.id : undefined;
  const [till, toHandOver, closings] = await Promise.all([
    readTill(room.db, officer.id),
    readToHandOver(room.db, officer.id),
    listClosings(room.db, agencies, own),
  ]);
  const page = cashPage({
    ...framed(room, officer, request),
    till,
    toHandOver,
    closings,
    accounts: accountsOf(room, officer),
    mayHandle: mayTakeMoney(officer),
    closeId: newSecretId(),
    handoverId: newSecretId(),
    ...failed,
  });
  return sendPage(reply, page, failed.errors.length > 0 ? 422 : 200);
}

const close: Work = async (room, officer, request, reply) => {
  const t = messages[request.lang];
  const typed = typedOf(request, ["id", "theo-so", "dem-duoc", "ly-do"]);
  const fail = (field: string, message: string) =>
    showCash(room, officer, request, reply, { typed, errors: [{ field, message }] });
  const counted = readDong(typed["dem-duoc"] ?? "");
  if (counted === undefined) return fail("dem-duoc", t.errors.counted);
  const id = typed["id"] ?? "";
  const expected = readDong(typed["theo-so"] ?? "");
  if (!isId(id) || expected === undefined) throw new AppError("invalid", { message: "id, theo-so" });
  const reason = (typed["ly-do"] ?? "").slice(0, 1000);
  const word = await closeTill(room.database, { tenant: room.tenant.code, id, officer, expected, counted, reason });
  if (word === "reason-missing") return fail("ly-do", t.errors.reason);
  if (word === "amount-changed") return fail("dem-duoc", t.errors.changed);
  if (word === "nothing") return fail("dem-duoc", t.errors.nothing);
  return done(request, reply, t.done.closed, statementPaths.cash);
};

const handOver: Work = async (room, officer, request, reply) => {
  const t = messages[request.lang];
  const typed = typedOf(request, ["id", "so-giay", "tai-khoan"]);
  const fail = (field: string, message: string) =>
    showCash(room, officer, request, reply, { typed, errors: [{ field, message }] });
  const slip = typed["so-giay"] ?? "";
  if (!SLIP.test(slip)) return fail("so-giay", t.errors.slip);
  const account = accountsOf(room, officer).find((one) => one.account === typed["tai-khoan"])?.account;
  if (!account) return fail("tai-khoan", t.errors.account);
  const id = typed["id"] ?? "";
  if (!isId(id)) throw new AppError("invalid", { message: "id" });
  const word = await handOverCash(room.database, { tenant: room.tenant.code, id, officer, account, slip });
  if (word === "slip-used") return fail("so-giay", t.errors.slipUsed);
  if (word === "nothing") return fail("so-giay", t.errors.nothing);
  return done(request, reply, t.done.handed, statementPaths.cash);
};

function typedOf(request: FastifyRequest, names: readonly string[]): Record<string, string> {
  const form = formValues(request);
  return Object.fromEntries(names.map((name) => [name, formText(form, name).normalize("NFC").trim()]));
}
