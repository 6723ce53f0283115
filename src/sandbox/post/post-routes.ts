import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isSignedNow, signBody } from "#kit/signed-body.ts";
import { EVENT_KINDS, isPostCancel, isPostOrder, type PostTracking } from "#protocols/post/index.ts";
import { obey } from "../obey.ts";
import type { SandboxShell } from "../shell/index.ts";
import { messages } from "../words/index.ts";
import { postPage } from "./pages/post-page.ts";
import { happen, type PostClient, type PostHouse, takeBack, takeOrder } from "./post-house.ts";

/**
 * `POST /buu-chinh/api/orders`, `/tracking` and `/cancellations` for agencies (signed both ways), `/buu-chinh` for whoever plays the post, and
 * `POST /buu-chinh/viec { item, kind }` for programs that do.
 */
export function postRoutes(site: FastifyInstance, house: PostHouse, shell: SandboxShell): void {
  const api = { config: { csrf: false, api: true } };
  site.post("/buu-chinh/api/orders", api, async (request, reply) => {
    const client = clientOf(house, request);
    const order = request.body;
    if (!isPostOrder(order)) throw new AppError("invalid", { message: "not an order" });
    return answer(
      reply,
      client,
      house,
      await obey(house.control, "post", reply, () => takeOrder(house, client.client, order)),
    );
  });
  site.post("/buu-chinh/api/tracking", api, async (request, reply) => {
    const client = clientOf(house, request);
    const reference = String((request.body as Record<string, unknown>)["reference"] ?? "");
    const found = await obey(house.control, "post", reply, (): PostTracking => {
      const item = house.book.ordered(client.client, reference);
      return item
        ? { reference, known: true, itemCode: item.itemCode, events: item.events }
        : { reference, known: false };
    });
    return answer(reply, client, house, found);
  });
  site.post("/buu-chinh/api/cancellations", api, async (request, reply) => {
    const client = clientOf(house, request);
    const wish = request.body;
    if (!isPostCancel(wish)) throw new AppError("invalid", { message: "not a cancellation" });
    const found = await obey(house.control, "post", reply, () => takeBack(house, client.client, wish.reference));
    return answer(reply, client, house, found);
  });
  site.get("/buu-chinh", async (request, reply) =>
    sendPage(
      reply,
      postPage({ shell, lang: request.lang, items: [...house.book.items.values()].reverse().slice(0, 50) }),
    ),
  );
  site.post("/buu-chinh/viec", { config: { csrf: false } }, async (request, reply) => {
    const isForm = String(request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
    const form = isForm ? formValues(request) : ((request.body ?? {}) as Record<string, string>);
    const kind = EVENT_KINDS.find((one) => one === formText(form, "kind"));
    if (!kind) throw new AppError("invalid", { details: { field: "kind" } });
    const note = kind === "delivery-failed" ? messages.vi.postAbsent : undefined;
    if (!happen(house, formText(form, "item"), kind, note))
      throw new AppError("not-found", { message: "no such item" });
    return isForm ? seeOther(reply, "/buu-chinh") : reply.code(201).send({ done: true });
  });
}

function clientOf(house: PostHouse, request: FastifyRequest): PostClient {
  const client = house.clients.find((one) => one.client === request.headers["x-client"]);
  const { "x-timestamp": timestamp, "x-signature": signature } = request.headers;
  const body = JSON.stringify(request.body ?? {});
  if (!client || !isSignedNow(client.key, body, { timestamp, signature }, house.clock.now()))
    throw new AppError("unauthenticated");
  return client;
}

/** Nothing when the connection was taken away. */
function answer(reply: FastifyReply, client: PostClient, house: PostHouse, value: object | undefined): FastifyReply {
  if (value === undefined) return reply;
  const body = JSON.stringify(value);
  return reply
    .headers({ ...signBody(client.key, body, house.clock.now()) })
    .type("application/json; charset=utf-8")
    .send(body);
}
