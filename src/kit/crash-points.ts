/**
 * Named places where the fault suite may kill the process (promises: kill loop F1–F16). Without the variable each call
 * costs one comparison.
 *
 * `CRASH_AT=F3` kills at F3 the first time it is reached, `F3:2` the second time, `F3@momo` only for that provider; several
 * are separated by commas. `CRASH_DONE=FILE`: what kills is written there first, and what stands there kills no more, so
 * that a process which is started again with the same variables goes on to its next point.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";

interface Armed {
  readonly text: string;
  readonly point: string;
  readonly of: string | undefined;
  times: number;
}

const list = process.env["CRASH_AT"] ?? "";
const doneFile = process.env["CRASH_DONE"];
let armed: Armed[] | undefined;

/** `of`: what is being worked for, so that a point can be armed for one provider alone. */
export function crashPoint(point: string, of?: string): void {
  if (list === "") return;
  // Read at the first point, not before: a process may have been made ready while another one still had its turn.
  armed ??= parse();
  const hit = armed.find((one) => one.point === point && (one.of === undefined || one.of === of));
  if (!hit) return;
  hit.times -= 1;
  if (hit.times > 0) return;
  if (doneFile) appendFileSync(doneFile, `${hit.text}\n`);
  process.kill(process.pid, "SIGKILL");
  // The signal is delivered by the kernel: nothing after this line may run.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

function parse(): Armed[] {
  const done = doneFile && existsSync(doneFile) ? readFileSync(doneFile, "utf8").split("\n") : [];
  return list
    .split(",")
    .filter((text) => text !== "" && !done.includes(text))
    .map((text) => {
      const [name = "", count] = text.split(":");
      const [point = "", of] = name.split("@");
      return { text, point, of, times: count ? Number(count) : 1 };
    });
}
