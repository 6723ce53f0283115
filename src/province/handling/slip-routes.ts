/** Slips that an officer asks for: by POST only, because reading a file must never issue one. */
import type { FastifyInstance } from "fastify";
import { formText, formValues, seeOther } from "#kit/http/index.ts";
import { listHistory } from "#province/dossiers/index.ts";
import { forOfficer } from "#province/officers/index.ts";
import { listSlips, SLIP_NAMES } from "#province/slips/index.ts";
import { dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
import { issueControlSlip, issueOwedSlip } from "./issue-slips.ts";
import { messages } from "./messages.ts";
import { missingSlips } from "./owed-slips.ts";
import { sayNext } from "./show-dossier.ts";

export function slipRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  /** A slip that could not be made with its act, again. */
  site.post(
    "/ho-so/:id/phieu/lap-lai",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "request-supplement");
      const dossier = await dossierOf(deps, officer, request);
      const db = deps.database.forTenant(deps.tenant.code);
      const key = { tenant: deps.tenant.code, dossierId: dossier.id };
      const [history, slips] = await Promise.all([listHistory(deps.database, key), listSlips(db, dossier.id)]);
      const seq = formText(formValues(request), "viec");
      const missing = missingSlips(history, slips).find(({ entry }) => String(entry.seq) === seq);
      const { lang } = request;
      if (missing) {
        const name = SLIP_NAMES[missing.kind][lang];
        try {
          await issueOwedSlip(deps, officer, dossier, missing.entry);
          sayNext(request, { tone: "success", text: messages[lang].slipMade(name) });
        } catch (error) {
          request.log.error({ err: error, dossier: dossier.id, slip: missing.kind }, "slip not made");
          sayNext(request, { tone: "warning", text: messages[lang].slipNotMade(name) });
        }
      }
      return seeOther(reply, `/ho-so/${dossier.id}`);
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
