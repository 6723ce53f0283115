/** `/ho-so/:id/ban-giao`: the result on paper goes into the receiver's hands, against a signature. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { checkIdentityNumber, checkPersonName, cleanText, fold } from "#kit/vietnamese.ts";
import { decide, type Dossier, noteLooseFile, refusalText, returnResult } from "#province/dossiers/index.ts";
import { renderSignaturePicture } from "#province/forms/index.ts";
import { actorOf, dossierOf, type HandlingDeps, requireRole } from "#province/handling/index.ts";
import { forOfficer, type Officer } from "#province/officers/index.ts";
import { findHandover, putHandover } from "./hand-over.ts";
import { messages } from "./messages.ts";
import { handoverPage, type TypedHandover } from "./pages/handover-page.ts";

export type HandoverDeps = HandlingDeps & { readonly clock: NonNullable<HandlingDeps["clock"]> };

const PICTURE_MAX = 300_000;

export function handoverRoutes(site: FastifyInstance, deps: HandoverDeps): void {
  const db = deps.database.forTenant(deps.tenant.code);

  site.get(
    "/ho-so/:id/ban-giao",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "return-result");
      const dossier = await dossierOf(deps, officer, request);
      const typed = { name: dossier.applicant.name, identity: "", authorisation: "", strokes: "" };
      return show(deps, officer, request, reply, { dossier, typed, errors: [] });
    }),
  );

  site.post(
    "/ho-so/:id/ban-giao",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "return-result");
      const dossier = await dossierOf(deps, officer, request);
      return handOver(deps, officer, request, reply, dossier);
    }),
  );

  site.get(
    "/ho-so/:id/ban-giao/chu-ky.png",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireRole(officer, "return-result");
      const dossier = await dossierOf(deps, officer, request);
      const handover = await findHandover(db, dossier.id);
      if (!handover?.signatureSha256) throw new AppError("not-found", { message: "no signature" });
      return reply
        .type("image/png")
        .header("cache-control", "private, no-store")
        .send(await deps.files.read(handover.signatureSha256));
    }),
  );
}

function isReady(dossier: Dossier): boolean {
  return dossier.state === "returned" || decide(dossier, "return-result", "officer").ok;
}

async function show(
  deps: HandoverDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: { readonly dossier: Dossier; readonly typed: TypedHandover; readonly errors: readonly PageError[] },
): Promise<FastifyReply> {
  const handover = await findHandover(deps.database.forTenant(deps.tenant.code), shown.dossier.id);
  const page = handoverPage({
    shell: deps.shell,
    lang: request.lang,
    viewer: officer,
    handover,
    ready: isReady(shown.dossier),
    ...shown,
  });
  return sendPage(reply, page, shown.errors.length > 0 ? 422 : 200);
}

async function handOver(
  deps: HandoverDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
): Promise<FastifyReply> {
  const form = formValues(request);
  const typed: TypedHandover = {
    name: formText(form, "name").normalize("NFC").trim(),
    identity: formText(form, "identity").trim(),
    authorisation: cleanText(formText(form, "authorisation")).slice(0, 200),
    strokes: formText(form, "strokes"),
  };
  const t = messages[request.lang];
  const name = checkPersonName(typed.name);
  const identity = checkIdentityNumber(typed.identity);
  const picture = typed.strokes ? renderSignaturePicture(typed.strokes) : undefined;
  const somebodyElse = name.ok && fold(name.value) !== fold(dossier.applicant.name);
  const errors: PageError[] = [
    ...(name.ok ? [] : [{ field: "name", message: t.errors.name }]),
    ...(identity.ok ? [] : [{ field: "identity", message: t.errors.identity }]),
    ...(somebodyElse && typed.authorisation === ""
      ? [{ field: "authorisation", message: t.errors.authorisation }]
      : []),
    ...(typed.strokes && !picture ? [{ field: "strokes", message: t.errors.signature }] : []),
  ];
  if (!name.ok || !identity.ok || errors.length > 0)
    return show(deps, officer, request, reply, { dossier, typed, errors });
  if (dossier.state !== "returned") {
    const version = Number(formText(form, "version"));
    const done = await returnResult(deps.database, {
      tenant: deps.tenant.code,
      dossierId: dossier.id,
      expectedVersion: Number.isInteger(version) ? version : -1,
      actor: actorOf(officer),
    });
    if (!done.ok) {
      const message = refusalText(done.reason, request.lang);
      return show(deps, officer, request, reply, { dossier, typed, errors: [{ field: "name", message }] });
    }
  }
  const stored = picture
    ? await deps.files.put(picture, {
        maxBytes: PICTURE_MAX,
        check: ({ sha256 }) => noteLooseFile(deps.database, deps.tenant.code, sha256),
      })
    : undefined;
  await putHandover(deps.database.forTenant(deps.tenant.code), {
    dossierId: dossier.id,
    name: name.value,
    identity: identity.value,
    authorisation: somebodyElse ? typed.authorisation : "",
    signatureSha256: stored?.sha256 ?? null,
    officer: actorOf(officer),
    at: deps.clock.now(),
  });
  return seeOther(reply, `/ho-so/${dossier.id}/ban-giao`);
}
