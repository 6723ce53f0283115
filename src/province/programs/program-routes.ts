/** `/api/v1` of a province's portal, for programs. Failures are problem details (RFC 9457). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { createThrottle, networkOf } from "#kit/http/throttle.ts";
import { isId } from "#kit/ids.ts";
import { type FilingPlace, findDossier, findFilingToday, findFilingVersion } from "#province/dossiers/index.ts";
import { findObligation } from "#province/fees/index.ts";
import { toJsonSchema } from "#province/forms/index.ts";
import { type AccessPlace, clientOf, issueToken, TOKEN_SECONDS } from "./access.ts";
import type { ProgramClient } from "./client.ts";
import { isFiledBy } from "./client-view.ts";
import { fileByProgram } from "./file-by-program.ts";
import { takeFile } from "./take-file.ts";
import { type PointedError, readFilingRequest } from "./filing-request.ts";
import { openApi } from "./open-api.ts";

export interface ProgramDeps extends FilingPlace, Pick<AccessPlace, "secret"> {
  readonly origin: string;
}

const API = { config: { api: true, csrf: false } } as const;
type ByVersion = FastifyRequest<{ Params: { code: string; version: string } }>;

export function programRoutes(site: FastifyInstance, deps: ProgramDeps): void {
  const tokens = createThrottle({ turns: 20, seconds: 60 }, deps.clock);
  site.post("/api/v1/token", API, async (request, reply) => {
    tokens.take(networkOf(request));
    const credentials = credentialsOf(request);
    const { token, scopes } = await issueToken(deps, credentials);
    return reply
      .header("cache-control", "no-store")
      .send({ access_token: token, token_type: "Bearer", expires_in: TOKEN_SECONDS, scope: scopes.join(" ") });
  });
  describeRoutes(site, deps);
  filingRoutes(site, deps);
}

/** RFC 6749 §2.3.1: HTTP Basic, or id and secret in the form. */
function credentialsOf(request: FastifyRequest): { id: string; secret: string } {
  const body = (request.body ?? {}) as Record<string, unknown>;
  if (body["grant_type"] !== "client_credentials") throw new AppError("invalid", { reason: "unsupported-grant-type" });
  const basic = /^Basic ([A-Za-z0-9+/=]{1,1000})$/.exec(request.headers.authorization ?? "")?.[1];
  if (basic) {
    const [id = "", ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
    return { id, secret: secret.join(":") };
  }
  const { client_id: id, client_secret: secret } = body;
  return { id: typeof id === "string" ? id : "", secret: typeof secret === "string" ? secret : "" };
}

/** What can be filed and how: open to everybody, as the pages are. */
function describeRoutes(site: FastifyInstance, deps: ProgramDeps): void {
  site.get("/api/v1/openapi.json", API, async (_request, reply) =>
    reply.header("cache-control", "public, max-age=3600").send(openApi(deps.origin, deps.tenant.name.vi)),
  );
  site.get("/api/v1/procedures/:code", API, async (request: FastifyRequest<{ Params: { code: string } }>, reply) => {
    const offer = await findFilingToday(deps, request.params.code);
    if (!offer?.filing) throw new AppError("not-found", { reason: "procedure-not-fileable" });
    const { definition, filing, agencies } = offer;
    return reply.send({
      code: definition.code,
      name: definition.name,
      version: filing.version,
      schema: `${deps.origin}/api/v1/procedures/${definition.code}/versions/${filing.version}/schema.json`,
      agencies: agencies.map(({ id, name }) => ({ id, name })),
      components: definition.components
        .filter(({ kind }) => kind === "paper")
        .map(({ code, name }) => ({ code, name })),
    });
  });
  site.get("/api/v1/procedures/:code/versions/:version/schema.json", API, async (request: ByVersion, reply) => {
    const { code, version } = request.params;
    const filing = /^\d{1,6}$/.test(version) ? await findFilingVersion(deps, code, Number(version)) : undefined;
    if (!filing) throw new AppError("not-found", { reason: "no-such-version" });
    return reply
      .header("cache-control", "public, max-age=86400")
      .type("application/schema+json; charset=utf-8")
      .send(JSON.stringify(toJsonSchema(filing.form)));
  });
}

function filingRoutes(site: FastifyInstance, deps: ProgramDeps): void {
  const calls = createThrottle({ turns: 120, seconds: 60 }, deps.clock);
  const enter = async (request: FastifyRequest, scope: Parameters<typeof clientOf>[2]): Promise<ProgramClient> => {
    const client = await clientOf(deps, request.headers.authorization, scope);
    calls.take(client.id);
    return client;
  };
  site.post("/api/v1/files", API, async (request, reply) => {
    const client = await enter(request, "files:write");
    const part = request.isMultipart() ? await request.file() : undefined;
    if (!part) throw new AppError("invalid", { reason: "file-missing" });
    const file = await takeFile(deps, client, part.filename, part.file);
    return reply.code(201).send(file);
  });
  site.post("/api/v1/dossiers", API, async (request, reply) => {
    const client = await enter(request, "dossiers:write");
    const key = request.headers["idempotency-key"];
    if (typeof key !== "string" || !/^[\x21-\x7e]{8,100}$/.test(key))
      throw new AppError("invalid", { reason: "idempotency-key-missing" });
    const read = readFilingRequest(request.body);
    if (!read.ok) throw refused(read.errors);
    const filed = await fileByProgram(deps, client, key, read.request);
    if (!filed.ok) throw refused(filed.errors);
    const view = await viewOf(deps, filed.dossierId);
    return reply
      .code(filed.replayed ? 200 : 201)
      .header("location", `/api/v1/dossiers/${filed.dossierId}`)
      .send(view);
  });
  site.get(
    "/api/v1/dossiers/:id",
    API,
    async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) => {
      const client = await enter(request, "dossiers:read");
      const { id } = request.params;
      const own = isId(id) && (await isFiledBy(deps.database.forTenant(deps.tenant.code), client.id, id));
      if (!own) throw new AppError("not-found", { message: "no dossier of this client" });
      return reply.header("cache-control", "private, no-store").send(await viewOf(deps, id));
    },
  );
}

function refused(errors: readonly PointedError[]): AppError {
  return new AppError("invalid", { reason: "filing-refused", details: { errors: errors.slice(0, 200) } });
}

/** A dossier as its program sees it. */
async function viewOf(deps: ProgramDeps, dossierId: string) {
  const dossier = await findDossier(deps.database, { tenant: deps.tenant.code, dossierId });
  if (!dossier) throw new AppError("not-found", { message: "no such dossier" });
  const obligation = await findObligation(deps.database.forTenant(deps.tenant.code), dossierId, "fees");
  const { id, number, code, state, ending, reason, feeState, filedAt, receivedAt, dueAt, finishedAt } = dossier;
  return {
    id,
    number,
    code,
    procedure: { code: dossier.procedure.code, version: dossier.procedure.version },
    agency: dossier.agency.name,
    state,
    ending,
    reason,
    fee: { state: feeState, total: obligation?.total ?? 0 },
    filedAt,
    receivedAt,
    dueAt,
    finishedAt,
    page: `${deps.origin}/ho-so/${id}`,
  };
}
