import type { FastifyInstance, FastifyReply } from "fastify";
import { crashPoint } from "#kit/crash-points.ts";
import { answerPlatform } from "./answer-platform.ts";
import type { PaymentHub } from "./payment.ts";
import type { CallbackInput, CallbackVerdict, PaymentProvider } from "./providers/provider.ts";
import { receiveCallback } from "./receive-callback.ts";

/** For programs: merchants' messages and providers' callbacks. They bring their own signature, so no browser check. */
export function platformRoutes(site: FastifyInstance, hub: PaymentHub): void {
  const config = { csrf: false, api: true };
  site.post("/nen-tang/thanh-toan", { config, bodyLimit: 100_000 }, async (request, reply) => {
    const bearer = /^Bearer (.{1,500})$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const { status, body } = await answerPlatform(hub, bearer, request.body);
    return reply.code(status).send(body);
  });
  for (const id of ["momo", "zalopay", "vnpt-pay"]) {
    const provider = hub.providers.find(id);
    if (!provider) continue;
    site.post(`/thanh-toan/ipn/${id}`, { config, bodyLimit: 20_000 }, async (request, reply) =>
      answer(hub, provider, { query: {}, body: request.body }, reply),
    );
  }
  site.get("/thanh-toan/ipn/vnpay", { config }, async (request, reply) =>
    answer(hub, hub.providers.get("vnpay"), { query: textsOf(request.query), body: null }, reply),
  );
}

async function answer(
  hub: PaymentHub,
  provider: PaymentProvider,
  input: CallbackInput,
  reply: FastifyReply,
): Promise<FastifyReply> {
  let verdict: CallbackVerdict;
  try {
    verdict = await receiveCallback(hub, provider, input);
  } catch (error) {
    // The provider must hear its own word for trouble, so that it comes again.
    hub.log.error({ err: error, provider: provider.id }, "callback could not be handled");
    verdict = "trouble";
  }
  // F7: everything is committed, the provider has not heard "00".
  crashPoint("F7", provider.id);
  const { status, body } = provider.answerCallback(verdict);
  return body ? reply.code(status).send(body) : reply.code(status).send();
}

/** The query's texts; a name that comes twice is kept out, because no signature covers which one was meant. */
function textsOf(query: unknown): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (typeof value === "string" && value.length <= 2_000) out[name] = value;
  }
  return out;
}
