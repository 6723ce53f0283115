import { type Logger, pino } from "pino";

export type Log = Logger;

/** Keys whose values never reach a log: secrets and what identifies a person. */
const REDACTED = [
  "password", "otp", "token", "secret", "authorization", "cookie", "identityNumber", "phone", "email", "name",
  "*.password", "*.otp", "*.token", "*.secret", "*.authorization", "*.cookie", "*.identityNumber", "*.phone", "*.email",
  "req.headers.authorization", "req.headers.cookie", 'res.headers["set-cookie"]',
];

/** Structured log on standard output. Level by LOG_LEVEL (default info; `silent` in tests). */
export function createLog(role: string): Log {
  return pino({
    level: process.env["LOG_LEVEL"] ?? "info",
    base: { role, pid: process.pid },
    redact: { paths: REDACTED, censor: "•••" },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

/** `0869xxx603` as the sources show a phone number. */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? "xxx" : `${phone.slice(0, 4)}xxx${phone.slice(-3)}`;
}

/** `079•••••1234`: identity numbers in lists and logs. */
export function maskIdentity(number: string): string {
  return number.length < 8 ? "•••" : `${number.slice(0, 3)}${"•".repeat(number.length - 7)}${number.slice(-4)}`;
}
