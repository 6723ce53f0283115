import type { FastifyInstance } from "fastify";
import { sendPage } from "#kit/http/index.ts";
import { forOperator, operatorPage, operatorPaths } from "#national/operators/index.ts";
import { messages } from "./messages.ts";
import { unmatchedPage } from "./pages/unmatched-page.ts";
import type { PaymentHub } from "./payment.ts";
import { viewUnmatched } from "./unmatched-view.ts";

/** The operator's list of transfers that fit no payment. Nothing is decided here: the money is looked at by a person. */
export function unmatchedRoutes(site: FastifyInstance, hub: PaymentHub): void {
  site.get(
    operatorPaths.transfers,
    forOperator(hub.database, async (operator, request, reply) => {
      const { lang } = request;
      const { sau } = request.query as { sau?: unknown };
      const body = unmatchedPage({ lang, ...(await viewUnmatched(hub, typeof sau === "string" ? sau : undefined)) });
      const title = messages[lang].unmatchedTitle;
      const path = operatorPaths.transfers;
      return sendPage(reply, operatorPage({ lang, title, body, operator, path, current: "transfers", width: "full" }));
    }),
  );
}
