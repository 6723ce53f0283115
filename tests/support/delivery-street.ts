/** A desk, a portal and a public post in one process, for the tests of the delivery room. */
import assert from "node:assert/strict";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { createSite } from "#kit/http/index.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { signBody } from "#kit/signed-body.ts";
import type { PostEventKind, PostNotice, PostOrder, PublicPost } from "#protocols/post/index.ts";
import { type Delivery, findDossier, listHistory, signResult } from "#province/dossiers/index.ts";
import { aDossierAtTheDesk, deskExample } from "#province/handling/desk-example.ts";
import { findTenant } from "#province/tenants/index.ts";
import { type TestDatabase, withAdmin } from "./database.ts";
import { listOrdersOf } from "#province/delivery/delivery-view.ts";
import { deliveryJobs } from "#province/delivery/delivery-jobs.ts";
import { deliveryDeskRoutes, deliveryPortalRoutes, postEventRoutes, postListRoutes } from "#province/delivery/index.ts";

export const tenant = "tayninh";
export const KEY = "key-of-the-public-post";
const PORTAL = "http://localhost:8082";
export const DESK = "http://localhost:8083";
export const clock = { now: () => new Date() };
const log = createLog("test");

export const HOME: Delivery = {
  handIn: "online",
  receive: "home",
  receiveAddress: "12 Đường 30 Tháng 4, Phường 1, Thành phố Tây Ninh, Tỉnh Tây Ninh",
};

/** A post in this process: it knows an order by its reference. */
function aPost() {
  const orders: PostOrder[] = [];
  const cancelled: string[] = [];
  let mood: "well" | "down" | "cut" | "refusing" | "under-way" = "well";
  const codeOf = (reference: string) =>
    `RC${String(orders.findIndex((order) => order.reference === reference) + 1).padStart(9, "0")}VN`;
  const post: PublicPost = {
    order: async (order) => {
      if (mood === "down") throw new AppError("unavailable", { reason: "public-post" });
      if (mood === "refusing") return { reference: order.reference, accepted: false, reason: "Không phục vụ nơi này" };
      if (!orders.some(({ reference }) => reference === order.reference)) orders.push(order);
      if (mood === "cut") throw new AppError("unavailable", { reason: "public-post" });
      return { reference: order.reference, accepted: true, itemCode: codeOf(order.reference) };
    },
    cancel: async (reference) => {
      if (mood === "down") throw new AppError("unavailable", { reason: "public-post" });
      if (mood === "under-way") return { reference, cancelled: false, reason: "Bưu tá đã nhận bưu gửi" };
      cancelled.push(reference);
      if (mood === "cut") throw new AppError("unavailable", { reason: "public-post" });
      return { reference, cancelled: true };
    },
    track: async (reference) => ({
      reference,
      known: true,
      itemCode: codeOf(reference),
      events: [eventOf(codeOf(reference), 1, "accepted"), eventOf(codeOf(reference), 2, "collected")],
    }),
  };
  return { post, orders, cancelled, feels: (now: typeof mood) => (mood = now) };
}

function eventOf(itemCode: string, sequence: number, kind: PostEventKind, note?: string): PostNotice["event"] {
  const at = new Date(Date.UTC(2026, 10, 22, 2, sequence)).toISOString();
  return { id: `${itemCode}-${sequence}`, sequence, kind, at, place: "Bưu cục Tây Ninh", ...(note ? { note } : {}) };
}

