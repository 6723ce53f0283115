import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { crashPoint } from "#kit/crash-points.ts";
import { AppError } from "#kit/errors.ts";
import { createThrottle, networkOf } from "#kit/http/index.ts";
import { answerPlatform } from "./answer-platform.ts";
import type { PaymentHub } from "./payment.ts";
import type { CallbackInput, CallbackVerdict, PaymentProvider } from "./providers/provider.ts";
import { receiveCallback } from "./receive-callback.ts";

/**
 * Calls from one network. Ten times what the whole country needs in its worst hour passes; what is not believed (forged,
 * another's, unreadable) is dear: after a hundred a minute nothing of that network is read any more for a while.
 */
interface CallLimits {
  readonly perSecond: number;
  readonly disbelievedPerMinute: number;
}

const LIMITS: CallLimits = { perSecond: 500, disbelievedPerMinute: 100 };
const SIZE_MAX = 20_000;

/** For programs: merchants' messages and providers' callbacks. They bring their own signature, so no browser check. */
export function platformRoutes(site: FastifyInstance, hub: PaymentHub, limits: CallLimits = LIMITS): void {
  const config = { csrf: false, api: true };
  const calls = createThrottle({ turns: limits.perSecond * 4, seconds: 4 });
  const disbelieved = createThrottle({ turns: limits.disbelievedPerMinute, seconds: 60 });
  // Before the body is read.
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    const network = networkOf(request);
    if (disbelieved.wait(network) > 0) throw new AppError("too-many", { reason: "throttled" });
    calls.take(network);
    if (request.url.length > SIZE_MAX) throw new AppError("too-large");
  };
  const answer = async (
    provider: PaymentProvider,
    input: CallbackInput,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const verdict = await hear(hub, provider, input);
    if (verdict === "untrusted") disbelieved.take(networkOf(request));
    const { status, body } = provider.answerCallback(verdict);
    return body ? reply.code(status).send(body) : reply.code(status).send();
  };
  site.post("/nen-tang/thanh-toan", { config, bodyLimit: 100_000, onRequest }, async (request, reply) => {
    const bearer = /^Bearer (.{1,500})$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const { status, body } = await answerPlatform(hub, bearer, request.body);
    if (status === 401) disbelieved.take(networkOf(request));
    return reply.code(status).send(body);
  });
  for (const id of ["momo", "zalopay", "vnpt-pay"]) {
    const provider = hub.providers.find(id);
    if (!provider) continue;
    site.post(`/thanh-toan/ipn/${id}`, { config, bodyLimit: SIZE_MAX, onRequest }, async (request, reply) =>
      answer(provider, { query: {}, body: request.body }, request, reply),
    );
  }
  site.get("/thanh-toan/ipn/vnpay", { config, onRequest }, async (request, reply) =>
    answer(hub.providers.get("vnpay"), { query: textsOf(request.query), body: null }, request, reply),
  );
}

async function hear(hub: PaymentHub, provider: PaymentProvider, input: CallbackInput): Promise<CallbackVerdict> {
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
  return verdict;
}

/** The query's texts; a name that comes twice is kept out, because no signature covers which one was meant. */
function textsOf(query: unknown): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (typeof value === "string" && value.length <= 2_000) out[name] = value;
  }
  return out;
}
