/** `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";

export interface Rating {
  readonly dossierId: string;
  readonly score: number;
  readonly comment: string;
  readonly moderation: "none" | "waiting" | "shown" | "hidden";
  readonly agencyName: string;
  readonly procedureName: Text;
  readonly at: Date;
}

const COLUMNS = `dossier_id as "dossierId", score, comment, moderation, agency_name as "agencyName",
  procedure_name as "procedureName", at`;

const one = statement<Rating, [dossierId: string]>(
  "ratings.find",
  `select ${COLUMNS} from rating where dossier_id = $1`,
);

export function findRating(db: Db, dossierId: string): Promise<Rating | undefined> {
  return db.maybe(one, [dossierId]);
}

const commented = statement<Rating, [moderation: string[], limit: number]>(
  "ratings.list-commented",
  `select ${COLUMNS} from rating where moderation = any ($1) order by at desc, dossier_id limit $2`,
);

export function listCommented(db: Db, moderation: readonly Rating["moderation"][], limit: number): Promise<Rating[]> {
  return db.many(commented, [[...moderation], limit]);
}

export interface AgencyScore {
  readonly agencyName: string;
  readonly ratings: number;
  /** Of 5. */
  readonly average: number;
  /** Share of 4 and 5, in percent: what the index counts as content. */
  readonly content: number;
}

const scores = statement<AgencyScore, [limit: number]>(
  "ratings.of-agencies",
  `select max(agency_name) as "agencyName", count(*)::int as ratings, round(avg(score), 1)::float8 as average,
     round(100.0 * count(*) filter (where score >= 4) / count(*))::int as content
   from rating group by agency_id order by count(*) desc, agency_id limit $1`,
);

export function listAgencyScores(db: Db, limit: number): Promise<AgencyScore[]> {
  return db.many(scores, [limit]);
}