export async function aStreet(database: Database, place: TestDatabase) {
  const house = aPost();
  const desk = await deskExample(database, { clock });
  deliveryDeskRoutes(desk.site, { ...desk.handling, clock });
  postListRoutes(desk.site, { ...desk.handling, clock });
  const portal = await createSite({
    name: "portal",
    origin: PORTAL,
    cookie: "test",
    database,
    log,
    failurePage: () => {
      throw new Error("not for people");
    },
  });
  postEventRoutes(portal, { database, tenant, clock, key: KEY });
  deliveryPortalRoutes(portal, {
    database,
    tenant: findTenant(tenant),
    person: ({ headers }) =>
      headers["x-person"] ? { sub: String(headers["x-person"]), name: "Nguyễn Văn An" } : undefined,
    signInPath: () => "/dang-nhap",
  });
  const jobs = deliveryJobs({
    database,
    clock,
    log,
    provinces: [{ tenant: findTenant(tenant), post: house.post }],
    quietSeconds: 0,
  });
  const worker = createWorker({ database, log, handlers: jobs.handlers });
  const db = database.forTenant(tenant);
  const street = {
    ...house,
    desk,
    db,
    work: () => worker.drain(),
    sweep: () => jobs.periodic[0]?.run(),
    orders: house.orders,
    ordersOf: (id: string) => listOrdersOf(db, id),
    /** Files at the desk's unit, and signs a result. */
    signed: async (delivery: Delivery) => {
      const { id } = await aDossierAtTheDesk(database, desk.files, { delivery });
      await withAdmin(place, (client) =>
        client.query(
          `update dossier set state = 'processing', code = '000.20.31.H53-261122-' || lpad((number % 10000)::text, 4, '0'),
             received_at = now(), due_at = now() + interval '3 days', result_id = gen_random_uuid()::text where id = $1`,
          [id],
        ),
      );
      const dossier = await findDossier(database, { tenant, dossierId: id });
      const done = await signResult(database, {
        tenant,
        dossierId: id,
        expectedVersion: dossier?.version ?? -1,
        actor: { kind: "officer", id: "o1", name: "Đỗ Hữu Phước" },
        file: { sha256: "a".repeat(64), size: 10, name: "ket-qua.pdf", mediaType: "application/pdf" },
      });
      assert.ok(done.ok, JSON.stringify(done));
      return id;
    },
    tell: async (orderId: string, sequence: number, kind: PostEventKind, key = KEY, note?: string) => {
      const itemCode =
        (await listOrdersOf(db, (await orderDossier(orderId)) ?? orderId))[0]?.itemCode ?? "RC000000001VN";
      const body = JSON.stringify({ reference: orderId, itemCode, event: eventOf(itemCode, sequence, kind, note) });
      const headers = { "content-type": "application/json", ...signBody(key, body, clock.now()) };
      return portal.inject({ method: "POST", url: "/buu-chinh/su-kien", headers, payload: body });
    },
    actions: async (id: string) =>
      (await listHistory(database, { tenant, dossierId: id }))
        .map(({ action }) => action)
        .filter((a) => /post|papers/.test(a)),
    /** The person of this sub presses "pay the courier instead". */
    payAtDoor: (sub: string, dossierId: string, order: string) =>
      portal.inject({
        method: "POST",
        url: `/ho-so/${dossierId}/buu-chinh`,
        headers: {
          "x-person": sub,
          accept: "application/json",
          origin: PORTAL,
          "content-type": "application/x-www-form-urlencoded",
        },
        payload: new URLSearchParams({ don: order }).toString(),
      }),
    /** Every job that waits for its next try is due. */
    hurry: () =>
      withAdmin(place, (client) =>
        client.query("update job set run_at = now() where done_at is null and failed_at is null"),
      ),
    act: async (cookie: string, id: string, values: Record<string, string>) =>
      desk.site.inject({
        method: "POST",
        url: `/ho-so/${id}/buu-chinh`,
        headers: { cookie, origin: DESK, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams(values).toString(),
      }),
    state: async (id: string) => (await findDossier(database, { tenant, dossierId: id }))?.state,
  };
  const orderDossier = async (orderId: string) =>
    withAdmin(place, async (client) => {
      const { rows } = await client.query<{ dossier_id: string }>("select dossier_id from post_order where id = $1", [
        orderId,
      ]);
      return rows[0]?.dossier_id;
    });
  return street;
}
