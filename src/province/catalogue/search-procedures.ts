import { plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { fold } from "#kit/vietnamese.ts";
import {
  type CatalogueCounts,
  type CatalogueCursor,
  type CatalogueFilter,
  type CatalogueRow,
  countMatches,
  listMatches,
  listSimilar,
} from "./catalogue-view.ts";

export type CatalogueQuery = CatalogueFilter & {
  readonly after?: CatalogueCursor;
  /** Rows of a page, at most 100; 20 without. */
  readonly limit?: number;
};

export type CatalogueFound = {
  readonly rows: readonly CatalogueRow[];
  readonly counts: CatalogueCounts;
  /** Where the next page begins; undefined on the last one. */
  readonly next: CatalogueCursor | undefined;
  /** The words as typed found nothing; these look like them. */
  readonly similar: boolean;
};

const LIMIT = 20;
const WORDS_MAX = 10;

/**
 * Finds procedures by words (with or without marks, đ/Đ as d, beginnings of words, all of them), level, unit, field and
 * level of service. Words that find nothing are compared by likeness. `db` is the tenant's.
 */
export async function searchProcedures(
  db: Database,
  query: CatalogueQuery,
  clock: Clock = systemClock,
): Promise<CatalogueFound> {
  const day = plainDateOf(clock.now());
  const limit = Math.min(Math.max(query.limit ?? LIMIT, 1), 100);
  const words = wordsOf(query.words ?? "");
  const text = words.length > 0 ? words.map((word) => `${word}:*`).join(" & ") : null;
  return db.tx(async (tx) => {
    const phrase = words.length > 0 ? words.join(" ") : null;
    const counts = await countMatches(tx, day, text, query);
    const rows = await listMatches(tx, day, text, query, phrase, query.after, limit + 1);
    if (rows.length === 0 && phrase !== null && !query.after && counts.total === 0) {
      const close = await listSimilar(tx, day, phrase, query, 10);
      return { rows: close, counts: countsOf(close), next: undefined, similar: close.length > 0 };
    }
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const next =
      rows.length > limit && last ? { rank: last.rank, sortName: last.sortName, code: last.code } : undefined;
    return { rows: page, counts, next, similar: false };
  });
}

/** Counts of a list that is short enough to be counted here. */
function countsOf(rows: readonly CatalogueRow[]): CatalogueCounts {
  const levels = Object.groupBy(
    rows.flatMap((row) => row.levels),
    (level) => level,
  );
  const fields = Map.groupBy(rows, ({ fieldCode }) => fieldCode);
  return {
    total: rows.length,
    levels: Object.fromEntries(Object.entries(levels).map(([level, list]) => [level, list.length])),
    fields: [...fields].map(([code, list]) => ({
      code,
      name: list[0]?.fieldName ?? { vi: code, en: code },
      count: list.length,
    })),
  };
}

/** Letters and digits of what was typed, without marks: "Đăng ký khai sinh" → dang, ky, khai, sinh. */
export function wordsOf(text: string): string[] {
  return (fold(text).match(/[a-z0-9]+/g) ?? []).slice(0, WORDS_MAX).map((word) => word.slice(0, 40));
}
