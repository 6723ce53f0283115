/** Comments of ratings at the desk: read by the one-stop unit, decided by a leader. */
import type { FastifyInstance } from "fastify";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forOfficer, type Officer, type OfficerOf } from "#province/officers/index.ts";
import { messages } from "./messages.ts";
import { deskRatingsPage } from "./pages/rating-pages.ts";
import { moderateRating } from "./rate-dossier.ts";
import { listCommented } from "./rating-view.ts";

export interface RatingDeskDeps {
  readonly database: Database;
  readonly tenant: { readonly code: string };
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
}

const WAITING_SHOWN = 100;
const DECIDED_SHOWN = 50;

export function ratingDeskRoutes(site: FastifyInstance, deps: RatingDeskDeps): void {
  const db = deps.database.forTenant(deps.tenant.code);
  site.get(
    "/danh-gia",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireOneOf(officer, ["one-stop", "leader"]);
      const { lang } = request;
      const [waiting, decided] = await Promise.all([
        listCommented(db, ["waiting"], WAITING_SHOWN),
        listCommented(db, ["shown", "hidden"], DECIDED_SHOWN),
      ]);
      const body = deskRatingsPage(lang, waiting, decided, officer.role === "leader");
      const title = messages[lang].deskTitle;
      return sendPage(reply, deps.shell({ lang, title, viewer: officer, path: "/danh-gia", width: "narrow", body }));
    }),
  );
  site.post(
    "/danh-gia/:id",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireOneOf(officer, ["leader"]);
      const { id } = request.params as { id: string };
      const shown = formText(formValues(request), "viec") === "dang";
      const verdict = { shown, officerId: officer.id };
      if (!isId(id) || !(await moderateRating(deps.database, deps.tenant.code, id, verdict)))
        throw new AppError("not-found", { message: "no such comment" });
      return seeOther(reply, "/danh-gia");
    }),
  );
}

function requireOneOf(officer: Officer, roles: readonly Officer["role"][]): void {
  if (!roles.includes(officer.role)) throw new AppError("forbidden", { reason: "role" });
}
