/** A program files a dossier: judged as on the check page, and filed by the same use case. */
import { createHash } from "node:crypto";
import { plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { newId } from "#kit/ids.ts";
import { subOfPerson } from "#province/counter/index.ts";
import {
  deliveryForm,
  filePrepared,
  type FilingPlace,
  findFilingToday,
  formContext,
  type PreparedDossier,
} from "#province/dossiers/index.ts";
import type { ProgramClient } from "./client.ts";
import { endFiling, takeKey } from "./client-store.ts";
import { findFiles, findKey } from "./client-view.ts";
import { type FilingRequest, judgeFiling, type PointedError } from "./filing-request.ts";

export type FiledByProgram =
  | { readonly ok: true; readonly dossierId: string; readonly replayed: boolean }
  | { readonly ok: false; readonly errors: readonly PointedError[] };

/**
 * Throws `conflict` (`key-busy`, `version-not-current`), `invalid` (`key-reused`) and `not-found` (no such procedure for
 * filing here). Wrong answers take no key: the corrected request may come with the same one.
 */
export async function fileByProgram(
  place: FilingPlace,
  client: ProgramClient,
  key: string,
  request: FilingRequest,
): Promise<FiledByProgram> {
  const tenant = place.tenant.code;
  const db = place.database.forTenant(tenant);
  const hash = createHash("sha256")
    .update(JSON.stringify(sorted(request)))
    .digest("hex");
  const known = await findKey(db, client.id, key);
  if (known?.filed) {
    if (known.hash !== hash) throw new AppError("invalid", { reason: "key-reused" });
    return { ok: true, dossierId: known.dossierId, replayed: true };
  }
  const prepared = await prepare(place, client, request);
  if ("errors" in prepared) return { ok: false, errors: prepared.errors };
  const fresh = { dossierId: newId(), submissionId: newId(), applicantSub: await subOfPerson(db, client.owner) };
  const taken = await takeKey(place.database, tenant, { client: client.id, key, hash }, fresh);
  if (taken.state === "reused") throw new AppError("invalid", { reason: "key-reused" });
  if (taken.state === "busy") throw new AppError("conflict", { reason: "key-busy" });
  if (taken.state === "filed") return { ok: true, dossierId: taken.dossierId, replayed: true };
  const filed = await filePrepared(place, {
    ...prepared,
    id: taken.dossierId,
    submissionId: taken.submissionId,
    person: { ...client.owner, sub: taken.applicantSub },
  });
  const next = { dossierId: newId(), submissionId: newId() };
  await endFiling(place.database, tenant, { client: client.id, key }, filed.ok, next);
  if (!filed.ok) throw new AppError("conflict", { reason: filed.reason });
  return { ok: true, dossierId: taken.dossierId, replayed: false };
}

type Prepared = Omit<PreparedDossier, "id" | "submissionId" | "person"> | { readonly errors: readonly PointedError[] };

async function prepare(place: FilingPlace, client: ProgramClient, request: FilingRequest): Promise<Prepared> {
  const offer = await findFilingToday(place, request.procedure);
  if (!offer?.filing) throw new AppError("not-found", { reason: "procedure-not-fileable" });
  const { definition, filing, agencies } = offer;
  if (filing.version !== request.version)
    throw new AppError("conflict", { reason: "version-not-current", details: { version: filing.version } });
  const agency = agencies.find(({ id }) => id === request.agency);
  if (!agency)
    return { errors: [{ pointer: "/agency", reason: "unknown-agency", detail: "no unit that takes this procedure" }] };
  const context = {
    today: plainDateOf(place.clock.now()),
    ...formContext({ ...client.owner, sub: "" }, agency.name, null),
  };
  const delivery = deliveryForm("provincial-portal").form;
  const ids = request.files.map(({ file }) => file);
  const sent = await findFiles(place.database.forTenant(place.tenant.code), client.id, ids);
  const errors = [
    ...judgeFiling(request, { definition, form: filing.form, delivery }, context),
    ...request.files.flatMap(({ file }, index) =>
      sent.some(({ id }) => id === file)
        ? []
        : [{ pointer: `/files/${index}/file`, reason: "unknown-file", detail: "no file of this client" }],
    ),
  ];
  if (errors.length > 0) return { errors };
  return {
    procedure: filing,
    agency: { id: agency.id, name: agency.name, identifier: agency.identifier },
    answers: { ...request.answers, ...request.delivery },
    files: request.files.flatMap(({ component, file }) => {
      const found = sent.find(({ id }) => id === file);
      if (!found) return [];
      const { name, sha256, size, mediaType } = found;
      return [{ component, name, sha256, size, mediaType }];
    }),
  };
}

/** The order of names says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
