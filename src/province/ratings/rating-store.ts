import { type Database, statement } from "#kit/db.ts";

export type RatingOutcome = "ok" | "rated" | "not-found";

const put = statement<{ outcome: RatingOutcome }, [string, string, string, number, string]>(
  "ratings.put",
  "select rating_put($1, $2, $3, $4, $5) as outcome",
);

/** `rated`: it was rated before, and stays as it is. */
export async function putRating(
  database: Database,
  key: { readonly tenant: string; readonly dossierId: string; readonly applicantSub: string },
  rating: { readonly score: number; readonly comment: string },
): Promise<RatingOutcome> {
  const params = [key.tenant, key.dossierId, key.applicantSub, rating.score, rating.comment] as const;
  return (await database.one(put, [...params])).outcome;
}

const moderate = statement<{ done: boolean }, [string, string, boolean, string]>(
  "ratings.moderate",
  "select rating_moderate($1, $2, $3, $4) as done",
);

export async function moderateRating(
  database: Database,
  tenant: string,
  dossierId: string,
  verdict: { readonly shown: boolean; readonly officerId: string },
): Promise<boolean> {
  return (await database.one(moderate, [tenant, dossierId, verdict.shown, verdict.officerId])).done;
}
