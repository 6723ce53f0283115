/** Slips that an officer asks for: by POST only, because reading a file must never issue one. */
import type { FastifyInstance } from "fastify";
import { seeOther } from "#kit/http/index.ts";
import { listHistory } from "#province/dossiers/index.ts";
import { forOfficer } from "#province/officers/index.ts";
import { dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
import { issueControlSlip, issueReceiptSlip } from "./issue-slips.ts";
import { messages } from "./messages.ts";
import { sayNext } from "./show-dossier.ts";

export function slipRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  /** The reception's slip again, when the process died between reception and slip. */
  site.post(
    "/ho-so/:id/phieu/tiep-nhan",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "receive");
      const dossier = await dossierOf(deps, officer, request);
      const slip = await issueReceiptSlip(deps, officer, dossier);
      return seeOther(reply, slip ? `/ho-so/${dossier.id}/phieu/${slip.id}.pdf` : `/ho-so/${dossier.id}`);
    }),
  );

  /** One for each stand of the dossier: asking again before anything happened gives the same slip. */
  site.post(
    "/ho-so/:id/phieu/kiem-soat",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "forward");
      const dossier = await dossierOf(deps, officer, request);
      const history = await listHistory(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id });
      const slip = dossier.code ? await issueControlSlip(deps, officer, dossier, history) : undefined;
      if (slip) return seeOther(reply, `/ho-so/${dossier.id}/phieu/${slip.id}.pdf`);
      sayNext(request, { tone: "danger", text: messages[request.lang].controlNotYet });
      return seeOther(reply, `/ho-so/${dossier.id}`);
    }),
  );
}
