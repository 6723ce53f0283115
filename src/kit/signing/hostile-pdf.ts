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
/** More than this waiting is an attack or a stuck machine; saying so is better than a queue without end. */
const WAITING_MAX = 40;

const PROGRAM = new URL(import.meta.url.endsWith(".ts") ? "./hostile-pdf-process.ts" : "./hostile-pdf-process.js", import.meta.url);

let reader: ChildProcess | undefined;
let idle: NodeJS.Timeout | undefined;
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * All signatures of a PDF in the order in which they were made; empty when the bytes are not a PDF, cannot be read
 * within the limits, or carry no signature. Never throws on hostile bytes; AppError `too-many` when too many wait.
 * The rules are those of the published attacks (universal forgery, incremental saving, signature wrapping, shadow, evil
 * annotation): what cannot be explained counts as changed.
 */
export async function verifyPdfSignatures(
  bytes: Uint8Array,
  options: { readonly trustedRoots: readonly Uint8Array[] },
): Promise<PdfSignature[]> {
  const found = await inTurn({ kind: "verify", bytes, trustedRoots: options.trustedRoots });
  return (found as PdfSignature[] | undefined) ?? [];
}

/**
 * Why a PDF must not be signed as it is; no reason when it can be. Never throws on hostile bytes; AppError `too-many`
 * when too many wait.
 */
export async function inspectPdf(bytes: Uint8Array): Promise<UnsignableReason[]> {
  const found = await inTurn({ kind: "inspect", bytes });
  return (found as UnsignableReason[] | undefined) ?? ["broken-structure"];
}

/** One file at a time: two at once would share the memory that each of them may use up. */
async function inTurn(task: HostileTask): Promise<unknown> {
  if (waiting >= WAITING_MAX) throw new AppError("too-many", { reason: "documents-waiting" });
  waiting += 1;
  const mine = last.then(() => run(task));
  last = mine;
  try {
    return await mine;
  } finally {
    waiting -= 1;
  }
}

/** The reader's answer, or undefined when it died or took too long. */
function run(task: HostileTask): Promise<unknown> {
  clearTimeout(idle);
  // One that died while it rested must not be mistaken for the next file's fault.
  if (!reader?.connected) reader = startReader();
  const child = reader;
  child.ref();
  child.channel?.ref();
  return new Promise((resolve) => {
    const finish = (answer: unknown, alive: boolean): void => {
      clearTimeout(limit);
      child.removeAllListeners("message").removeAllListeners("error").removeAllListeners("exit");
      if (alive) rest(child);
      else discard(child);
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

function rest(child: ChildProcess): void {
  // A reader that waits must not keep a process alive that wants to end.
  child.unref();
  child.channel?.unref();
  idle = setTimeout(() => discard(child), IDLE_MS).unref();
}

function discard(child: ChildProcess): void {
  if (reader === child) reader = undefined;
  child.on("error", () => undefined);
  child.kill("SIGKILL");
}
