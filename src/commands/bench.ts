import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command, EXIT } from "./command.ts";

export const command: Command = {
  help: `
Usage: motcua bench [--rounds N] [--only WORKLOAD]… [--json FILE] [--rows N]

Measures workloads of a checkout against their physical limits: both run by turns in one run, and the median of the
ratios is printed as a table.

  procedure-page     a procedure's page, against node:http with a constant body of the same size
  submit             filing a dossier without files, against its one statement in pgbench
  catalogue-search   everyday words over 63 provinces' 2,042 procedures, against its first statement in pgbench
  inbox              an officer's list, against its one statement in pgbench, in so many dossiers of 63 provinces (--rows,
                     default 300,000); also says how long counts, filters, search and page 1,000 take
  momo-callback      MoMo's callback over HTTP, against its one statement in pgbench (without pgbench: a bare loop)
  vnpay-callback     VNPAY's callback over HTTP, the same way

motcua bench soak [--minutes N] [--rate N] sends callbacks over HTTP at a fixed rate (1 minute, 50 a second) and says how
long they took (p50, p95, p99) and whether the books are whole afterwards.

motcua bench bulk files a sheet of 1,000 rows with a paper each, and says how long it takes and what the worker holds
meanwhile: it must not grow with the rows.

motcua bench pages looks at catalogue, procedure and form in a browser on Lighthouse's phone and scores them by its curves;
95 is wanted.

  --rounds N         counted rounds, default 3
  --only WORKLOAD    only this one; may be repeated
  --json FILE        also write every figure there

PostgreSQL keeps its durable settings (fsync and synchronous_commit on). Needs a quiet machine to mean something.
`,
  run: async (args) => {
    const root = resolve(import.meta.dirname, "../..");
    const entry = join(root, "bench/run.ts");
    if (!existsSync(entry)) {
      process.stderr.write("motcua: bench works in a checkout only\n");
      return EXIT.unavailable;
    }
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", entry, ...args], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    return await new Promise<number>((done) => child.once("exit", (code) => done(code ?? EXIT.failed)));
  },
};
