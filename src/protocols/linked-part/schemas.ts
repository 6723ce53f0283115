/** JSON Schema (2020-12) of the messages; reads unknown JSON into a typed message. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { FILE_TYPES } from "#kit/files.ts";
import { LINKED_FILE_MAX, type LinkedAnswer, type LinkedMessage } from "./messages.ts";

const UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
const SHA256 = { type: "string", pattern: "^[0-9a-f]{64}$" };
const text = (maxLength: number, minLength = 0) => ({ type: "string", minLength, maxLength });
const orNull = (schema: object) => ({ anyOf: [schema, { type: "null" }] });
const record = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: "object",
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});
const instant = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T[\\d:.]{5,15}Z$" };
const province = { type: "string", pattern: "^[a-z][a-z0-9-]{1,30}$" };
const slug = { type: "string", pattern: "^[a-z][a-z0-9-]{1,60}$" };
const states = [
  "filed",
  "received",
  "declined",
  "processing",
  "supplement-requested",
  "fee-due",
  "withdrawn",
  "stopped",
  "result-ready",
  "returned",
];
const endings = ["returned", "declined", "refused", "stopped", "withdrawn"];

const file = {
  name: text(255, 1),
  mediaType: { enum: [...new Set(Object.values(FILE_TYPES).flat()), "image/heic", "image/heif"] },
  size: { type: "integer", minimum: 1, maximum: LINKED_FILE_MAX },
  sha256: SHA256,
};

const applicant = record(
  {
    sub: text(100, 1),
    name: text(200, 1),
    identityNumber: { type: "string", pattern: "^(\\d{9}|\\d{12})$" },
    identityKind: { enum: ["cccd", "cmnd"] },
    birthDate: text(10),
    phone: text(20),
    email: text(200),
    address: text(500),
  },
  ["birthDate", "phone", "email", "address"],
);

const amount = { type: "integer", minimum: 0, maximum: 999_999_999_999 };
const due = {
  type: "object",
  required: ["code", "kind", "name", "amount", "basis"],
  properties: {
    code: slug,
    kind: { enum: ["fee", "charge"] },
    name: { type: "object", required: ["vi", "en"], properties: { vi: text(500, 1), en: text(500, 1) } },
    amount,
    quantity: { type: "integer", minimum: 0 },
    unitAmount: amount,
    basis: text(500),
    exemption: { type: "object" },
  },
};

const opened = record(
  {
    code: slug,
    procedure: { type: "string", pattern: "^[1-6]\\.[0-9]{6}$" },
    limit: { type: "object" },
    agency: slug,
    whole: record({
      number: { type: "integer", minimum: 1 },
      procedure: { type: "string", pattern: "^[1-6]\\.[0-9]{6}$" },
      name: text(1_000, 1),
      filedAt: instant,
    }),
    channel: { enum: ["national-portal", "provincial-portal", "app", "counter", "post"] },
    together: { type: "boolean" },
    applicant,
    holder: text(200),
    answers: { type: "object", maxProperties: 1_000 },
    delivery: orNull({ type: "object" }),
    dues: { type: "array", maxItems: 50, items: due },
    papers: { type: "array", maxItems: 100, items: record({ component: slug, ...file }) },
  },
  ["limit"],
);

const state = record({
  number: orNull({ type: "integer", minimum: 1 }),
  code: orNull(text(60, 1)),
  state: { enum: states },
  ending: orNull({ enum: endings }),
  reason: orNull(text(4_000)),
  resultSigned: { type: "boolean" },
  receivedAt: orNull(instant),
  dueAt: orNull(instant),
  officer: orNull(text(200)),
  link: { type: "string", pattern: "^https?://[!-~]{1,500}$" },
  result: orNull(
    record({
      number: text(100, 1),
      summary: text(2_000, 1),
      effectiveOn: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
      data: { type: "object", maxProperties: 50 },
      file: record(file),
    }),
  ),
});

const content = {
  oneOf: [
    record({ kind: { const: "open" }, part: opened }),
    record({ kind: { const: "withdraw" }, reason: text(1_000) }),
    record({ kind: { const: "release" } }),
    record({ kind: { const: "state" }, state }),
  ],
};

const message = record({
  id: { type: "string", pattern: UUID },
  from: province,
  to: province,
  conversation: { type: "string", pattern: UUID },
  seq: { type: "integer", minimum: 1, maximum: 100_000 },
  content,
});

const answer = record({
  id: { type: "string", pattern: UUID },
  outcome: { enum: ["taken", "known"] },
  missing: { type: "array", maxItems: 101, items: SHA256 },
});

const ajv = new Ajv2020({ strict: false, allErrors: false });
let readsMessage: ValidateFunction | undefined;
let readsAnswer: ValidateFunction | undefined;

export type ReadLinked =
  | { readonly ok: true; readonly message: LinkedMessage }
  | { readonly ok: false; readonly why: string };

/** `why` names the place and never repeats the value: it may be personal. */
export function readLinkedMessage(value: unknown): ReadLinked {
  readsMessage ??= ajv.compile(message);
  if (readsMessage(value)) return { ok: true, message: value as LinkedMessage };
  const errors = readsMessage.errors ?? [];
  const error = errors.find((one) => one.keyword !== "oneOf" && one.keyword !== "const") ?? errors[0];
  return { ok: false, why: `${error?.instancePath || "/"} ${error?.message ?? "is not as it should be"}` };
}

export function isLinkedAnswer(value: unknown): value is LinkedAnswer {
  readsAnswer ??= ajv.compile(answer);
  return readsAnswer(value);
}
