import { type Database, statement } from "#kit/db.ts";

const put = statement<{ outcome: "kept" | "full" }, [string, string, readonly string[], string]>(
  "catalogue.put-search-word",
  "select search_word_put($1, $2, $3::text[], $4) as outcome",
);

const drop = statement<{ dropped: boolean }, [string, string, string]>(
  "catalogue.drop-search-word",
  "select search_word_drop($1, $2, $3) as dropped",
);

/** `phrase` and `means` are folded words. "full" when the province has as many as it may. */
export async function putSearchWord(
  database: Database,
  word: { readonly tenant: string; readonly phrase: string; readonly means: readonly string[]; readonly actor: string },
): Promise<"kept" | "full"> {
  return (await database.one(put, [word.tenant, word.phrase, word.means, word.actor])).outcome;
}

/** False when it was gone already. */
export async function dropSearchWord(
  database: Database,
  word: { readonly tenant: string; readonly phrase: string; readonly actor: string },
): Promise<boolean> {
  return (await database.one(drop, [word.tenant, word.phrase, word.actor])).dropped;
}
