/** `/ho-so/:id/buu-chinh`: the post of one dossier at the desk, and its labels. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "#kit/clock.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanText } from "#kit/vietnamese.ts";
import { isItemCode } from "#protocols/post/index.ts";
import { decide, type Dossier } from "#province/dossiers/index.ts";
import { actorOf, dossierOf, type HandlingDeps, requireRole } from "#province/handling/index.ts";
import { forOfficer, mayDo, type Officer } from "#province/officers/index.ts";
import { orderAgain, USUAL_GRAMS } from "./arrange-delivery.ts";
import { actByHand, cancelOrder, releaseOrder, typeItemCode } from "./change-order.ts";
import { listEventsOf, listOrdersOf } from "./delivery-view.ts";
import { messages } from "./messages.ts";
import type { DeliveryOrder } from "./order.ts";
import { HAND_ACTS, type HandAct, handActs, isOrderOver } from "./order-lifecycle.ts";
import { dossierPostPage, type TypedOrder } from "./pages/dossier-post-page.ts";
import { renderLabel } from "./render-label.ts";

export type DeliveryDeskDeps = HandlingDeps & { readonly clock: Clock };

const SAID = "post-said";
type Word = keyof (typeof messages)["vi"]["desk"]["said"];

export function deliveryDeskRoutes(site: FastifyInstance, deps: DeliveryDeskDeps): void {
  site.get(
    "/ho-so/:id/buu-chinh",
    forOfficer(deps.officerOf, async (officer, request, reply) =>
      show(deps, officer, request, reply, await dossierOf(deps, officer, request)),
    ),
  );
  site.post(
    "/ho-so/:id/buu-chinh",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "return-result");
      return act(deps, officer, request, reply, await dossierOf(deps, officer, request));
    }),
  );
  site.get(
    "/ho-so/:id/buu-chinh/:order",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const dossier = await dossierOf(deps, officer, request);
      const { order: name } = request.params as { order: string };
      const order = (await ordersOf(deps, dossier)).find(({ id }) => `${id}.pdf` === name);
      if (!order?.itemCode) throw new AppError("not-found", { message: "no label: the post has given no number" });
      return reply
        .type("application/pdf")
        .header("cache-control", "private, no-store")
        .header("content-disposition", `inline; filename="nhan-${order.itemCode}.pdf"`)
        .send(Buffer.from(await renderLabel(order, order.itemCode, dossier)));
    }),
  );
}

function ordersOf(deps: DeliveryDeskDeps, dossier: Dossier): Promise<DeliveryOrder[]> {
  return listOrdersOf(deps.database.forTenant(deps.tenant.code), dossier.id);
}

async function show(
  deps: DeliveryDeskDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  failed?: { readonly typed: TypedOrder; readonly errors: readonly PageError[] },
): Promise<FastifyReply> {
  const orders = await ordersOf(deps, dossier);
  const events = await listEventsOf(deps.database.forTenant(deps.tenant.code), dossier.id);
  const results = orders.filter(({ kind }) => kind === "result");
  const open = results.some(({ state }) => !isOrderOver(state));
  const [newest] = results;
  const lost = newest?.state === "lost" || newest?.state === "returned";
  const missing = dossier.state === "returned" && newest !== undefined && newest.state !== "delivered";
  const ready = decide(dossier, "return-result", "officer").ok || missing;
  const said = failed ? undefined : request.session.take<Word>(SAID);
  const page = dossierPostPage({
    shell: deps.shell,
    lang: request.lang,
    viewer: officer,
    dossier,
    orders,
    events,
    mayAct: mayDo(officer, "return-result"),
    maySend: ready && !open,
    typed: failed?.typed ?? {
      address: results[0]?.receiver.address ?? dossier.delivery?.receiveAddress ?? dossier.applicant.address ?? "",
      grams: String(results[0]?.grams ?? USUAL_GRAMS),
      pays: lost ? "agency" : "door",
      itemCode: "",
    },
    errors: failed?.errors ?? [],
    said: said ? messages[request.lang].desk.said[said] : undefined,
  });
  return sendPage(reply, page, failed ? 422 : 200);
}

async function act(
  deps: DeliveryDeskDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
): Promise<FastifyReply> {
  const form = formValues(request);
  const t = messages[request.lang].desk.errors;
  const typed: TypedOrder = {
    address: cleanText(formText(form, "dia-chi")).slice(0, 300),
    grams: formText(form, "gam").trim() || String(USUAL_GRAMS),
    pays: formText(form, "tra") || "door",
    itemCode: formText(form, "so-buu-gui").trim().toUpperCase().slice(0, 20),
  };
  const refuse = (field: string, message: string) =>
    show(deps, officer, request, reply, dossier, { typed, errors: [{ field, message }] });
  const done = (word: Word) => {
    request.session.set(SAID, word);
    return seeOther(reply, `/ho-so/${dossier.id}/buu-chinh`);
  };
  const what = formText(form, "viec");
  const actor = actorOf(officer);
  if (what === "ordered") {
    const grams = Number(typed.grams);
    if (!/^\d{1,5}$/.test(typed.grams) || grams < 1 || grams > 30_000) return refuse("gam", t.grams);
    const pays = typed.pays === "agency" || typed.pays === "hub" ? typed.pays : "door";
    const made = await orderAgain(deps, dossier, { grams, address: typed.address, pays, actor });
    if (made.ok) return done("ordered");
    return refuse(made.reason === "no-address" ? "dia-chi" : "gam", t[made.reason]);
  }
  const chosen = HAND_ACTS.find((one) => one === what);
  const asked = formText(form, "don");
  const order = isId(asked) ? (await ordersOf(deps, dossier)).find(({ id }) => id === asked) : undefined;
  if (!chosen || !order) throw new AppError("not-found", { message: "no such order of this dossier" });
  if (!handActs(order).includes(chosen)) return refuse(`don-${order.id}`, t.stale);
  const key = { tenant: deps.tenant.code, id: order.id, actor };
  if (chosen === "item-code") {
    if (!isItemCode(typed.itemCode)) return refuse("so-buu-gui", t.itemCode);
    const word = await typeItemCode(deps.database, { ...key, itemCode: typed.itemCode });
    if (word !== "kept") return refuse("so-buu-gui", word === "used" ? t.itemUsed : t.stale);
    return done(chosen);
  }
  const said = await change(deps, key, chosen);
  if (said) return done(said);
  const unpaid = chosen === "to-door" && dossier.feeState === "due";
  return refuse(`don-${order.id}`, unpaid ? t["not-ready"] : t.stale);
}

/** What was done, to be said; undefined: the order does not stand like that any more. */
async function change(
  deps: DeliveryDeskDeps,
  key: { readonly tenant: string; readonly id: string; readonly actor: ReturnType<typeof actorOf> },
  what: Exclude<HandAct, "item-code">,
): Promise<Word | undefined> {
  if (what === "cancelled") {
    const word = await cancelOrder(deps.database, key);
    return word === "stale" ? undefined : word === "asked" ? "cancel-asked" : "cancelled";
  }
  const changed =
    what === "to-door"
      ? await releaseOrder(deps.database, { ...key, toDoor: true })
      : await actByHand(deps.database, { ...key, what });
  return changed ? what : undefined;
}
