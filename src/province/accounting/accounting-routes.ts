/** `/ke-toan…` on the desk: for accountants, and for leaders who approve. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatDate, isPlainDate, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { contentDisposition } from "#kit/files.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { checkLedger, listBalances, listBalancesOf } from "#province/ledger/index.ts";
import { agenciesInScope, forOfficer, type Officer, type OfficerOf } from "#province/officers/index.ts";
import { receiptNumber, replaceReceipt } from "#province/receipts/index.ts";
import { payeeOf, type Tenant } from "#province/tenants/index.ts";
import {
  findReceiptRow,
  listAgencyTakings,
  listAllReceiptsOfDay,
  listDays,
  listReceiptsOfDay,
  listRefunded,
  listSeries,
  listTakings,
  listUnsettled,
  type ReceiptRow,
  RECEIPTS_PAGE,
  type UnsettledRow,
} from "./accounting-view.ts";
import { listDisputes } from "./dispute-view.ts";
import { messages } from "./messages.ts";
import { dayPage } from "./pages/day-page.ts";
import type { Framed } from "./pages/frame.ts";
import { ledgerPage, receiptsPage, replacePage } from "./pages/receipts-page.ts";
import { refundPage, waitingPage } from "./pages/waiting-page.ts";
import { approveReturn, askAgain, finishReturn, proposeReturn } from "./return-money.ts";
import { summaryCsv } from "./summary-csv.ts";
import { isForSystem, waitingMessages } from "./waiting-messages.ts";

export interface AccountingDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock?: Clock;
}

const SAID = "accounting-said";

type Work = (room: Room, officer: Officer, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

interface Room extends AccountingDeps {
  readonly db: Database;
  now(): Date;
}

export function accountingRoutes(site: FastifyInstance, deps: AccountingDeps): void {
  const room: Room = {
    ...deps,
    db: deps.database.forTenant(deps.tenant.code),
    now: () => (deps.clock ?? systemClock).now(),
  };
  const only = (roles: readonly string[], work: Work) =>
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      if (!roles.includes(officer.role))
        throw new AppError("forbidden", { reason: "role", message: `${officer.role} has no accounts` });
      return work(room, officer, request, reply);
    });
  const lookers = ["accountant", "leader"];
  site.get("/ke-toan", only(lookers, showDay));
  site.get("/ke-toan/cho-xu-ly", only(lookers, showWaiting));
  site.get(
    "/ke-toan/cho-xu-ly/:id",
    only(lookers, async (r, officer, request, reply) =>
      showRefund(r, officer, request, reply, await rowOf(r, officer, request)),
    ),
  );
  site.post("/ke-toan/cho-xu-ly/:id/de-xuat", only(["accountant"], propose));
  site.post("/ke-toan/cho-xu-ly/:id/duyet", only(lookers, approve));
  site.post("/ke-toan/cho-xu-ly/:id/da-tra", only(["accountant"], finish));
  site.post("/ke-toan/cho-xu-ly/:id/gui-lai", only(["accountant"], sendAgain));
  site.get("/ke-toan/bien-lai", only(lookers, showReceipts));
  site.get("/ke-toan/bien-lai/01-th-bldt.csv", only(lookers, sendSummary));
  site.get(
    "/ke-toan/bien-lai/:id/thay-the",
    only(["accountant"], async (r, officer, request, reply) =>
      showReplace(r, officer, request, reply, await receiptOf(r, officer, request)),
    ),
  );
  site.post("/ke-toan/bien-lai/:id/thay-the", only(["accountant"], replace));
  site.get("/ke-toan/so-cai", only(lookers, showLedger));
}

function framed(room: Room, officer: Officer, request: FastifyRequest): Framed {
  const said = request.session.take<string>(SAID);
  return { shell: room.shell, lang: request.lang, viewer: officer, ...(said ? { said } : {}) };
}

function scope(room: Room, officer: Officer): readonly string[] {
  return agenciesInScope(room.tenant.agencies, officer.agencyId);
}

/** ?ngay=21/11/2026 as typed, or 2026-11-21 as linked; today when it is neither, or not a day of the calendar. */
function dayOf(room: Room, request: FastifyRequest): PlainDate {
  const text = String((request.query as Record<string, unknown>)["ngay"] ?? "").trim();
  const typed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const day = typed ? `${typed[3]}-${typed[2]?.padStart(2, "0")}-${typed[1]?.padStart(2, "0")}` : text;
  return isPlainDate(day) ? day : plainDateOf(room.now());
}

