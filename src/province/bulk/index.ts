/**
 * Bulk filing (nộp nhiều hồ sơ): a person fills in one sheet, each row a dossier of the same procedure, and files all.
 *
 * Words: sheet, column (a control of the form), batch, row, paper of a batch. A row is faulty, ready, filing or filed.
 * Promises: what a row says is held against the same form as on the pages; every error names its cell; each row ends as
 * one dossier or comes back with its errors, whatever is killed meanwhile; cells are text, never formulas.
 */
export type { BulkContent, BulkDeps } from "./bulk-deps.ts";
export { bulkRoutes } from "./bulk-routes.ts";
export { bulkJobs, sweepBatches } from "./file-row.ts";
export { bulkPaths } from "./paths.ts";
