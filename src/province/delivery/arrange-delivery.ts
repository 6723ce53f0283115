/** From what the citizen chose when filing to an order of the public post. */
import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { openUnits, understandAddress, type UnitRegister } from "#kit/units/index.ts";
import { decide, type Dossier, findDossier, isOver, returnResult } from "#province/dossiers/index.ts";
import { postageOf, type PostZone, publicPostRules } from "#province/postage/index.ts";
import { agencyOf, type Tenant } from "#province/tenants/index.ts";
import { cancelOrder, putOrder, releaseOrder } from "./delivery-store.ts";
import { listOrdersOf } from "./delivery-view.ts";
import { isOrderOver } from "./order-lifecycle.ts";
import type { DeliveryOrder, OrderKind, Party, Payer } from "./order.ts";

export interface ArrangeDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly tenant: Tenant;
}

const SYSTEM = { kind: "system", name: "post" } as const;
type Actor = typeof SYSTEM | { readonly kind: "officer"; readonly id: string; readonly name: string };

/** A result with its cover; an officer who weighs it says more. */
export const USUAL_GRAMS = 100;
/** Days until unpaid postage is overdue. */
const DUE_DAYS = 30;

const POSTAGE_NAME = {
  vi: "Cước bưu chính chuyển trả kết quả",
  en: "Postage of the result",
} as const;

/**
 * Job `post-arrange`: whatever the dossier asks of the post now. Papers are fetched once it is filed, the result goes when
 * it is signed and nothing is owed; postage through the hub is asked for first, and only the letter waits for it: the
 * electronic result is returned at once. A dossier that ended without a result takes its orders back. Repeated, it changes
 * nothing.
 */
export async function arrangeDelivery(deps: ArrangeDeps, dossierId: string): Promise<void> {
  const tenant = deps.tenant.code;
  const dossier = await findDossier(deps.database, { tenant, dossierId });
  if (!dossier) return;
  const orders = await listOrdersOf(deps.database.forTenant(tenant), dossierId);
  const open = orders.filter(({ state }) => !isOrderOver(state));
  if (isOver(dossier.state) && dossier.state !== "returned") {
    for (const { id, cancel } of open) if (!cancel) await cancelOrder(deps.database, { tenant, id, actor: SYSTEM });
    return;
  }
  for (const { id, state } of open)
    if (state === "awaiting-postage") await releaseOrder(deps.database, { tenant, id, toDoor: false, actor: SYSTEM });
  if (!dossier.delivery) return;
  const of = (kind: OrderKind) => orders.filter((order) => order.kind === kind);
  if (dossier.delivery.handIn === "home" && of("papers").length === 0 && !isOver(dossier.state))
    await orderFor(deps, dossier, { kind: "papers", pays: "door", grams: USUAL_GRAMS, actor: SYSTEM });
  // Whoever signed may have returned it by the same press: it goes by post all the same.
  const signed = dossier.resultSigned && (dossier.state === "result-ready" || dossier.state === "returned");
  if (dossier.delivery.receive !== "home" || !signed) return;
  const pays = dossier.delivery.postage ?? "door";
  const held = pays === "door" && dossier.state !== "returned" && !decide(dossier, "return-result", "system").ok;
  if (of("result").length === 0 && !held)
    await orderFor(deps, dossier, { kind: "result", pays, grams: USUAL_GRAMS, actor: SYSTEM });
  if (pays === "hub") await returnElectronically(deps, dossier);
}

/** Nobody knows when postage is paid: the person has the electronic result meanwhile. */
async function returnElectronically(deps: ArrangeDeps, dossier: Dossier): Promise<void> {
  const { code: tenant } = deps.tenant;
  const orders = await listOrdersOf(deps.database.forTenant(tenant), dossier.id);
  const waits = orders.some(({ kind, state }) => kind === "result" && state === "awaiting-postage");
  if (!waits || !decide(dossier, "return-result", "system").ok) return;
  const done = await returnResult(deps.database, {
    tenant,
    dossierId: dossier.id,
    expectedVersion: dossier.version,
    actor: SYSTEM,
  });
  if (!done.ok && done.reason === "conflict") throw new Error("the dossier was changed meanwhile");
}

export type SendAgainRefusal = "no-address" | "not-ready" | "under-way" | "too-heavy";

