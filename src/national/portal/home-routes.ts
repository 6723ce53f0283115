import type { FastifyInstance, FastifyRequest } from "fastify";
import { sendPage } from "#kit/http/index.ts";
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
}
