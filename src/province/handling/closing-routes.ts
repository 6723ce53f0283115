/** `/ho-so/:id/buoc-chi-tiet` and `/ho-so/:id/dong`: the substate, and into the archive. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanLines, cleanText } from "#kit/vietnamese.ts";
import { getProcedureVersion } from "#province/catalogue/index.ts";
import { closeDossier, type Dossier, setSubstate, STORAGE_YEARS_MAX, type Substate } from "#province/dossiers/index.ts";
import { forOfficer, type Officer } from "#province/officers/index.ts";
import { inputOf, versionOf } from "./act.ts";
import { closingMessages } from "./closing-messages.ts";
import { clockOf, dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
import { closePage, substatePage, type TypedClosing, type TypedSubstate } from "./pages/closing-pages.ts";
import { sayNext, showRefusal } from "./show-dossier.ts";

export function closingRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  substateRoutes(site, deps);
  site.get(
    "/ho-so/:id/dong",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "close");
      const dossier = await dossierOf(deps, officer, request);
      const typed = { term: "", years: "", basis: "", place: "" };
      const page = { shell: deps.shell, lang: request.lang, viewer: officer, dossier };
      return sendPage(reply, closePage({ ...page, typed, errors: [] }));
    }),
  );
  site.post(
    "/ho-so/:id/dong",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "close");
      const dossier = await dossierOf(deps, officer, request);
      const form = formValues(request);
      const typed: TypedClosing = {
        term: formText(form, "term"),
        years: formText(form, "years").trim(),
        basis: cleanText(formText(form, "basis")),
        place: cleanText(formText(form, "place")),
      };
      const errors = checkClosing(typed, request.lang);
      if (errors.length > 0) {
        const page = { shell: deps.shell, lang: request.lang, viewer: officer, dossier };
        return sendPage(reply, closePage({ ...page, typed, errors }), 422);
      }
      const done = await closeDossier(
        deps.database,
        {
          ...inputOf(deps, officer, dossier, form),
          years: typed.term === "forever" ? null : Number(typed.years),
          basis: typed.basis,
          place: typed.place,
        },
        clockOf(deps),
      );
      if (!done.ok)
        return showRefusal(deps, officer, request, reply, { dossier, reason: done.reason, seen: versionOf(form) });
      sayNext(request, { tone: "success", text: closingMessages[request.lang].close.done });
      return seeOther(reply, `/ho-so/${dossier.id}`);
    }),
  );
}

function checkClosing(typed: TypedClosing, lang: "vi" | "en"): PageError[] {
  const t = closingMessages[lang].close;
  const years = /^[0-9]{1,3}$/.test(typed.years) ? Number(typed.years) : 0;
  const isTerm = typed.term === "years" || typed.term === "forever";
  const isYears = typed.term !== "years" || (years >= 1 && years <= STORAGE_YEARS_MAX);
  return [
    ...(isTerm ? [] : [{ field: "term", message: t.chooseTerm }]),
    ...(isYears ? [] : [{ field: "years", message: t.yearsFault(STORAGE_YEARS_MAX) }]),
    ...(typed.basis.length >= 3 && typed.basis.length <= 300 ? [] : [{ field: "basis", message: t.basisFault }]),
    ...(typed.place.length <= 200 ? [] : [{ field: "place", message: t.placeFault }]),
  ];
}

function substateRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  const show = async (
    to: { readonly officer: Officer; readonly request: FastifyRequest; readonly reply: FastifyReply },
    dossier: Dossier,
    typed: TypedSubstate,
    errors: readonly PageError[],
  ) => {
    const { officer, request, reply } = to;
    const substates = await substatesOf(deps, dossier);
    const page = { shell: deps.shell, lang: request.lang, viewer: officer, dossier };
    return sendPage(reply, substatePage({ ...page, substates, typed, errors }), errors.length > 0 ? 422 : 200);
  };
  site.get(
    "/ho-so/:id/buoc-chi-tiet",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "set-substate");
      const dossier = await dossierOf(deps, officer, request);
      return show({ officer, request, reply }, dossier, { code: dossier.substate?.code ?? "", text: "" }, []);
    }),
  );
  site.post(
    "/ho-so/:id/buoc-chi-tiet",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "set-substate");
      const dossier = await dossierOf(deps, officer, request);
      const form = formValues(request);
      const t = closingMessages[request.lang].substate;
      const typed = { code: formText(form, "code"), text: cleanLines(formText(form, "text")) };
      const substate = (await substatesOf(deps, dossier)).find((one) => one.code === typed.code);
      const errors = [
        ...(substate || typed.code === "-" ? [] : [{ field: "code", message: t.choose }]),
        ...(typed.text.length > 1000 ? [{ field: "text", message: t.tooLong }] : []),
      ];
      if (errors.length > 0) return show({ officer, request, reply }, dossier, typed, errors);
      const input = { ...inputOf(deps, officer, dossier, form), substate: substate ?? null, text: typed.text };
      const done = await setSubstate(deps.database, input);
      if (!done.ok)
        return showRefusal(deps, officer, request, reply, { dossier, reason: done.reason, seen: versionOf(form) });
      sayNext(request, { tone: "success", text: t.done(substate?.name[request.lang] ?? "") });
      return seeOther(reply, `/ho-so/${dossier.id}`);
    }),
  );
}

/** Those that the dossier's version of its procedure has for the state it is in. */
export async function substatesOf(deps: HandlingDeps, dossier: Dossier): Promise<Substate[]> {
  const { code, version } = dossier.procedure;
  const procedure = await getProcedureVersion(deps.database.forTenant(deps.tenant.code), code, version);
  return (procedure?.substates ?? [])
    .filter((one) => one.of === dossier.state)
    .map((one) => ({ code: one.code, name: one.name }));
}
