/** `/buu-gui`: what goes out by post, of the officer's units; `/buu-gui/den`: letters that come in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { checkDate, cleanText } from "#kit/vietnamese.ts";
import { findDossier } from "#province/dossiers/index.ts";
import { actorOf } from "#province/handling/index.ts";
import { agenciesInScope, forOfficer, mayDo, type Officer, type OfficerHandler } from "#province/officers/index.ts";
import { joinLetter, putLetter } from "./change-order.ts";
import {
  countDeskOrders,
  findHolder,
  findNamedDossier,
  listAwaitedPapers,
  listDeskOrders,
  listRecentLetters,
  listWaitingLetters,
} from "./delivery-view.ts";
import type { DeliveryDeskDeps } from "./desk-routes.ts";
import { messages } from "./messages.ts";
import { ORDER_LISTS } from "./order.ts";
import { lettersPage, type TypedLetter } from "./pages/letters-page.ts";
import { ordersPage } from "./pages/orders-page.ts";

const PAGE = 30;
const RECENT = 20;
const SAID = "letter-said";

export function postListRoutes(site: FastifyInstance, deps: DeliveryDeskDeps): void {
  const only = (work: OfficerHandler) =>
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      if (!mayDo(officer, "receive"))
        throw new AppError("forbidden", { reason: "role", message: `${officer.role} does not serve at the counter` });
      return work(officer, request, reply);
    });
  site.get(
    "/buu-gui",
    only((officer, request, reply) => showOrders(deps, officer, request, reply)),
  );
  site.get(
    "/buu-gui/den",
    only((officer, request, reply) => showLetters(deps, officer, request, reply)),
  );
  site.post(
    "/buu-gui/den",
    only((officer, request, reply) => takeLetter(deps, officer, request, reply)),
  );
}

async function showOrders(
  deps: DeliveryDeskDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = request.query as Readonly<Record<string, unknown>>;
  const list = ORDER_LISTS.find((one) => one === query["muc"]) ?? "give";
  const [, at, id] = /^(\d{15,16})~([0-9a-f-]{36})$/.exec(String(query["sau"] ?? "")) ?? [];
  const after = at && isId(id) ? { micros: Number(at), id } : undefined;
  const db = deps.database.forTenant(deps.tenant.code);
  const scope = agenciesInScope(deps.tenant.agencies, officer.agencyId);
  const [rows, counts] = await Promise.all([
    listDeskOrders(db, list, scope, after, PAGE + 1),
    countDeskOrders(db, scope),
  ]);
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  const next = rows.length > PAGE && last ? `/buu-gui?muc=${list}&sau=${last.micros}~${last.id}` : undefined;
  return sendPage(
    reply,
    ordersPage({ shell: deps.shell, lang: request.lang, viewer: officer, list, rows: shown, counts, next }),
  );
}

type Said = { readonly word: "joined"; readonly dossier: string } | { readonly word: "waiting" | "known" };

function nothingTyped(deps: DeliveryDeskDeps): TypedLetter {
  return { itemCode: "", sender: "", postmarked: "", arrived: plainDateOf(deps.clock.now()), agency: "", dossier: "" };
}

async function showLetters(
  deps: DeliveryDeskDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  failed?: { readonly typed: TypedLetter; readonly errors: readonly PageError[] },
): Promise<FastifyReply> {
  const db = deps.database.forTenant(deps.tenant.code);
  const scope = agenciesInScope(deps.tenant.agencies, officer.agencyId);
  const [waiting, awaited, recent] = await Promise.all([
    listWaitingLetters(db, scope),
    listAwaitedPapers(db, scope),
    listRecentLetters(db, scope, RECENT),
  ]);
  const said = failed ? undefined : request.session.take<Said>(SAID);
  const t = messages[request.lang].letters.said;
  const page = lettersPage({
    shell: deps.shell,
    lang: request.lang,
    viewer: officer,
    agencies: deps.tenant.agencies
      .filter(({ id }) => scope.includes(id))
      .map(({ id, name }) => ({ id, name: name[request.lang] })),
    waiting,
    awaited,
    recent,
    typed: failed?.typed ?? nothingTyped(deps),
    errors: failed?.errors ?? [],
    said: said ? (said.word === "joined" ? t.joined(said.dossier) : t[said.word]) : undefined,
  });
  return sendPage(reply, page, failed ? 422 : 200);
}

async function takeLetter(
  deps: DeliveryDeskDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = formValues(request);
  const t = messages[request.lang].letters.errors;
  const typed: TypedLetter = {
    itemCode: cleanText(formText(form, "ma")).toUpperCase(),
    sender: cleanText(formText(form, "nguoi-gui")).slice(0, 200),
    postmarked: formText(form, "dau").trim(),
    arrived: formText(form, "nhan").trim(),
    agency: formText(form, "don-vi"),
    dossier: cleanText(formText(form, "ho-so")).toUpperCase().slice(0, 60),
  };
  const errors: PageError[] = [];
  const scope = agenciesInScope(deps.tenant.agencies, officer.agencyId);
  const db = deps.database.forTenant(deps.tenant.code);
  const holder = await findHolder(db, typed.itemCode);
  // Papers that somebody ordered the post to fetch are for the unit of their dossier, whatever was chosen.
  const meant = holder && !holder.registered ? holder.agencyId : typed.agency;
  const agencyId = scope.length === 1 ? scope[0] : scope.find((id) => id === meant);
  const arrived = checkDate(typed.arrived, { notAfter: plainDateOf(deps.clock.now()) });
  const postmarked =
    typed.postmarked === ""
      ? undefined
      : checkDate(typed.postmarked, { notAfter: arrived.ok ? arrived.value : plainDateOf(deps.clock.now()) });
  if (!/^[A-Z0-9-]{5,40}$/.test(typed.itemCode)) errors.push({ field: "ma", message: t.itemCode });
  if (typed.sender === "") errors.push({ field: "nguoi-gui", message: t.sender });
  if (postmarked && !postmarked.ok) errors.push({ field: "dau", message: t.postmarked });
  if (!arrived.ok) errors.push({ field: "nhan", message: t.arrived });
  if (!agencyId) errors.push({ field: "don-vi", message: t.agency });
  if (holder && !scope.includes(holder.agencyId)) {
    const unit = deps.tenant.agencies.find(({ id }) => id === holder.agencyId)?.name[request.lang] ?? holder.agencyId;
    errors.push({ field: "ma", message: holder.registered ? t.elsewhere(unit) : t.addressed(unit) });
  }
  const named = typed.dossier === "" ? undefined : await findNamedDossier(db, typed.dossier, scope);
  if (typed.dossier !== "" && !named) errors.push({ field: "ho-so", message: t.dossier });
  if (errors.length > 0 || !arrived.ok || !agencyId)
    return showLetters(deps, officer, request, reply, { typed, errors });
  const tenant = deps.tenant.code;
  const letter = await putLetter(deps.database, {
    tenant,
    agencyId,
    itemCode: typed.itemCode,
    senderName: typed.sender,
    postmarkedOn: postmarked?.ok ? postmarked.value : null,
    arrivedOn: arrived.value,
    officer: actorOf(officer),
  });
  const joined =
    named &&
    letter.dossierId === null &&
    // The number may stand in another unit's book: that letter is theirs to join.
    scope.includes(letter.agencyId) &&
    (await joinLetter(deps.database, { tenant, id: letter.id, dossierId: named.id, officer: actorOf(officer) }));
  const dossier = letter.dossierId
    ? await findDossier(deps.database, { tenant, dossierId: letter.dossierId })
    : undefined;
  const name = joined ? named.name : (dossier?.code ?? dossier?.number);
  const said: Said =
    !letter.fresh && !joined
      ? { word: "known" }
      : name
        ? { word: "joined", dossier: String(name) }
        : { word: "waiting" };
  request.session.set(SAID, said);
  return seeOther(reply, "/buu-gui/den");
}
