import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { seeOther } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import { paymentPaths } from "./paths.ts";

type Back = FastifyRequest<{ Querystring: { MaThamChieu?: string } }>;

/**
 * A wallet that sends every payer back to one address, with the order's name in it. It proves nothing: it only leads to
 * the attempt's own page, which asks the wallet.
 */
export function returnRoutes(site: FastifyInstance): void {
  site.get("/thanh-toan/tra-ve/vnpt-pay", async (request: Back, reply) => {
    const hex = request.query.MaThamChieu ?? "";
    const id = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(hex)?.slice(1).join("-");
    if (!isId(id)) throw new AppError("not-found", { message: "no such attempt" });
    return seeOther(reply, paymentPaths.result(id));
  });
}
