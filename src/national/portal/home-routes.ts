import type { FastifyInstance, FastifyRequest } from "fastify";
import { seeOther, sendPage } from "#kit/http/index.ts";
import type { Viewer } from "./national-page.ts";
import { homePage } from "./pages/home-page.ts";

export interface HomeDeps {
  readonly viewer: (request: FastifyRequest) => Promise<Viewer | undefined>;
  readonly provinces: readonly { readonly code: string; readonly name: string; readonly portal: string }[];
}

export function homeRoutes(site: FastifyInstance, deps: HomeDeps): void {
  site.get("/", async (request, reply) =>
    sendPage(reply, homePage({ lang: request.lang, viewer: await deps.viewer(request), provinces: deps.provinces })),
  );
  // The catalogues are the provinces'; the national search over all of them comes with the catalogue room.
  site.get<{ Querystring: Record<string, unknown> }>("/tim-kiem", async (request, reply) => {
    const province = deps.provinces.find((p) => p.code === request.query["tinh"]) ?? deps.provinces[0];
    const words = typeof request.query["q"] === "string" ? request.query["q"].slice(0, 200) : "";
    return seeOther(
      reply,
      province ? `${province.portal}/thu-tuc?${new URLSearchParams({ q: words }).toString()}` : "/",
    );
  });
}
