/**
 * Named places where the fault suite may kill the process (promises: kill loop F1–F16). `CRASH_AT=F3` kills at F3 the
 * first time it is reached; `CRASH_AT=F3:2` the second time. Without the variable each call costs one comparison.
 */
const wanted = process.env["CRASH_AT"];
let [name, times] = wanted ? parse(wanted) : [undefined, 0];

export function crashPoint(point: string): void {
  if (name === undefined || point !== name) return;
  times -= 1;
  if (times > 0) return;
  name = undefined;
  process.kill(process.pid, "SIGKILL");
  // The signal is delivered by the kernel: nothing after this line may run.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

function parse(text: string): [string, number] {
  const [point = "", count] = text.split(":");
  return [point, count ? Number(count) : 1];
}
