import { type ParseArgsConfig, parseArgs } from "node:util";

/** One command of `motcua`: a file of this folder. */
export interface Command {
  /** Shown by `motcua COMMAND --help`: first line usage, then what it does, its options and examples. */
  readonly help: string;
  /** Answers the exit code. */
  run(args: readonly string[]): Promise<number>;
}

/** Exit codes, the same for every command; 64 and up as in sysexits.h. */
export const EXIT = {
  ok: 0,
  /** It ran, and what it looked at is not as it should be (a test failed, a check found something). */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Something it needs is missing: a program, a port, a database. */
  unavailable: 69,
  /** A mistake of ours. */
  internal: 70,
  /** The configuration is wrong. */
  config: 78,
} as const;

/** A wrong command line; `main.ts` prints it and answers EXIT.usage. */
export class UsageError extends Error {}

/** `parseArgs`, strict; an unknown option is a UsageError. */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Options,
  allowPositionals = false,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
