import type { FastifyInstance } from "fastify";
import { obey } from "../obey.ts";
import { type WalletDeps, walletRoutes } from "../wallet/index.ts";
import {
  createOrder,
  queryOrder,
  queryRefund,
  refundOrder,
  type ZalopayAnswer,
  type ZalopayGateway,
} from "./zalopay-gateway.ts";

const CALLS = { create: createOrder, query: queryOrder, refund: refundOrder, query_refund: queryRefund } as const;

export function zalopayRoutes(site: FastifyInstance, deps: WalletDeps & { readonly gateway: ZalopayGateway }): void {
  const { gateway, control } = deps;
  for (const [name, call] of Object.entries(CALLS)) {
    site.post(`/zalopay/v2/${name}`, { config: { csrf: false, api: true } }, async (request, reply) => {
      const body = (request.body ?? {}) as Record<string, unknown>;
      const answer = await obey<ZalopayAnswer>(control, "zalopay", reply, () => call(gateway, body));
      return answer ? reply.send(answer) : reply;
    });
  }
  walletRoutes(site, deps);
}
