import type { FastifyInstance } from "fastify";
import { sendPage } from "#kit/http/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { ADMIN_HOME, forAdministrator, type OfficerOf } from "#province/officers/index.ts";
import { adminFramed } from "./pages/frame.ts";
import { landingPage } from "./pages/landing-page.ts";

/** `/quan-tri` on the desk; the pages below it are their rooms'. */
export function adminRoutes(
  site: FastifyInstance,
  deps: { readonly shell: DeskShell; readonly officerOf: OfficerOf },
): void {
  site.get(
    ADMIN_HOME,
    forAdministrator(deps.officerOf, async (officer, request, reply) =>
      sendPage(reply, landingPage(adminFramed(deps.shell, officer, request))),
    ),
  );
}
