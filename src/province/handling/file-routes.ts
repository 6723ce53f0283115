/** Files of a dossier at the desk: papers, their signed copies, slips, the result. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { AppError } from "#kit/errors.ts";
import { contentDisposition } from "#kit/files.ts";
import { isId } from "#kit/ids.ts";
import { inspectPdf } from "#kit/signing/index.ts";
import { findCopy } from "#province/digitising/index.ts";
import { actFilesOf, findDossier, findFile, listHistory, openDeclaration } from "#province/dossiers/index.ts";
import { forOfficer, type Officer } from "#province/officers/index.ts";
import { findResult } from "#province/results/index.ts";
import { findSlip, openSlip } from "#province/slips/index.ts";
import { clockOf, dossierOf, type HandlingDeps } from "./handling.ts";
import { dossierToRead, mayRead } from "./desk-steps.ts";
import { noteReading } from "./note-reading.ts";
import { slipDeps } from "./issue-slips.ts";

/** Shown in the browser: pictures, and PDFs that do nothing by themselves. Everything else is a download. */
const SHOWN = new Set(["image/jpeg", "image/png", "image/webp"]);
/** A file can do nothing: no scripts, no requests, no forms; only our own pages may frame it. */
const FILE_POLICY =
  "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

export function fileRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  const db = deps.database.forTenant(deps.tenant.code);
  actFileRoute(site, deps);

  site.get(
    "/tep/:fileId",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { fileId } = request.params as { fileId: string };
      const query = request.query as Record<string, unknown>;
      const file = isId(fileId) ? await findFile(deps.database, { tenant: deps.tenant.code, fileId }) : undefined;
      const dossier =
        file && (await findDossier(deps.database, { tenant: deps.tenant.code, dossierId: file.dossierId }));
      // What a citizen has chosen for an answer and not sent yet is nobody else's.
      const isSent = file !== undefined && file.status !== "pending";
      if (!isSent || !dossier || !(await mayRead(deps, officer, dossier)))
        throw new AppError("not-found", { message: "no such file for this officer" });
      const copy = query.ban === "sao" ? await findCopy(db, file.id) : undefined;
      if (query.ban === "sao" && !copy) throw new AppError("not-found", { message: "the paper has no signed copy" });
      const detail = { dossier: dossier.id, form: copy ? "copy" : "original" };
      await noteReading(deps.database, officer, { action: "file.read", subject: `file:${file.id}`, detail });
      const name = copy ? file.name.replace(/\.[A-Za-z]{2,5}$/, "").concat(".signed.pdf") : file.name;
      return sendDeskFile(deps, reply, {
        sha256: copy?.sha256 ?? file.sha256,
        mediaType: copy ? "application/pdf" : file.mediaType,
        name,
        download: query.tai === "1",
      });
    }),
  );

  site.get(
    "/ho-so/:id/phieu/:slip",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const dossier = await dossierOf(deps, officer, request);
      const name = (request.params as { slip: string }).slip.replace(/\.pdf$/, "");
      const slip = isId(name) ? await findSlip(db, name) : undefined;
      if (!slip || slip.dossierId !== dossier.id) throw new AppError("not-found", { message: "no such slip" });
      const opened = await openSlip(db, await slipDeps(deps, officer, dossier), slip.id);
      return sendBytes(reply, opened.bytes, opened.fileName, "application/pdf", false);
    }),
  );

  site.get(
    "/ho-so/:id/to-khai.pdf",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const dossier = await dossierOf(deps, officer, request);
      await noteReading(deps.database, officer, { action: "file.read", subject: `declaration:${dossier.id}` });
      const { bytes, name } = await openDeclaration({ ...deps, store: deps.files, clock: clockOf(deps) }, dossier);
      return sendBytes(reply, Buffer.from(bytes), name, "application/pdf", false);
    }),
  );

  site.get(
    "/ho-so/:id/ket-qua.pdf",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const dossier = await dossierOf(deps, officer, request);
      const result = dossier.resultId ? await findResult(db, dossier.resultId) : undefined;
      if (!result) throw new AppError("not-found", { message: "no result" });
      await noteReading(deps.database, officer, { action: "file.read", subject: `result:${result.id}` });
      const sha256 = result.signed?.sha256 ?? result.file.sha256;
      return sendDeskFile(deps, reply, {
        sha256,
        mediaType: "application/pdf",
        name: result.file.name,
        download: false,
      });
    }),
  );
}

/** Documents that officers gave with acts. */
function actFileRoute(site: FastifyInstance, deps: HandlingDeps): void {
  site.get(
    "/ho-so/:id/van-ban/:file",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { id, file: fileId } = request.params as { id?: string; file?: string };
      const dossier = await dossierToRead(deps, officer, id);
      const history = await listHistory(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id });
      const file = history.flatMap((entry) => actFilesOf(entry, "officer")).find((one) => one.id === fileId);
      if (!file) throw new AppError("not-found", { message: "no such document of an act" });
      return openDeskFile(deps, officer, reply, file, { dossier: dossier.id, form: "act" });
    }),
  );
}

/** A file that another room keeps for the desk, with the trace of its reading. */
export async function openDeskFile(
  deps: HandlingDeps,
  officer: Officer,
  reply: FastifyReply,
  file: { readonly id: string; readonly sha256: string; readonly mediaType: string; readonly name: string },
  about: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  await noteReading(deps.database, officer, { action: "file.read", subject: `file:${file.id}`, detail: about });
  return sendDeskFile(deps, reply, { ...file, download: false });
}

/** A file as the desk shows it: harmless ones in the browser, everything else as a download. */
export async function sendDeskFile(
  deps: HandlingDeps,
  reply: FastifyReply,
  file: { readonly sha256: string; readonly mediaType: string; readonly name: string; readonly download: boolean },
): Promise<FastifyReply> {
  const bytes = await deps.files.read(file.sha256);
  const harmless = SHOWN.has(file.mediaType) || (file.mediaType === "application/pdf" && !(await acts(bytes)));
  return sendBytes(reply, bytes, file.name, file.mediaType, file.download || !harmless);
}

/** A PDF with scripts, embedded files or launch actions is only downloaded. */
async function acts(bytes: Uint8Array): Promise<boolean> {
  const reasons = await inspectPdf(bytes);
  return reasons.some(
    (reason) => reason === "active-content" || reason === "embedded-files" || reason === "unreadable",
  );
}

function sendBytes(
  reply: FastifyReply,
  bytes: Buffer,
  name: string,
  mediaType: string,
  download: boolean,
): FastifyReply {
  return reply
    .headers({
      "cache-control": "private, no-store",
      "content-disposition": contentDisposition(download ? "attachment" : "inline", name),
      "content-security-policy": FILE_POLICY,
      "cross-origin-resource-policy": "same-origin",
    })
    .type(mediaType)
    .send(bytes);
}
