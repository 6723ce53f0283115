import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";

export type Log = Logger;

/** Keys whose values never reach a log: secrets and what identifies a person. */
const REDACTED = [
  "password",
  "otp",
  "token",
  "secret",
  "authorization",
  "cookie",
  "identityNumber",
  "phone",
  "email",
  "name",
  "*.password",
  "*.otp",
  "*.token",
  "*.secret",
  "*.authorization",
  "*.cookie",
  "*.identityNumber",
  "*.phone",
  "*.email",
  "req.headers.authorization",
  "req.headers.cookie",
  'res.headers["set-cookie"]',
];

/** What an error may say in a log. PostgreSQL's `detail` and `where` quote whole rows: names, numbers, answers. */
const SAID_OF_ERRORS = ["code", "reason", "constraint", "table", "column", "routine", "status"] as const;
const CAUSES_MAX = 4;

function sayError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? maskNumbers(error) : typeof error;
  const said: Record<string, unknown> = { type: error.constructor.name, message: maskNumbers(error.message) };
  for (const key of SAID_OF_ERRORS) {
    const value = (error as unknown as Record<string, unknown>)[key];
    if (typeof value === "string" || typeof value === "number") said[key] = value;
  }
  if (error.stack) said["stack"] = maskNumbers(error.stack);
  if (error.cause !== undefined && depth < CAUSES_MAX) said["cause"] = sayError(error.cause, depth + 1);
  return said;
}

/** Runs of 9 to 12 digits are identity numbers and phones more often than anything that helps to find a fault. */
function maskNumbers(text: string): string {
  return text.replace(/(?<![\w-])\+?\d{9,12}(?![\w-])/g, "•••");
}

/** More than this is not kept for a disk that takes nothing; the oldest lines stay. */
const KEPT_MAX_BYTES = 1_000_000;

/**
 * A disk that is full must neither end nor hold the process whose log it has: lines are lost, and go on when there is room.
 * (Written at once: what waits to be written is waited for at the end of the process, without an end.)
 */
function standardOutput(): DestinationStream {
  return pino.destination({ fd: 1, sync: true, maxLength: KEPT_MAX_BYTES }).on("error", () => undefined);
}

/** Structured log on standard output. Level by LOG_LEVEL (default info; `silent` in tests). `destination`: elsewhere. */
export function createLog(role: string, destination?: DestinationStream): Log {
  const options: LoggerOptions = {
    level: process.env["LOG_LEVEL"] ?? "info",
    base: { role, pid: process.pid },
    serializers: { err: (error: unknown) => sayError(error) },
    redact: { paths: REDACTED, censor: "•••" },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return pino(options, destination ?? standardOutput());
}

export { maskIdentity, maskPhone } from "./mask.ts";
