/** Actions with a page of their own: ending, forwarding. */
import type { FastifyInstance } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formText, seeOther, sendPage } from "#kit/http/index.ts";
import {
  checkReason,
  declineDossier,
  dossierMessages,
  forwardDossier,
  refuseDossier,
  stopDossier,
  type Dossier,
} from "#province/dossiers/index.ts";
import { agenciesInScope, forOfficer, listOfficers } from "#province/officers/index.ts";
import { inputOf, reread } from "./act.ts";
import { readActPost } from "./act-post.ts";
import { receiversOfAct } from "./desk-steps.ts";
import { dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
import { withSlip } from "./issue-slips.ts";
import { messages } from "./messages.ts";
import { type EndingAction, endingPage } from "./pages/ending-page.ts";
import { forwardPage } from "./pages/forward-page.ts";
import { sayNext, showFormAgain } from "./show-dossier.ts";

export function pagedRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  endingRoutes(site, deps);
  forwardRoutes(site, deps);
}

const ENDINGS = { decline: declineDossier, refuse: refuseDossier, stop: stopDossier } as const;

function endingOf(value: unknown): EndingAction {
  if (value === "decline" || value === "refuse" || value === "stop") return value;
  throw new AppError("not-found", { message: "no such ending" });
}

function endingRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  site.get(
    "/ho-so/:id/tu-choi",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const action = endingOf((request.query as Record<string, unknown>).viec);
      requireRole(officer, action);
      const dossier = await dossierOf(deps, officer, request);
      return sendPage(
        reply,
        endingPage({ shell: deps.shell, lang: request.lang, viewer: officer, dossier, action, reason: "", errors: [] }),
      );
    }),
  );

  site.post(
    "/ho-so/:id/tu-choi",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const dossier = await dossierOf(deps, officer, request);
      const { form, files, kept, errors: badFiles } = await readActPost(deps, request, dossier);
      const action = endingOf(formText(form, "viec"));
      requireRole(officer, action);
      const { lang } = request;
      const reason = formText(form, "reason");
      const page = { shell: deps.shell, lang, viewer: officer, action, reason, kept };
      const fault = checkReason(reason);
      if (fault || badFiles.length > 0) {
        const weak = fault ? [{ field: "reason", message: dossierMessages[lang].reasonFaults[fault] }] : [];
        return sendPage(reply, endingPage({ ...page, dossier, errors: [...weak, ...badFiles] }), 422);
      }
      const input = inputOf(deps, officer, dossier, form);
      const done = await ENDINGS[action](deps.database, { ...input, text: reason, files });
      if (!done.ok)
        return showFormAgain(deps, officer, request, reply, {
          dossier,
          reason: done.reason,
          seen: input.expectedVersion,
          action,
          field: "reason",
          kept: [{ label: messages[lang].ending.reason, text: reason }],
          form: (newest, errors, changed) => endingPage({ ...page, dossier: newest, errors, changed }),
        });
      const ended = await reread(deps, dossier);
      sayNext(request, await withSlip(deps, officer, request, ended, messages[lang].done[action]));
      return seeOther(reply, `/ho-so/${dossier.id}`);
    }),
  );
}

function forwardRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  /** Whoever may have the next step of the internal procedure; without one, specialists and leaders of the unit. */
  const receivers = async (dossier: Dossier) => {
    const next = await receiversOfAct(deps, dossier, "forward");
    if (next) return next;
    const agencyId = dossier.agency.id;
    const all = await listOfficers(deps.database, deps.tenant.code, ["specialist", "leader"]);
    return all
      .filter((one) => agenciesInScope(deps.tenant.agencies, one.agencyId).includes(agencyId))
      .sort((a, b) => Number(a.role === "leader") - Number(b.role === "leader"));
  };

  site.get(
    "/ho-so/:id/chuyen-thu-ly",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "forward");
      const dossier = await dossierOf(deps, officer, request);
      const officers = await receivers(dossier);
      const specialists = officers.filter((one) => one.role === "specialist");
      const only = officers.length === 1 ? officers : specialists;
      const typed = { to: only.length === 1 ? (only[0]?.id ?? "") : "", note: dossier.note ?? "" };
      return sendPage(
        reply,
        forwardPage({ shell: deps.shell, lang: request.lang, viewer: officer, dossier, officers, typed, errors: [] }),
      );
    }),
  );

  site.post(
    "/ho-so/:id/chuyen-thu-ly",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "forward");
      const dossier = await dossierOf(deps, officer, request);
      const { form, files, kept, errors: badFiles } = await readActPost(deps, request, dossier);
      const officers = await receivers(dossier);
      const typed = { to: formText(form, "to"), note: formText(form, "note") };
      const receiver = officers.find((one) => one.id === typed.to);
      const { lang } = request;
      const page = { shell: deps.shell, lang, viewer: officer, officers, typed, kept };
      if (!receiver || badFiles.length > 0) {
        const nobody = receiver ? [] : [{ field: "to", message: messages[lang].forwarding.nobody }];
        return sendPage(reply, forwardPage({ ...page, dossier, errors: [...nobody, ...badFiles] }), 422);
      }
      const to = {
        officer: { id: receiver.id, name: receiver.name },
        unit: { id: receiver.agencyId, name: receiver.unit },
      };
      const note = typed.note === "" ? {} : { note: typed.note };
      const input = inputOf(deps, officer, dossier, form);
      const done = await forwardDossier(deps.database, { ...input, to, ...note, files });
      if (!done.ok)
        return showFormAgain(deps, officer, request, reply, {
          dossier,
          reason: done.reason,
          seen: input.expectedVersion,
          action: "forward",
          field: "to",
          kept: [
            { label: messages[lang].forwarding.to, text: receiver.name },
            { label: messages[lang].forwarding.note, text: typed.note },
          ],
          form: (newest, errors, changed) => forwardPage({ ...page, dossier: newest, errors, changed }),
        });
      sayNext(request, { tone: "success", text: messages[lang].done.forward(receiver.name) });
      return seeOther(reply, `/ho-so/${dossier.id}`);
    }),
  );
}
