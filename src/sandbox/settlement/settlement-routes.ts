import type { FastifyInstance } from "fastify";
import { isPlainDate } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { type SettledBooks, settledLines, type SettledProvider, settlementFile } from "./settlement-file.ts";

/** `GET /settlement/:provider/:day.csv`: the settlement file of a day, as the provider's books have it now. */
export function settlementRoutes(site: FastifyInstance, books: SettledBooks): void {
  site.get<{ Params: { provider: string; file: string } }>(
    "/settlement/:provider/:file",
    { config: { api: true } },
    async (request, reply) => {
      const { provider, file } = request.params;
      const day = file.endsWith(".csv") ? file.slice(0, -4) : "";
      if (!Object.hasOwn(books, provider) || !isPlainDate(day)) {
        throw new AppError("not-found", { message: "no such settlement file" });
      }
      const known = provider as SettledProvider;
      return reply
        .header("cache-control", "no-store")
        .type("text/csv; charset=utf-8")
        .send(settlementFile(known, settledLines(books, known), day));
    },
  );
}
