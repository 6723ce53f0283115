/**
 * The citizen's own store (kho giấy tờ): results returned, papers an officer checked and signed, own uploads. Promises: a
 * person sees only their own; a paper is used again only with a consent that is recorded with the use; deleting an upload
 * takes nothing from a dossier that used it.
 */
export { ownPapersOf } from "./offer-papers.ts";
export { listReuses, type PaperReuse } from "./own-paper-view.ts";
export { storePaths } from "./paths.ts";
export { type StoreDeps, storeRoutes } from "./store-routes.ts";
