/** The worker's broom: pieces nobody finished, bytes nobody named. */
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { DiskStore } from "#kit/files.ts";
import type { PartialStore } from "#kit/partial-files.ts";
import { UPLOAD_LIFE_MS } from "./upload-paper.ts";
import { forgetUploads, isFileNamed, listLooseFiles, settleLooseFile } from "./upload-store.ts";

export interface SweepDeps {
  readonly database: Database;
  readonly files: DiskStore;
  readonly partials: PartialStore;
  readonly clock: Clock;
  /** Every province whose papers lie in this store: bytes are one for all of them. */
  readonly tenants: readonly string[];
}

/**
 * Removes expired uploads with their pieces, and bytes that were stored for a paper and that no row of any province names
 * a day later. Answers what went away.
 */
export async function sweepUploads(deps: SweepDeps): Promise<{ uploads: number; files: number }> {
  const { database, files, partials, clock, tenants } = deps;
  const now = clock.now();
  const before = new Date(now.getTime() - UPLOAD_LIFE_MS);
  let uploads = 0;
  let gone = 0;
  for (const tenant of tenants) {
    for (const id of await forgetUploads(database, tenant, now)) {
      await partials.drop(id);
      uploads += 1;
    }
    for (const sha256 of await listLooseFiles(database, tenant, before)) {
      const isNamed = async (): Promise<boolean> => {
        for (const one of tenants) if (await isFileNamed(database, one, sha256)) return true;
        return false;
      };
      if (await files.discard(sha256, before, isNamed)) gone += 1;
      await settleLooseFile(database, tenant, sha256, before);
    }
  }
  await partials.sweep(new Date(before.getTime() - UPLOAD_LIFE_MS));
  await files.sweepIncoming(before);
  return { uploads, files: gone };
}
