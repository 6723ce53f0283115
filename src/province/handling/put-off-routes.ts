/** "Xin lỗi và hẹn lại ngày trả kết quả": the answer is put off, once, and the citizen gets the slip. */
import type { FastifyInstance } from "fastify";
import { formText, seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import {
  checkReason,
  type Dossier,
  dossierMessages,
  mayRescheduleUntil,
  RESCHEDULE_DAYS_MAX,
  refusalText,
  rescheduleDossier,
} from "#province/dossiers/index.ts";
import { forOfficer, type Officer } from "#province/officers/index.ts";
import { inputOf, reread } from "./act.ts";
import { readActPost } from "./act-post.ts";
import { clockOf, dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
import { withSlip } from "./issue-slips.ts";
import { putOffPage, type TypedPutOff } from "./pages/put-off-page.ts";
import { putOffMessages } from "./put-off-messages.ts";
import { sayNext, showFormAgain } from "./show-dossier.ts";

export function putOffRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  const lateness = (officer: Officer, dossier: Dossier) => {
    const late = dossier.dueAt !== null && clockOf(deps).now() > mayRescheduleUntil(dossier.dueAt);
    return late ? (officer.role === "leader" ? "leader-decides" : "too-late") : "in-time";
  };

  site.get(
    "/ho-so/:id/gia-han",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "reschedule");
      const dossier = await dossierOf(deps, officer, request);
      const page = { shell: deps.shell, lang: request.lang, viewer: officer, dossier };
      const typed = { days: "", reason: "", lateReason: "" };
      return sendPage(reply, putOffPage({ ...page, lateness: lateness(officer, dossier), typed, errors: [] }));
    }),
  );

  site.post(
    "/ho-so/:id/gia-han",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "reschedule");
      const dossier = await dossierOf(deps, officer, request);
      const { form, files, kept, errors: badFiles } = await readActPost(deps, request, dossier);
      const { lang } = request;
      const typed: TypedPutOff = {
        days: formText(form, "days"),
        reason: formText(form, "reason"),
        lateReason: formText(form, "lateReason"),
      };
      const late = lateness(officer, dossier);
      const errors = [...check(typed, late === "leader-decides", lang), ...badFiles];
      if (errors.length > 0) {
        const page = { shell: deps.shell, lang, viewer: officer, dossier, kept };
        return sendPage(reply, putOffPage({ ...page, lateness: late, typed, errors }), 422);
      }
      const input = {
        ...inputOf(deps, officer, dossier, form),
        days: Number(typed.days),
        reason: typed.reason,
        files,
        // Only a leader's reason counts: others are told that it is too late.
        ...(late === "leader-decides" ? { lateReason: typed.lateReason } : {}),
      };
      const done = await rescheduleDossier(deps.database, input, clockOf(deps));
      if (!done.ok)
        return showFormAgain(deps, officer, request, reply, {
          dossier,
          reason: done.reason,
          seen: input.expectedVersion,
          action: "reschedule",
          field: "days",
          kept: keptOf(typed, lang),
          form: (newest, problems, changed) =>
            putOffPage({
              shell: deps.shell,
              lang,
              viewer: officer,
              dossier: newest,
              lateness: lateness(officer, newest),
              typed,
              kept,
              errors: problems,
              changed,
            }),
        });
      const now = await reread(deps, dossier);
      sayNext(request, await withSlip(deps, officer, request, now, putOffMessages[lang].done(done.dueAt)));
      return seeOther(reply, `/ho-so/${dossier.id}`);
    }),
  );
}

function keptOf(typed: TypedPutOff, lang: "vi" | "en") {
  const t = putOffMessages[lang];
  return [
    { label: t.days, text: typed.days },
    { label: t.reason, text: typed.reason },
    { label: t.lateReason, text: typed.lateReason },
  ];
}

function check(typed: TypedPutOff, needsLateReason: boolean, lang: "vi" | "en"): PageError[] {
  const faults = dossierMessages[lang].reasonFaults;
  const days = Number(typed.days);
  const reason = checkReason(typed.reason);
  const lateReason = needsLateReason ? checkReason(typed.lateReason) : null;
  const isRange = /^[0-9]{1,3}$/.test(typed.days) && days >= 1 && days <= RESCHEDULE_DAYS_MAX;
  return [
    ...(isRange ? [] : [{ field: "days", message: refusalText("days-out-of-range", lang) }]),
    ...(reason ? [{ field: "reason", message: faults[reason] }] : []),
    ...(lateReason ? [{ field: "lateReason", message: faults[lateReason] }] : []),
  ];
}
