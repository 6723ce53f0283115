/** For tests: one worker process that does what is due of linked filings and ends; the test kills it in the middle. */
import { openDatabase } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { linkedJobs } from "./linked-jobs.ts";

export interface LinkedRole {
  readonly database: string;
  readonly files: string;
  readonly key: string;
  readonly portals: Readonly<Record<string, string>>;
}

const role = JSON.parse(process.argv[2] ?? "null") as LinkedRole;
const database = openDatabase({ url: role.database, role: "linked", max: 4 });
const clock = { now: () => new Date() };
const worker = createWorker({
  database,
  handlers: linkedJobs({
    database,
    clock,
    files: createDiskStore(role.files),
    peerOf: (_tenant, province) => ({ portal: role.portals[province] ?? "", key: role.key }),
    portalOf: (tenant) => role.portals[tenant] ?? "",
  }),
  log: createLog("test"),
});
await worker.drain();
await database.close();