const showDay: Work = async (room, officer, request, reply) => {
  const day = dayOf(room, request);
  const agencies = scope(room, officer);
  const [takings, byAgency, days] = await Promise.all([
    listTakings(room.db, day, agencies),
    listAgencyTakings(room.db, day, agencies),
    listDays(room.db, day, agencies),
  ]);
  const agencyName = (id: string) =>
    room.tenant.agencies.find((agency) => agency.id === id)?.shortName[request.lang] ?? id;
  return sendPage(reply, dayPage({ ...framed(room, officer, request), day, takings, byAgency, agencyName, days }));
};

const showWaiting: Work = async (room, officer, request, reply) => {
  const agencies = scope(room, officer);
  const [rows, refunded, disputes] = await Promise.all([
    listUnsettled(room.db, agencies),
    listRefunded(room.db, agencies),
    listDisputes(room.db, agencies),
  ]);
  const mayPropose = officer.role === "accountant";
  return sendPage(
    reply,
    waitingPage({
      ...framed(room, officer, request),
      rows,
      refunded,
      disputes,
      now: room.now(),
      officerId: officer.id,
      mayPropose,
    }),
  );
};

async function rowOf(room: Room, officer: Officer, request: FastifyRequest): Promise<UnsettledRow> {
  const { id } = request.params as { id: string };
  const row = isId(id)
    ? (await listUnsettled(room.db, scope(room, officer))).find((one) => one.settlementId === id)
    : undefined;
  if (!row || isForSystem(row.why)) throw new AppError("not-found", { message: "nothing to refund" });
  return row;
}

async function showRefund(
  room: Room,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  row: UnsettledRow,
  failed: { typed: Record<string, string>; errors: readonly PageError[] } = { typed: {}, errors: [] },
): Promise<FastifyReply> {
  const page = refundPage({ ...framed(room, officer, request), row, ...failed });
  return sendPage(reply, page, failed.errors.length > 0 ? 422 : 200);
}

function done(request: FastifyRequest, reply: FastifyReply, text: string, path = "/ke-toan/cho-xu-ly"): FastifyReply {
  request.session.set(SAID, text);
  return seeOther(reply, path);
}

const propose: Work = async (room, officer, request, reply) => {
  const row = await rowOf(room, officer, request);
  const t = messages[request.lang];
  const typed = typedOf(request, ["nguoi-nhan", "tai-khoan", "can-cu"]);
  const errors: PageError[] = [];
  if (!typed["nguoi-nhan"]) errors.push({ field: "nguoi-nhan", message: t.errors.payeeName });
  if (!typed["tai-khoan"]) errors.push({ field: "tai-khoan", message: t.errors.payeeAccount });
  if (!typed["can-cu"]) errors.push({ field: "can-cu", message: t.errors.note });
  if (errors.length > 0) return showRefund(room, officer, request, reply, row, { typed, errors });
  const word = await proposeReturn(room.database, {
    tenant: room.tenant.code,
    settlementId: row.settlementId,
    payeeName: typed["nguoi-nhan"] ?? "",
    payeeAccount: typed["tai-khoan"] ?? "",
    note: typed["can-cu"] ?? "",
    officer,
  });
  if (word === "proposed") return done(request, reply, t.done.proposed);
  const message = word === "not-refundable" ? t.errors.refundable : t.errors.already;
  return showRefund(room, officer, request, reply, row, { typed, errors: [{ field: "can-cu", message }] });
};

const approve: Work = async (room, officer, request, reply) => {
  const row = await rowOf(room, officer, request);
  const t = messages[request.lang];
  const word = await approveReturn(room.database, { tenant: room.tenant.code, refundId: row.refundId, officer });
  if (word === "approved") return done(request, reply, t.done.approved);
  const message = word === "same-person" ? t.errors.same : t.errors.already;
  return showRefund(room, officer, request, reply, row, { typed: {}, errors: [{ field: "duyet", message }] });
};

const finish: Work = async (room, officer, request, reply) => {
  const row = await rowOf(room, officer, request);
  const t = messages[request.lang];
  const typed = typedOf(request, ["chung-tu"]);
  const reference = typed["chung-tu"] ?? "";
  if (reference === "")
    return showRefund(room, officer, request, reply, row, {
      typed,
      errors: [{ field: "chung-tu", message: t.errors.reference }],
    });
  const word = await finishReturn(room.database, {
    tenant: room.tenant.code,
    refundId: row.refundId,
    reference,
    officer,
  });
  if (word === "done") return done(request, reply, t.done.finished);
  return showRefund(room, officer, request, reply, row, {
    typed,
    errors: [
      { field: "chung-tu", message: word === "by-hub" ? waitingMessages[request.lang].byHub : t.errors.already },
    ],
  });
};

