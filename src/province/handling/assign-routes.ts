/** "Nhận xử lý" and "Giao cho" from the dossier's own page; the list does the same to many. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther } from "#kit/http/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { assignDossier, inboxMessages, mayGive } from "#province/inbox/index.ts";
import { forOfficer, type Officer } from "#province/officers/index.ts";
import { versionOf } from "./act.ts";
import { dossierOf, type HandlingDeps, isHandledInParts } from "./handling.ts";
import { receiversOf } from "./receivers.ts";
import { sayNext, showRefusal } from "./show-dossier.ts";

export function assignRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  const give = async (
    acting: { readonly officer: Officer; readonly dossier: Dossier; readonly seen: number },
    to: { readonly id: string; readonly name: string },
    action: "claim" | "assign",
    request: FastifyRequest,
    reply: FastifyReply,
  ) => {
    const { officer, dossier, seen } = acting;
    if (isHandledInParts(dossier))
      return showRefusal(deps, officer, request, reply, { dossier, reason: "handled-in-parts", seen });
    const key = { tenant: deps.tenant.code, dossierId: dossier.id, version: seen };
    const given = await assignDossier(deps.database, { ...key, action, by: officer, to });
    if (!given) return showRefusal(deps, officer, request, reply, { dossier, reason: "conflict", seen });
    const t = inboxMessages[request.lang].bulk.done;
    sayNext(request, { tone: "success", text: action === "claim" ? t.claim : t.assign(to.name) });
    return seeOther(reply, `/ho-so/${dossier.id}`);
  };

  site.post(
    "/ho-so/:id/nhan-xu-ly",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireGiving(officer, "claim");
      const dossier = await dossierOf(deps, officer, request);
      const seen = versionOf(formValues(request));
      return give({ officer, dossier, seen }, officer, "claim", request, reply);
    }),
  );

  site.post(
    "/ho-so/:id/giao",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireGiving(officer, "assign");
      const dossier = await dossierOf(deps, officer, request);
      const form = formValues(request);
      const to = (await receiversOf(deps, dossier)).find((one) => one.id === formText(form, "can-bo"));
      if (!to) {
        sayNext(request, { tone: "warning", text: inboxMessages[request.lang].bulk.noTarget });
        return seeOther(reply, `/ho-so/${dossier.id}`);
      }
      return give({ officer, dossier, seen: versionOf(form) }, to, "assign", request, reply);
    }),
  );
}

function requireGiving(officer: Officer, action: "claim" | "assign"): void {
  if (!mayGive(officer, action))
    throw new AppError("forbidden", { reason: "role", message: `${officer.role} does not ${action}` });
}
