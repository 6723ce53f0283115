import type { Database } from "#kit/db.ts";
import type { Log } from "#kit/log.ts";
import { readCatalogueFeed } from "#protocols/catalogue-feed/index.ts";
import { applyPage, findCursor, noteFailure } from "./catalogue-store.ts";

export interface CatalogueSource {
  readonly code: string;
  readonly portal: string;
}

/** 500 procedures each: twice what the largest province has. */
const PAGES_MAX = 20;

/**
 * Asks each province what changed since the last time and keeps it. One that does not answer is noted and asked again in
 * the next round; the others do not wait for it. Answers the number of procedures written.
 */
export async function pullCatalogues(deps: {
  readonly database: Database;
  readonly log: Log;
  readonly provinces: readonly CatalogueSource[];
}): Promise<number> {
  const { database, log } = deps;
  const written = await Promise.all(
    deps.provinces.map(async (province) => {
      try {
        return await pullOne(database, log, province);
      } catch (error) {
        log.warn({ province: province.code, err: error }, "catalogue feed not read");
        await noteFailure(database, province.code, error instanceof Error ? error.message : "failed");
        return 0;
      }
    }),
  );
  return written.reduce((sum, count) => sum + count, 0);
}

async function pullOne(database: Database, log: Log, { code, portal }: CatalogueSource): Promise<number> {
  let written = 0;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { page: feed, unreadable } = await readCatalogueFeed(portal, await findCursor(database, code));
    const { items, cursor, more, province } = feed;
    if (unreadable.length > 0) log.warn({ province: code, unreadable }, "items of a catalogue feed left out");
    if (province !== code) throw new Error(`the feed of ${code} says it is ${province}`);
    written += await applyPage(database, code, items, cursor);
    if (!more) break;
  }
  return written;
}
