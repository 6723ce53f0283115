/**
 * Definitions that people write as JSON files (provinces, procedures): read, checked against a JSON Schema, and refused
 * with every place that is wrong, because whoever edits them is not a programmer.
 */
import { readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";

export class DefinitionError extends Error {
  readonly file: string;
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`${file} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "DefinitionError";
    this.file = file;
    this.problems = problems;
  }
}

export type SchemaCheck = (value: unknown) => readonly string[];

/** Compiles a JSON Schema 2020-12 file to a check that lists problems as `place: what is wrong`. */
export function schemaCheck(schemaFile: string): SchemaCheck {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allowUnionTypes: true,
    discriminator: true,
  });
  const validate: ValidateFunction = ajv.compile(readJson(schemaFile) as object);
  return (value) => (validate(value) ? [] : [...new Set((validate.errors ?? []).map(problemOf))]);
}

/** The file's content, checked; throws `DefinitionError`. `more` checks what a schema cannot say. */
export function readDefinition<T>(
  file: string,
  check: SchemaCheck,
  more: (value: T) => readonly string[] = () => [],
): T {
  const value = readJson(file);
  const problems = check(value);
  if (problems.length > 0) throw new DefinitionError(file, problems);
  const further = more(value as T);
  if (further.length > 0) throw new DefinitionError(file, further);
  return value as T;
}

function readJson(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text.normalize("NFC"));
  } catch (error) {
    throw new DefinitionError(file, [error instanceof Error ? error.message : "is not JSON"]);
  }
}

function problemOf(error: ErrorObject): string {
  const place = error.instancePath === "" ? "the file" : error.instancePath.slice(1).replaceAll("/", ".");
  const { params } = error;
  if (error.keyword === "additionalProperties") return `${place}: unknown entry "${params["additionalProperty"]}"`;
  if (error.keyword === "required") return `${place}: "${params["missingProperty"]}" is missing`;
  if (error.keyword === "enum") return `${place}: must be one of ${(params["allowedValues"] as unknown[]).join(", ")}`;
  if (error.keyword === "const") return `${place}: must be ${JSON.stringify(params["allowedValue"])}`;
  return `${place}: ${error.message ?? error.keyword}`;
}
