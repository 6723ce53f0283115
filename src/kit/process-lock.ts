import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** A lock file that a killed process cannot leave locked: it names its holder, and a dead holder does not count. */

export interface LockHolder {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat: tells the holder from a later process with the same number. */
  readonly started: string;
  /** What the holder wants others to know, for example its address. */
  readonly note: string;
}

function startedAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19]; // a zombie holds nothing
  } catch {
    return undefined;
  }
}

/** Who holds the lock now, if that process still lives. */
export function lockHolder(file: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8")) as LockHolder;
    return startedAt(holder.pid) === holder.started ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the lock: true, or the living process that has it. */
export function takeLock(file: string, note: string): true | LockHolder {
  const mine = JSON.stringify({ pid: process.pid, started: startedAt(process.pid) ?? "", note } satisfies LockHolder);
  const draft = `${file}.${process.pid}`;
  for (;;) {
    writeFileSync(draft, mine, { mode: 0o600 });
    try {
      linkSync(draft, file); // appears whole or not at all
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const holder = lockHolder(file);
    if (holder) return holder;
    rmSync(file, { force: true });
  }
}

export function releaseLock(file: string): void {
  if (lockHolder(file)?.pid === process.pid) rmSync(file, { force: true });
}
