import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import { nationalPage } from "#national/portal/index.ts";
import { messages } from "./messages.ts";
import { transferPage } from "./pages/transfer-page.ts";
import { paymentPaths } from "./paths.ts";
import type { PaymentHub } from "./payment.ts";
import { viewTransfer } from "./transfer-view.ts";

/** The page that shows the QR code of one attempt; once the attempt is over, its result is the page to see. */
export function transferRoutes(site: FastifyInstance, hub: PaymentHub): void {
  site.get(
    "/thanh-toan/chuyen-khoan/:attempt",
    async (request: FastifyRequest<{ Params: { attempt: string } }>, reply) => {
      const { lang } = request;
      const { attempt } = request.params;
      const view = await viewTransfer(hub, attempt);
      if (!view) throw new AppError("not-found", { message: "no such transfer" });
      if (view === "over") return seeOther(reply, paymentPaths.result(attempt));
      const body = transferPage({ lang, ...view });
      const path = paymentPaths.transfer(attempt);
      return sendPage(reply, nationalPage({ lang, title: messages[lang].transferTitle, body, plain: true, path }));
    },
  );
}
