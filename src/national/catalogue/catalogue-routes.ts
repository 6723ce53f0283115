import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import type { Html } from "#kit/html.ts";
import { sendPage } from "#kit/http/index.ts";
import { messages } from "./messages.ts";
import { searchPage } from "./pages/search-page.ts";
import { readCursor, searchPath } from "./paths.ts";
import { searchCatalogues } from "./search-catalogues.ts";

export type CatalogueDeps = {
  readonly database: Database;
  readonly provinces: readonly { readonly code: string; readonly name: string; readonly portal: string }[];
  /** The national portal's shell around a page. */
  page(
    request: FastifyRequest,
    content: { readonly title: string; readonly description: string; readonly path: string; readonly body: Html },
  ): Promise<Html>;
};

export function catalogueRoutes(site: FastifyInstance, deps: CatalogueDeps): void {
  const { database, provinces } = deps;
  site.get<{ Querystring: Record<string, unknown> }>("/tim-kiem", async (request, reply) => {
    const { lang, query } = request;
    const words = typeof query["q"] === "string" ? query["q"].normalize("NFC").trim().slice(0, 200) : "";
    const province = provinces.find(({ code }) => code === query["tinh"])?.code;
    const after = readCursor(query["sau"]);
    const found = await searchCatalogues(database, {
      words,
      ...(province === undefined ? {} : { province }),
      ...(after === undefined ? {} : { after }),
    });
    const t = messages[lang];
    const body = searchPage({ lang, words, province, later: after !== undefined, found, provinces });
    const path = searchPath({ words, province, ...(after ? { after } : {}) });
    const title = words === "" ? t.title : `${words} – ${t.title}`;
    return sendPage(reply, await deps.page(request, { title, description: t.description, path, body }));
  });
}
