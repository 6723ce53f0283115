import type { FastifyInstance } from "fastify";
import { AppError } from "#kit/errors.ts";
import { obey } from "../obey.ts";
import { type WalletDeps, walletRoutes } from "../wallet/index.ts";
import { answerPlatformCall, type VnptPayGateway } from "./vnpt-pay-gateway.ts";

export function vnptPayRoutes(site: FastifyInstance, deps: WalletDeps & { readonly gateway: VnptPayGateway }): void {
  const { gateway, control } = deps;
  site.post("/vnpt-pay/api", { config: { csrf: false, api: true } }, async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${gateway.house.merchant.token}`) {
      throw new AppError("unauthenticated", { message: "the merchant's token is wrong" });
    }
    const body = (request.body ?? {}) as Record<string, unknown>;
    const answer = await obey(control, "vnpt-pay", reply, () => answerPlatformCall(gateway, body));
    return answer ? reply.send(answer) : reply;
  });
  walletRoutes(site, deps);
}
