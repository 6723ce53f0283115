import type { FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";

/** Values of a posted form by name: the last of one name, all of them under `all`. Names and values are NFC. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

const FIELDS_MAX = 1_000;

/** Parses `application/x-www-form-urlencoded`. A name that comes several times gives a list. */
export function parseForm(body: string): FormValues {
  const values: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  let count = 0;
  for (const [rawName, rawValue] of new URLSearchParams(body)) {
    count += 1;
    if (count > FIELDS_MAX) throw new AppError("too-large", { message: "too many form fields" });
    // No person types a NUL, and PostgreSQL's text cannot hold it.
    const name = rawName.replaceAll("\0", "").normalize("NFC");
    const value = rawValue.replaceAll("\0", "").normalize("NFC");
    const known = values[name];
    if (known === undefined) values[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else values[name] = [known, value];
  }
  return values;
}

/** The posted form of this request; empty when the body is none. Another kind of body (JSON) is no form: AppError. */
export function formValues(request: FastifyRequest): FormValues {
  const { body } = request;
  if (body === null || body === undefined) return {};
  if (typeof body !== "object" || !Object.values(body).every(isFormValue))
    throw new AppError("unsupported", { message: "a form is needed" });
  return body as FormValues;
}

function isFormValue(value: unknown): boolean {
  return typeof value === "string" || (Array.isArray(value) && value.every((one) => typeof one === "string"));
}

/** One value, trimmed; the first when several came; "" when none. */
export function formText(values: FormValues, name: string): string {
  const value = values[name];
  const first = Array.isArray(value) ? (value as readonly string[])[0] : (value as string | undefined);
  return (first ?? "").trim();
}

export function formList(values: FormValues, name: string): readonly string[] {
  const value = values[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
