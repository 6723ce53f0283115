/**
 * Room: the catalogue (thủ tục hành chính of a province). Words: procedure and its versions, unit (agency), offer, entry.
 * Promises: a published version never changes; search finds with and without marks; what is shown of fees and time is what
 * the rules say, and what nobody has published is called unknown, never free.
 */
export type { ProcedureDefinition } from "#province/procedure/index.ts";
export { type Difference, differencesOf } from "./definition-differences.ts";
export { agenciesOffering } from "./listing.ts";
export { definitionProblems } from "./definition-problems.ts";
export { type CatalogueContent, type CatalogueDeps, catalogueRoutes } from "./catalogue-routes.ts";
export type { PublishedProcedure } from "./catalogue-store.ts";
export { type CatalogueRow, listAgenciesOffering, listCodes, listSome, type OfferingAgency } from "./catalogue-view.ts";
export { findProcedure, getProcedureForm, getProcedureVersion } from "./find-procedure.ts";
export { importCatalogue, type ImportReport } from "./import/import-catalogue.ts";
export { pageHead } from "./pages/page-head.ts";
export { procedureList } from "./pages/parts.ts";
export {
  approveProposal,
  type Proposed,
  proposeVersion,
  type ProposeVersion,
  proposeWithdrawal,
  rejectProposal,
} from "./publishing/propose-version.ts";
export { type PublishingDeps, publishingRoutes } from "./publishing/publishing-routes.ts";
export { enterDueVersions } from "./publishing/publishing-store.ts";
export { type SearchWordDeps, searchWordRoutes } from "./search-words/search-word-routes.ts";
export { EVERYDAY_QUERIES } from "./everyday-queries.ts";
export { cataloguePaths } from "./paths.ts";
export { loadProcedures, schemaProblems } from "./load-procedures.ts";
export { differenceTable } from "./publishing/pages/difference-table.ts";
export { type CatalogueFound, type CatalogueQuery, firstSearch, searchProcedures } from "./search-procedures.ts";
export { seedCatalogue } from "./seed-catalogue.ts";
