/** The officers' side of the letters with the applicant. */
import type { FastifyInstance } from "fastify";
import { AppError } from "#kit/errors.ts";
import { isId } from "#kit/ids.ts";
import { findLetterFile, type Reader, showThread, type ThreadDeps, writeLetter } from "#province/conversation/index.ts";
import { forOfficer, mayDo, type Officer } from "#province/officers/index.ts";
import { sendDeskFile } from "./file-routes.ts";
import { dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
import { noteReading } from "./note-reading.ts";

export function letterRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  const thread = (viewer: Officer): ThreadDeps => ({
    database: deps.database,
    files: deps.files,
    tenant: deps.tenant,
    secret: deps.dataKey,
    page: (request, { title, body, failed }) =>
      deps.shell({
        lang: request.lang,
        title,
        viewer,
        width: "narrow",
        failed,
        ...(failed ? {} : { path: request.url }),
        body,
      }),
  });

  site.get(
    "/ho-so/:id/trao-doi",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const dossier = await dossierOf(deps, officer, request);
      return showThread(thread(officer), readerOf(officer), request, reply, dossier);
    }),
  );
  site.post(
    "/ho-so/:id/trao-doi",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      // Whoever may ask for a supplement may write.
      requireRole(officer, "request-supplement");
      const dossier = await dossierOf(deps, officer, request);
      return writeLetter(thread(officer), readerOf(officer), request, reply, dossier);
    }),
  );
  site.get(
    "/ho-so/:id/trao-doi/:file",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const dossier = await dossierOf(deps, officer, request);
      const { file: id } = request.params as { file: string };
      const db = deps.database.forTenant(deps.tenant.code);
      const file = isId(id) ? await findLetterFile(db, dossier.id, id) : undefined;
      if (!file) throw new AppError("not-found", { message: "no such file in this thread" });
      const detail = { dossier: dossier.id, form: "letter" };
      await noteReading(deps.database, officer, { action: "file.read", subject: `file:${file.id}`, detail });
      const { sha256, mediaType, name } = file;
      return sendDeskFile(deps, reply, { sha256, mediaType, name, download: false });
    }),
  );
}

function readerOf(officer: Officer): Reader {
  return { side: "officer", id: officer.id, name: officer.name, mayWrite: mayDo(officer, "request-supplement") };
}
