/**
 * Ratings (đánh giá): how content people were, once for each dossier with a result (Decision 766/QĐ-TTg, group 6). Promises:
 * only the applicant rates; a score is never changed or left out; a comment is public only after a leader read it, and
 * without a name.
 */
export { type RatingDeskDeps, ratingDeskRoutes } from "./rating-desk-routes.ts";
export { type RatingDeps, ratingRoutes } from "./rating-routes.ts";
export { findRating } from "./rating-view.ts";
export { ratingOf } from "./pages/rating-pages.ts";
