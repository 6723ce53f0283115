/**
 * Reading PDFs of strangers. One changed byte can send the PDF parser into a loop that eats all memory (found by
 * flipping random bytes), so such files are read in a process of their own with a limit of memory and of time: what
 * exceeds them is answered as unreadable, and the process that serves people lives on. (A worker thread is not enough:
 * one that runs out of memory can take the whole process with it.)
 */
import { type ChildProcess, fork } from "node:child_process";
import { AppError } from "../errors.ts";
import type { HostileAnswer, HostileTask } from "./hostile-pdf-process.ts";
import type { UnsignableReason } from "./inspect-pdf.ts";
import type { PdfSignature } from "./verify-pdf.ts";

// A 25 MB document needs about 150 MB and 2 s.
const MEMORY_MB = 256;
const TIME_LIMIT_MS = 12_000;
const IDLE_MS = 30_000;
/**
 * Whoever is signed in waits in one queue, people from the street in another with a reader of its own: files that take
 * the whole time limit, sent one after the other to a public page, must not keep citizens from filing and officers from
 * signing. More than so many waiting is an attack or a stuck machine; saying so is better than a queue without end.
 */
const WAITING_MAX = { known: 40, street: 8 } as const;
export type Queue = keyof typeof WAITING_MAX;

interface Lane {
  readonly most: number;
  reader: ChildProcess | undefined;
  idle: NodeJS.Timeout | undefined;
  last: Promise<unknown>;
  waiting: number;
}

const lane = (most: number): Lane => ({
  most,
  reader: undefined,
  idle: undefined,
  last: Promise.resolve(),
  waiting: 0,
});
const lanes: Readonly<Record<Queue, Lane>> = { known: lane(WAITING_MAX.known), street: lane(WAITING_MAX.street) };

const PROGRAM = new URL(
  import.meta.url.endsWith(".ts") ? "./hostile-pdf-process.ts" : "./hostile-pdf-process.js",
  import.meta.url,
);

/**
 * All signatures of a PDF in the order in which they were made; empty when the bytes are not a PDF, cannot be read
 * within the limits, or carry no signature. Never throws on hostile bytes; AppError `too-many` when too many wait.
 * The rules are those of the published attacks (universal forgery, incremental saving, signature wrapping, shadow, evil
 * annotation): what cannot be explained counts as changed.
 */
export async function verifyPdfSignatures(
  bytes: Uint8Array,
  options: { readonly trustedRoots: readonly Uint8Array[]; readonly queue?: Queue },
): Promise<PdfSignature[]> {
  return (await readPdfSignatures(bytes, options)) ?? [];
}

/**
 * As `verifyPdfSignatures`, but says undefined when the reader died or ran out of time: then nothing is known, and a
 * page must not call the document unsigned.
 */
export async function readPdfSignatures(
  bytes: Uint8Array,
  options: { readonly trustedRoots: readonly Uint8Array[]; readonly queue?: Queue },
): Promise<PdfSignature[] | undefined> {
  const task = { kind: "verify", bytes, trustedRoots: options.trustedRoots } as const;
  return (await inTurn(lanes[options.queue ?? "known"], task)) as PdfSignature[] | undefined;
}

/**
 * Why a PDF must not be signed as it is; no reason when it can be. Never throws on hostile bytes; AppError `too-many`
 * when too many wait.
 */
export async function inspectPdf(bytes: Uint8Array): Promise<UnsignableReason[]> {
  const found = await inTurn(lanes.known, { kind: "inspect", bytes });
  return (found as UnsignableReason[] | undefined) ?? ["broken-structure"];
}

/** One file at a time in a queue: two at once would share the memory that each of them may use up. */
async function inTurn(at: Lane, task: HostileTask): Promise<unknown> {
  if (at.waiting >= at.most) throw new AppError("too-many", { reason: "documents-waiting" });
  at.waiting += 1;
  const mine = at.last.then(() => run(at, task));
  // Those behind it do not fail with it.
  at.last = mine.catch(() => undefined);
  try {
    return await mine;
  } finally {
    at.waiting -= 1;
  }
}

/** The reader's answer, or undefined when it died or took too long. */
function run(at: Lane, task: HostileTask): Promise<unknown> {
  clearTimeout(at.idle);
  // One that died while it rested must not be mistaken for the next file's fault.
  if (!at.reader?.connected) at.reader = startReader();
  const child = at.reader.removeAllListeners("error");
  child.ref();
  child.channel?.ref();
  return new Promise((resolve) => {
    const finish = (answer: unknown, alive: boolean): void => {
      clearTimeout(limit);
      child.removeAllListeners("message").removeAllListeners("error").removeAllListeners("exit");
      if (alive) rest(at, child);
      else discard(at, child);
      resolve(answer);
    };
    const limit = setTimeout(() => finish(undefined, false), TIME_LIMIT_MS);
    child.once("message", (answer) => finish((answer as HostileAnswer).value, (answer as HostileAnswer).ok));
    // Out of memory, or a crash: the file is the finding.
    child.once("error", () => finish(undefined, false));
    child.once("exit", () => finish(undefined, false));
    child.send(task, (error) => {
      if (error) finish(undefined, false);
    });
  });
}

function startReader(): ChildProcess {
  return fork(PROGRAM, {
    execArgv: [`--max-old-space-size=${MEMORY_MB}`],
    // Bytes travel as bytes, not as JSON.
    serialization: "advanced",
    // What it reads is not ours, so neither are its words: nothing of it goes to the log, and it knows no secret.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: {},
  });
}

function rest(at: Lane, child: ChildProcess): void {
  // Nobody asks it now: what goes wrong with it meanwhile is found when somebody does.
  child.on("error", () => discard(at, child));
  // A reader that waits must not keep a process alive that wants to end.
  child.unref();
  child.channel?.unref();
  at.idle = setTimeout(() => discard(at, child), IDLE_MS).unref();
}

function discard(at: Lane, child: ChildProcess): void {
  if (at.reader === child) at.reader = undefined;
  child.on("error", () => undefined);
  child.kill("SIGKILL");
}