const sendAgain: Work = async (room, officer, request, reply) => {
  const row = await rowOf(room, officer, request);
  const t = waitingMessages[request.lang];
  const word = await askAgain(room.database, { tenant: room.tenant.code, refundId: row.refundId, officer });
  if (word === "approved") return done(request, reply, t.askedAgain);
  return showRefund(room, officer, request, reply, row, {
    typed: {},
    errors: [{ field: "gui-lai", message: t.notRefused }],
  });
};

const showReceipts: Work = async (room, officer, request, reply) => {
  const day = dayOf(room, request);
  const [rows, series] = await Promise.all([
    listReceiptsOfDay(room.db, day, scope(room, officer)),
    listSeries(room.db),
  ]);
  return sendPage(
    reply,
    receiptsPage({
      ...framed(room, officer, request),
      day,
      rows,
      cut: rows.length === RECEIPTS_PAGE,
      series,
      mayReplace: officer.role === "accountant",
    }),
  );
};

const sendSummary: Work = async (room, officer, request, reply) => {
  const day = dayOf(room, request);
  const rows = await listAllReceiptsOfDay(room.db, day, scope(room, officer));
  return reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", contentDisposition("attachment", `01-TH-BLDT-${day}.csv`))
    .header("cache-control", "private, no-store")
    .send(summaryCsv(day, rows));
};

async function receiptOf(room: Room, officer: Officer, request: FastifyRequest): Promise<ReceiptRow> {
  const { id } = request.params as { id: string };
  const row = isId(id) ? await findReceiptRow(room.db, id, scope(room, officer)) : undefined;
  if (!row) throw new AppError("not-found", { message: "no such receipt" });
  return row;
}

async function showReplace(
  room: Room,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  row: ReceiptRow,
  failed: { typed: Record<string, string>; errors: readonly PageError[] } = { typed: {}, errors: [] },
): Promise<FastifyReply> {
  return sendPage(
    reply,
    replacePage({ ...framed(room, officer, request), row, ...failed }),
    failed.errors.length > 0 ? 422 : 200,
  );
}

const replace: Work = async (room, officer, request, reply) => {
  const row = await receiptOf(room, officer, request);
  const t = messages[request.lang];
  const typed = typedOf(request, ["nguoi-nop", "dia-chi", "ly-do"]);
  const name = (typed["nguoi-nop"] ?? "").slice(0, 200);
  const address = (typed["dia-chi"] ?? "").slice(0, 300);
  const reason = (typed["ly-do"] ?? "").slice(0, 1000);
  const errors: PageError[] = [];
  if (name === "") errors.push({ field: "nguoi-nop", message: t.errors.payer });
  else if (name === row.payer && address === (row.address ?? ""))
    errors.push({ field: "nguoi-nop", message: t.errors.unchanged });
  if (reason === "") errors.push({ field: "ly-do", message: t.errors.reason });
  if (errors.length > 0) return showReplace(room, officer, request, reply, row, { typed, errors });
  const input = { id: row.id, payer: { name, address }, reason, officer, at: room.now() };
  const made = await room.db.tx((tx) => replaceReceipt(tx, input));
  if (!made)
    return showReplace(room, officer, request, reply, row, {
      typed,
      errors: [{ field: "nguoi-nop", message: t.errors.replaced }],
    });
  return done(
    request,
    reply,
    t.done.replaced(`${made.series} ${receiptNumber(made.number)}`),
    `/ke-toan/bien-lai?ngay=${formatDate(made.createdAt)}`,
  );
};

const showLedger: Work = async (room, officer, request, reply) => {
  // An officer of one unit sees what concerns that unit and those below it.
  const agencies = scope(room, officer);
  const whole = agencies.length === room.tenant.agencies.length;
  const accounts = [...new Set(agencies.map((id) => payeeOf(room.tenant, id).account))];
  const [balances, check] = await Promise.all([
    whole ? listBalances(room.db) : listBalancesOf(room.db, agencies, accounts),
    checkLedger(room.db),
  ]);
  const balanced = check.total === 0 && check.unbalanced === 0 && check.unbooked === 0 && check.receivableDrift === 0;
  return sendPage(
    reply,
    ledgerPage({
      ...framed(room, officer, request),
      balances,
      whole: balanced,
      scope: whole ? undefined : officer.unit,
    }),
  );
};

function typedOf(request: FastifyRequest, names: readonly string[]): Record<string, string> {
  const form = formValues(request);
  return Object.fromEntries(names.map((name) => [name, formText(form, name).normalize("NFC")]));
}
