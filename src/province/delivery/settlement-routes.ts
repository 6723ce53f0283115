/** `/ke-toan/buu-chinh…`: postage goes on to the post. Accountants make lists, a second person approves, the bank's number ends it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatDate, plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { contentDisposition } from "#kit/files.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { checkDate } from "#kit/vietnamese.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { listBalancesOf } from "#province/ledger/index.ts";
import { agenciesInScope, forOfficer, type Officer, type OfficerOf } from "#province/officers/index.ts";
import { payeeOf, type Tenant } from "#province/tenants/index.ts";
import { settlementPage } from "./pages/settlement-page.ts";
import type { PostSettlement } from "./settlement.ts";
import { settlementCsv } from "./settlement-csv.ts";
import { settlementMessages } from "./settlement-messages.ts";
import { postagePaths } from "./settlement-paths.ts";
import { approveSettlement, dropSettlement, paySettlement, proposeSettlement } from "./settle-postage.ts";
import {
  findSettlementList,
  listOwedItems,
  listSettlementItems,
  listSettlements,
  readOwedTotal,
} from "./settlement-view.ts";

export interface PostageRouteDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
}

const SAID = "postage-said";
const ITEMS_SHOWN = 200;
const LISTS_SHOWN = 50;

interface Desk extends PostageRouteDeps {
  readonly officer: Officer;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export function postageRoutes(site: FastifyInstance, deps: PostageRouteDeps): void {
  const only = (roles: readonly string[], work: (desk: Desk) => Promise<unknown>) =>
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      if (!roles.includes(officer.role))
        throw new AppError("forbidden", { reason: "role", message: `${officer.role} has no accounts` });
      return work({ ...deps, officer, request, reply });
    });
  const lookers = ["accountant", "leader"];
  site.get(
    postagePaths.home,
    only(lookers, (desk) => show(desk)),
  );
  site.post(postagePaths.home, only(["accountant"], propose));
  site.post(postagePaths.approve(":id"), only(lookers, approve));
  site.post(postagePaths.pay(":id"), only(["accountant"], pay));
  site.post(postagePaths.drop(":id"), only(lookers, drop));
  site.get(postagePaths.csv(":id"), only(lookers, sendList));
}

function scopeOf({ tenant, officer }: Desk): readonly string[] {
  return agenciesInScope(tenant.agencies, officer.agencyId);
}

/** The payees' accounts of the agencies that the officer works for. */
function accountsOf(desk: Desk): { account: string; name: string }[] {
  const found = scopeOf(desk).map((id) => payeeOf(desk.tenant, id));
  return [...new Map(found.map(({ account, bankName }) => [account, { account, name: bankName }])).values()];
}

async function show(
  desk: Desk,
  failed: { readonly typed: Record<string, string>; readonly errors: readonly PageError[] } = { typed: {}, errors: [] },
): Promise<FastifyReply> {
  const { tenant, officer, request, reply } = desk;
  const db = desk.database.forTenant(tenant.code);
  const agencies = scopeOf(desk);
  const accounts = accountsOf(desk);
  const [total, items, lists, balances] = await Promise.all([
    readOwedTotal(db, agencies),
    listOwedItems(db, agencies, ITEMS_SHOWN),
    listSettlements(db, agencies, LISTS_SHOWN),
    listBalancesOf(
      db,
      agencies,
      accounts.map(({ account }) => account),
    ),
  ]);
  const said = request.session.take<keyof (typeof settlementMessages)["vi"]["done"]>(SAID);
  const page = settlementPage({
    shell: desk.shell,
    lang: request.lang,
    viewer: officer,
    said: said && failed.errors.length === 0 ? settlementMessages[request.lang].done[said] : undefined,
    officerId: officer.id,
    total,
    // A debt stands on the credit side.
    ledger: -(balances.find(({ account }) => account === "payable:post")?.balance ?? 0),
    items,
    lists,
    accounts,
    mayPropose: officer.role === "accountant",
    listId: newSecretId(),
    typed: { "den-ngay": formatDate(plainDateOf(desk.clock.now())), ...failed.typed },
    errors: failed.errors,
  });
  return sendPage(reply, page, failed.errors.length > 0 ? 422 : 200);
}

