/**
 * Room: the catalogue of all provinces. Words: item (a procedure of one province), source (a province's feed), cursor.
 * Promises: what a province published is found here within minutes, and what it withdrew no longer; a province that does not
 * answer keeps what was last known of it; every result leads to the province's own page.
 */
export { catalogueRoutes } from "./catalogue-routes.ts";
export { pullCatalogues } from "./pull-catalogues.ts";
