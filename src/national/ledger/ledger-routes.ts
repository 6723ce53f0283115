import type { FastifyInstance } from "fastify";
import { formatDate, isPlainDate, plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { sendPage } from "#kit/http/index.ts";
import { forOperator, operatorPage, operatorPaths } from "#national/operators/index.ts";
import { checkLedger, listBalances } from "./ledger-view.ts";
import { messages } from "./messages.ts";
import { balancePage } from "./pages/balance-page.ts";
import { takingsPage } from "./pages/takings-page.ts";
import { getTakings } from "./takings-view.ts";

export interface LedgerDeps {
  readonly database: Database;
  readonly clock?: Clock;
  readonly merchantName: (code: string) => string;
  readonly providerName: (id: string) => string;
}

/** Takings of a day and the trial balance, for operators. */
export function ledgerRoutes(site: FastifyInstance, deps: LedgerDeps): void {
  const { database, merchantName, providerName } = deps;
  const clock = deps.clock ?? systemClock;

  site.get(
    operatorPaths.home,
    forOperator(database, async (operator, request, reply) => {
      const { lang } = request;
      const t = messages[lang];
      const today = plainDateOf(clock.now());
      const given = (request.query as Record<string, unknown>)["ngay"];
      const typed = typeof given === "string" ? given.trim().slice(0, 20) : formatDate(today);
      const day = readDay(typed);
      const body = takingsPage({
        lang,
        day: day ?? today,
        typed,
        errors: day ? [] : [{ field: "ngay", message: t.dayWrong }],
        takings: await getTakings(database, day ?? today),
        merchantName,
        providerName,
      });
      const page = {
        lang,
        title: t.takingsTitle,
        body,
        operator,
        current: "takings",
        path: operatorPaths.home,
      } as const;
      return sendPage(reply, operatorPage({ ...page, failed: !day }), day ? 200 : 422);
    }),
  );

  site.get(
    operatorPaths.trialBalance,
    forOperator(database, async (operator, request, reply) => {
      const { lang } = request;
      const [balances, check] = await Promise.all([listBalances(database), checkLedger(database)]);
      const body = balancePage({ lang, balances, check, owners: { providerName, merchantName } });
      const title = messages[lang].balanceTitle;
      const path = operatorPaths.trialBalance;
      return sendPage(reply, operatorPage({ lang, title, body, operator, current: "trialBalance", path }));
    }),
  );
}

/** `22/07/2020` or `2020-07-22`. */
function readDay(text: string): string | undefined {
  const local = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const day = local ? `${local[3]}-${local[2]?.padStart(2, "0")}-${local[1]?.padStart(2, "0")}` : text;
  return isPlainDate(day) ? day : undefined;
}