function done({ request, reply }: Desk, word: keyof (typeof settlementMessages)["vi"]["done"]): FastifyReply {
  request.session.set(SAID, word);
  return seeOther(reply, postagePaths.home);
}

async function propose(desk: Desk): Promise<FastifyReply> {
  const { tenant, officer, request, database, clock } = desk;
  const form = formValues(request);
  const t = settlementMessages[request.lang].errors;
  const typed = { "den-ngay": formText(form, "den-ngay").trim(), "tai-khoan": formText(form, "tai-khoan") };
  const until = checkDate(typed["den-ngay"], { notAfter: plainDateOf(clock.now()) });
  const account = accountsOf(desk).find((one) => one.account === typed["tai-khoan"])?.account;
  const errors: PageError[] = [];
  if (!until.ok) errors.push({ field: "den-ngay", message: t.until });
  if (!account) errors.push({ field: "tai-khoan", message: t.account });
  if (!until.ok || !account) return show(desk, { typed, errors });
  const id = formText(form, "id");
  const word = await proposeSettlement(database, {
    tenant: tenant.code,
    id: isId(id) ? id : newSecretId(),
    agencies: scopeOf(desk).filter((agency) => payeeOf(tenant, agency).account === account),
    account,
    until: until.value,
    officer,
  });
  if (word === "nothing") return show(desk, { typed, errors: [{ field: "den-ngay", message: t.nothing }] });
  return done(desk, "proposed");
}

/** A list of the officer's units; to everybody else it does not exist. */
async function listOf(desk: Desk): Promise<PostSettlement> {
  const { id } = desk.request.params as { id: string };
  const db = desk.database.forTenant(desk.tenant.code);
  const list = isId(id) ? await findSettlementList(db, id, scopeOf(desk)) : undefined;
  if (!list) throw new AppError("not-found", { message: "no such list" });
  return list;
}

async function refuse(desk: Desk, list: PostSettlement, message: string, typed: Record<string, string> = {}) {
  const field = list.state === "approved" ? `chung-tu-${list.id}` : `bang-${list.id}`;
  return show(desk, { typed, errors: [{ field, message }] });
}

async function approve(desk: Desk): Promise<FastifyReply> {
  const list = await listOf(desk);
  const { officer, tenant, request, database } = desk;
  const word = await approveSettlement(database, { tenant: tenant.code, id: list.id, officer });
  if (word === "approved") return done(desk, "approved");
  const t = settlementMessages[request.lang].errors;
  return refuse(desk, list, word === "same-person" ? t["same-person"] : t.already);
}

async function pay(desk: Desk): Promise<FastifyReply> {
  const list = await listOf(desk);
  const { officer, tenant, request, database } = desk;
  const t = settlementMessages[request.lang].errors;
  const field = `chung-tu-${list.id}`;
  const reference = formText(formValues(request), field).trim();
  if (!/^[0-9A-Za-z./-]{4,64}$/.test(reference)) return refuse(desk, list, t.reference, { [field]: reference });
  const word = await paySettlement(database, { tenant: tenant.code, id: list.id, officer, reference });
  if (word === "paid") return done(desk, "paid");
  const message = word === "not-approved" || word === "reference-used" ? t[word] : t.already;
  return refuse(desk, list, message, { [field]: reference });
}

async function drop(desk: Desk): Promise<FastifyReply> {
  const list = await listOf(desk);
  const { officer, tenant, request, database } = desk;
  const word = await dropSettlement(database, { tenant: tenant.code, id: list.id, officer });
  if (word === "dropped") return done(desk, "dropped");
  return refuse(desk, list, settlementMessages[request.lang].errors.already);
}

async function sendList(desk: Desk): Promise<FastifyReply> {
  const list = await listOf(desk);
  const items = await listSettlementItems(desk.database.forTenant(desk.tenant.code), list.id);
  return desk.reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", contentDisposition("attachment", `cuoc-buu-chinh-${list.until}.csv`))
    .header("cache-control", "private, no-store")
    .send(settlementCsv(list, items));
}
