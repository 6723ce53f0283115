import { fork } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../kit/errors.ts";

/** `motcua seed` as a process of its own: the supervisor stays small and never runs a building's code. */
export async function runSeed(
  env: Readonly<Record<string, string | undefined>>,
  logFolder: string,
  signal: AbortSignal,
): Promise<void> {
  const logFile = join(logFolder, "seed.log");
  const log = openSync(logFile, "w", 0o600);
  const child = fork(process.argv[1] ?? "", ["seed"], {
    env: { ...env },
    stdio: ["ignore", log, log, "ipc"],
    execArgv: process.execArgv,
    detached: true,
  });
  const giveUp = (): void => void child.kill("SIGKILL"); // what it did not finish, the next start does
  signal.addEventListener("abort", giveUp);
  closeSync(log);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  signal.removeEventListener("abort", giveUp);
  signal.throwIfAborted();
  if (code !== 0) {
    const lines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-6).join("\n");
    throw new AppError("unavailable", {
      message: `the demo data could not be loaded; ${logFile} ends with:\n${lines}`,
    });
  }
}
