/** `/buoc`: the steps of internal procedures that wait for an officer, whichever dossiers they belong to. */
import type { FastifyInstance } from "fastify";
import { sendPage } from "#kit/http/index.ts";
import { forOfficer } from "#province/officers/index.ts";
import { listWaitingSteps } from "#province/steps/index.ts";
import { type InboxDeps, lookingOf } from "./looking.ts";
import { stepListPage } from "./pages/step-list-page.ts";

export function stepListRoutes(site: FastifyInstance, deps: InboxDeps): void {
  site.get(
    "/buoc",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { owner, moments } = await lookingOf(deps, officer);
      const after = (request.query as Record<string, unknown>).sau;
      const db = deps.database.forTenant(deps.tenant.code);
      const { rows, next } = await listWaitingSteps(db, owner, typeof after === "string" ? after : undefined);
      const page = { shell: deps.shell, lang: request.lang, viewer: officer, rows, next, now: moments.now };
      return sendPage(reply, stepListPage(page));
    }),
  );
}
