/** The body of `POST /api/v1/dossiers`: its shape, and a JSON pointer (RFC 6901) for everything wrong in it. Pure. */
import { isId } from "#kit/ids.ts";
import {
  type Answers,
  type FieldError,
  type FormContext,
  type FormDefinition,
  placedMessage,
  requiredComponents,
  rowsAt,
  validateAnswers,
} from "#province/forms/index.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";

export interface FilingRequest {
  readonly procedure: string;
  readonly version: number;
  /** Id of the unit, from the procedure's own page of the interface. */
  readonly agency: string;
  readonly answers: Answers;
  readonly delivery: Answers;
  readonly files: readonly { readonly component: string; readonly file: string }[];
}

export interface PointedError {
  /** RFC 6901, into the body. */
  readonly pointer: string;
  /** A closed word. */
  readonly reason: string;
  readonly detail: string;
}

const FILES_MAX = 100;

export function readFilingRequest(
  body: unknown,
):
  | { readonly ok: true; readonly request: FilingRequest }
  | { readonly ok: false; readonly errors: readonly PointedError[] } {
  const errors: PointedError[] = [];
  const wrong = (pointer: string, detail: string): void => void errors.push({ pointer, reason: "shape", detail });
  const given = isObject(body) ? body : {};
  if (!isObject(body)) wrong("", "the body is a JSON object");
  for (const name of Object.keys(given)) if (!NAMES.has(name)) wrong(`/${escaped(name)}`, "unknown property");
  const { procedure, version, agency, answers, delivery = {}, files = [] } = given;
  if (typeof procedure !== "string" || !/^\d\.\d{6}$/.test(procedure)) wrong("/procedure", "a procedure's code");
  if (!Number.isInteger(version)) wrong("/version", "the version that the answers were made for");
  if (typeof agency !== "string") wrong("/agency", "the id of a unit that takes the procedure");
  if (!isObject(answers)) wrong("/answers", "an object, by the schema of the procedure's version");
  if (!isObject(delivery)) wrong("/delivery", "an object");
  const list = Array.isArray(files) ? (files as readonly unknown[]) : [];
  if (!Array.isArray(files) || list.length > FILES_MAX) wrong("/files", `a list of at most ${FILES_MAX}`);
  list.forEach((file, index) => {
    if (!isObject(file) || typeof file["component"] !== "string" || !isId(file["file"]))
      wrong(`/files/${index}`, "{ component, file }: a component's code and the id of a sent file");
  });
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, request: { ...given, delivery, files: list } as unknown as FilingRequest };
}

const NAMES = new Set(["procedure", "version", "agency", "answers", "delivery", "files"]);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What the procedure's form, the delivery's and the list of papers say of it: the very checks of the pages. */
export function judgeFiling(
  request: FilingRequest,
  offer: { readonly definition: ProcedureDefinition; readonly form: FormDefinition; readonly delivery: FormDefinition },
  context: FormContext,
): readonly PointedError[] {
  const { definition, form, delivery } = offer;
  const components = new Map(definition.components.map((component) => [component.code, component]));
  const files: Record<string, string[]> = {};
  for (const { component, file } of request.files) files[component] = [...(files[component] ?? []), file];
  const full = { ...context, files };
  const checked = validateAnswers(form, request.answers, full);
  const handed = validateAnswers(delivery, request.delivery, full);
  const asked = requiredComponents(definition, checked.answers, { ...full, way: "online" });
  return [
    ...unknownAnswers(form, request.answers, "/answers"),
    ...checked.errors.map((error) => pointed(error, request.answers, "/answers")),
    ...unknownAnswers(delivery, request.delivery, "/delivery"),
    ...handed.errors.map((error) => pointed(error, request.delivery, "/delivery")),
    ...request.files.flatMap(({ component }, index) =>
      components.has(component)
        ? []
        : [{ pointer: `/files/${index}/component`, reason: "unknown-component", detail: "no paper of this procedure" }],
    ),
    ...asked
      .filter(({ component, required }) => required && !files[component.code])
      .map(({ component }) => ({
        pointer: "/files",
        reason: "missing-paper",
        detail: `${component.code}: ${component.name.vi}`,
      })),
  ];
}

/** `persons.r2.fullName` → `/answers/persons/1/fullName`. */
function pointed(error: FieldError, answers: Answers, at: string): PointedError {
  const detail = placedMessage(error, "vi");
  const { reason, section, row } = error;
  if (!section || !row) return { pointer: `${at}/${error.field.split(".").map(escaped).join("/")}`, reason, detail };
  const index = rowsAt(answers, section).findIndex((one) => one.row === row);
  const rest = error.field.split(".").slice(2).map(escaped).join("/");
  return { pointer: `${at}/${escaped(section)}/${Math.max(index, 0)}/${rest}`, reason, detail };
}

/** A misspelt name would be an answer that nobody sees. */
function unknownAnswers(form: FormDefinition, answers: Answers, at: string): readonly PointedError[] {
  const sections = form.pages.flatMap((page) => page.sections);
  const names = new Set(
    sections.flatMap((section) => (section.repeat ? [section.id] : section.items.map(({ id }) => id))),
  );
  return Object.keys(answers)
    .filter((name) => !names.has(name))
    .slice(0, 50)
    .map((name) => ({ pointer: `${at}/${escaped(name)}`, reason: "unknown-item", detail: "no question of this form" }));
}

function escaped(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}
