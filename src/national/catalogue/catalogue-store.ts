/** SQL of what was pulled from the provinces. */
import { type Db, statement } from "#kit/db.ts";
import type { FeedItem } from "#protocols/catalogue-feed/index.ts";

const cursorOf = statement<{ cursor: string | null }, [province: string]>(
  "national-catalogue.find-cursor",
  "select cursor from catalogue_source where province = $1",
);

const apply = statement<{ changed: number }, [province: string, items: string, cursor: string]>(
  "national-catalogue.apply",
  "select catalogue_apply($1, $2::jsonb, $3) as changed",
);

const fail = statement<object, [province: string, error: string]>(
  "national-catalogue.note-failure",
  `insert into catalogue_source (province, failed_at, last_error) values ($1, clock_timestamp(), $2)
   on conflict (province) do update set failed_at = excluded.failed_at, last_error = excluded.last_error`,
);

/** Where the province's feed goes on; null: from the beginning. */
export async function findCursor(db: Db, province: string): Promise<string | null> {
  return (await db.maybe(cursorOf, [province]))?.cursor ?? null;
}

/** One page and its cursor together. */
export async function applyPage(db: Db, province: string, items: readonly FeedItem[], cursor: string): Promise<number> {
  return (await db.one(apply, [province, JSON.stringify(items), cursor])).changed;
}

export async function noteFailure(db: Db, province: string, error: string): Promise<void> {
  await db.run(fail, [province, error.slice(0, 300)]);
}