/** A result goes (again) by an officer's order: the first one failed, or the person asks for it at the counter. */
export async function orderAgain(
  deps: ArrangeDeps,
  dossier: Dossier,
  input: {
    readonly grams: number;
    readonly address: string;
    readonly pays: Payer;
    readonly actor: Actor;
  },
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: SendAgainRefusal }> {
  if (input.address === "") return { ok: false, reason: "no-address" };
  const orders = await listOrdersOf(deps.database.forTenant(deps.tenant.code), dossier.id);
  if (orders.some((order) => order.kind === "result" && !isOrderOver(order.state)))
    return { ok: false, reason: "under-way" };
  if (dossier.state !== "returned" && !decide(dossier, "return-result", "system").ok)
    return { ok: false, reason: "not-ready" };
  const { address } = input;
  const changed = address !== dossier.delivery?.receiveAddress;
  const made = await orderFor(deps, dossier, { kind: "result", ...input, ...(changed ? { address } : {}) });
  return made ? { ok: true } : { ok: false, reason: "too-heavy" };
}

async function orderFor(
  deps: ArrangeDeps,
  dossier: Dossier,
  wish: {
    readonly kind: OrderKind;
    readonly pays: Payer;
    readonly grams: number;
    readonly actor: Actor;
    /** Another one than was given when filing. */
    readonly address?: string;
  },
): Promise<DeliveryOrder | undefined> {
  const units = await openUnits();
  const { delivery, applicant } = dossier;
  const [given, unit] =
    wish.kind === "papers"
      ? [delivery?.handInAddress, delivery?.handInUnit]
      : [delivery?.receiveAddress, delivery?.receiveUnit];
  const home = placeOf(units, wish.address ?? given ?? applicant.address ?? "", wish.address ? undefined : unit);
  const office = officeOf(units, deps.tenant, dossier);
  const price = postageOf(publicPostRules(), {
    on: plainDateOf(deps.clock.now()),
    zone: zoneOf(home, office),
    grams: wish.grams,
  });
  if (!price) return undefined;
  const person: Party = { name: applicant.name, ...(applicant.phone ? { phone: applicant.phone } : {}), ...home.party };
  const agency: Party = { name: dossier.agency.name, ...office.phone, ...office.party };
  const papers = wish.kind === "papers";
  return putOrder(deps.database, {
    tenant: deps.tenant.code,
    dossierId: dossier.id,
    kind: wish.kind,
    sender: papers ? person : agency,
    receiver: papers ? agency : person,
    grams: wish.grams,
    postage: price.amount,
    basis: price.basis,
    pays: wish.pays,
    due: { name: POSTAGE_NAME, at: new Date(deps.clock.now().getTime() + DUE_DAYS * 86_400_000) },
    actor: wish.actor,
  });
}

interface Place {
  readonly party: Pick<Party, "address" | "addressToday">;
  /** Statistics code of the province as it is today; undefined when nobody can tell. */
  readonly province: string | undefined;
}

/**
 * An address as the post needs it: as written, and as the place is called today. The units chosen from lists count; one
 * that was typed is read.
 */
export function placeOf(
  units: UnitRegister,
  address: string,
  unit: { readonly system: "three-level" | "two-level"; readonly code: string } | undefined,
): Place {
  const read = understandAddress(units, address);
  const found = unit ? units.findUnit(unit.system, unit.code) : (read?.commune ?? read?.district ?? read?.province);
  const today = !found ? [] : found.system === "two-level" ? [found] : units.mapUnit(found.code).map((one) => one);
  const [one] = today;
  // A unit that was divided is called by its old name: nobody knows which part the house lies in.
  const path = one && today.length === 1 ? units.unitPath("two-level", one.code).map(({ name }) => name) : [];
  const now = [read?.detail ?? "", ...path].filter(Boolean).join(", ");
  const old = found?.system === "three-level" && path.length > 0 && now !== address;
  return {
    party: { address: address || "-", ...(old ? { addressToday: now } : {}) },
    province: one ? units.unitPath("two-level", one.code).at(-1)?.code : undefined,
  };
}

function officeOf(units: UnitRegister, tenant: Tenant, dossier: Dossier): Place & { phone: { phone?: string } } {
  const agency = agencyOf(tenant, dossier.agency.id);
  const system = tenant.era.levels.includes("district") ? "three-level" : "two-level";
  const code = agency?.gso ?? tenant.gso;
  const line = units
    .unitPath(system, code)
    .map(({ name }) => name)
    .join(", ");
  const phone = (agency?.phone ?? tenant.contacts[0]?.phone ?? "").replace(/\D/g, "");
  const place = placeOf(units, line, { system, code });
  return { ...place, phone: /^\d{8,15}$/.test(phone) ? { phone } : {} };
}

/** Unknown places are far: the post weighs and measures again. */
function zoneOf(a: Place, b: Place): PostZone {
  return a.province !== undefined && a.province === b.province ? "province" : "country";
}
