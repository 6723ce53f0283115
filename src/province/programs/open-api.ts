/** The interface described: OpenAPI 3.1. Answers themselves are described by each version's own schema. Pure. */
import type { Scope } from "./client.ts";

const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  "dossiers:write": "File dossiers for the client's owner",
  "dossiers:read": "Read what the client filed",
  "files:write": "Send files",
};

const text = { type: "string" };
const time = { type: ["string", "null"], format: "date-time" };
const id = { type: "string", format: "uuid" };
const object = (properties: Readonly<Record<string, unknown>>, required = Object.keys(properties)) => ({
  type: "object",
  required,
  properties,
});
const both = object({ vi: text, en: text });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ "application/json": { schema } });
const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: ref("Problem") } },
});
const parameter = (name: string, where: "path" | "header", schema: unknown, description: string) => ({
  name,
  in: where,
  required: true,
  schema,
  description,
});
const guarded = (scope: Scope) => [{ program: [scope] }];
const REFUSALS = {
  "401": problem("No valid token"),
  "403": problem("The scope is missing"),
  "429": problem("Too often"),
};

export function openApi(origin: string, province: string): Readonly<Record<string, unknown>> {
  return {
    openapi: "3.1.0",
    info: { title: `Một cửa ${province}`, version: "1", description: "Filing of dossiers by programs." },
    servers: [{ url: origin }],
    paths: { ...describingPaths(), ...filingPaths() },
    components: {
      securitySchemes: {
        program: {
          type: "oauth2",
          flows: { clientCredentials: { tokenUrl: `${origin}/api/v1/token`, scopes: SCOPE_WORDS } },
        },
      },
      schemas: schemas(),
    },
  };
}

function describingPaths() {
  const code = parameter("code", "path", { type: "string", pattern: "^\\d\\.\\d{6}$" }, "Code of the procedure");
  const version = parameter("version", "path", { type: "integer" }, "Version of the procedure");
  return {
    "/api/v1/token": {
      post: {
        summary: "Client credentials against a bearer token (RFC 6749 §4.4)",
        requestBody: {
          required: true,
          content: {
            "application/x-www-form-urlencoded": {
              schema: object({ grant_type: { const: "client_credentials" }, client_id: text, client_secret: text }, [
                "grant_type",
              ]),
            },
          },
        },
        responses: { "200": { description: "A token", content: json(ref("Token")) }, "401": problem("Unknown client") },
      },
    },
    "/api/v1/procedures/{code}": {
      get: {
        summary: "Version in force, units that take it, papers",
        parameters: [code],
        responses: { "200": { description: "The procedure", content: json(ref("Procedure")) }, "404": problem("None") },
      },
    },
    "/api/v1/procedures/{code}/versions/{version}/schema.json": {
      get: {
        summary: "JSON Schema 2020-12 of the answers",
        parameters: [code, version],
        responses: {
          "200": { description: "The schema", content: { "application/schema+json": { schema: { type: "object" } } } },
          "404": problem("None"),
        },
      },
    },
  };
}

function filingPaths() {
  const key = parameter(
    "Idempotency-Key",
    "header",
    { type: "string", minLength: 8, maxLength: 100 },
    "One per dossier: the same key with the same body is the same dossier",
  );
  return {
    "/api/v1/files": {
      post: {
        summary: "Send a paper; it is swept after a day unless a dossier names it",
        security: guarded("files:write"),
        requestBody: {
          required: true,
          content: { "multipart/form-data": { schema: object({ file: { type: "string", format: "binary" } }) } },
        },
        responses: {
          "201": { description: "Kept", content: json(ref("File")) },
          "422": problem("Refused"),
          ...REFUSALS,
        },
      },
    },
    "/api/v1/dossiers": {
      post: {
        summary: "File a dossier for the client's owner",
        security: guarded("dossiers:write"),
        parameters: [key],
        requestBody: { required: true, content: json(ref("Filing")) },
        responses: {
          "201": { description: "Filed", content: json(ref("Dossier")) },
          "200": { description: "Filed before with this key", content: json(ref("Dossier")) },
          "409": problem("The version is not in force (any more), or the key is being worked on"),
          "422": problem("Wrong answers, each with its JSON pointer; or the key came with another body"),
          ...REFUSALS,
        },
      },
    },
    "/api/v1/dossiers/{id}": {
      get: {
        summary: "Where a dossier is",
        security: guarded("dossiers:read"),
        parameters: [parameter("id", "path", id, "As filing answered it")],
        responses: {
          "200": { description: "The dossier", content: json(ref("Dossier")) },
          "404": problem("None of this client"),
          ...REFUSALS,
        },
      },
    },
  };
}

function schemas() {
  const nullable = { type: ["string", "null"] };
  return {
    Token: object({
      access_token: text,
      token_type: { const: "Bearer" },
      expires_in: { type: "integer" },
      scope: text,
    }),
    Procedure: object({
      code: text,
      name: both,
      version: { type: "integer" },
      schema: { type: "string", format: "uri" },
      agencies: { type: "array", items: object({ id: text, name: text }) },
      components: { type: "array", items: object({ code: text, name: both }) },
    }),
    File: object({ id, name: text, sha256: text, size: { type: "integer" }, mediaType: text }),
    Filing: {
      ...object(
        {
          procedure: { type: "string", pattern: "^\\d\\.\\d{6}$" },
          version: { type: "integer" },
          agency: text,
          answers: { type: "object", description: "By the schema of the procedure's version" },
          delivery: { type: "object", description: "deliveryHandIn, deliveryReceive and their addresses" },
          files: { type: "array", maxItems: 100, items: object({ component: text, file: id }) },
        },
        ["procedure", "version", "agency", "answers"],
      ),
      additionalProperties: false,
    },
    Dossier: object({
      id,
      number: { type: ["integer", "null"] },
      code: nullable,
      procedure: object({ code: text, version: { type: "integer" } }),
      agency: text,
      state: text,
      ending: nullable,
      reason: nullable,
      fee: object({ state: text, total: { type: "integer", description: "đồng" } }),
      filedAt: time,
      receivedAt: time,
      dueAt: time,
      finishedAt: time,
      page: { type: "string", format: "uri" },
    }),
    Problem: object(
      {
        type: text,
        title: text,
        status: { type: "integer" },
        detail: text,
        instance: text,
        errors: { type: "array", items: object({ pointer: text, reason: text, detail: text }) },
      },
      ["type", "title", "status"],
    ),
  };
}
