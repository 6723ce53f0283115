/**
 * The one error that is thrown on purpose. `message` is for logs, never for people; `reason` is a closed word of the
 * room that threw it, which pages translate. One place (`kit/http/failures.ts`) turns the code into a status and a page.
 */
export type ErrorCode =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "too-large"
  | "unsupported"
  | "too-many"
  | "unavailable"
  | "internal";

export const ERROR_STATUS = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "too-large": 413,
  unsupported: 415,
  "too-many": 429,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly reason: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: ErrorCode,
    options: { message?: string; reason?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(options.message ?? options.reason ?? code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.reason = options.reason;
    this.details = options.details;
  }
}

/** For switches over closed unions: a new member without a branch does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}

/** Asserts what must hold if our own code is right. */
export function invariant(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${why}`);
}
