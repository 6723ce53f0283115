/**
 * Dossier index: what the provinces tell the national portal about their dossiers (DongBoHoSoMC, CapNhatTienDoHoSoMC).
 * Promises: a message that comes twice changes nothing, one that comes late does not undo a later one, an official code
 * once told stays, and a province can only speak for itself.
 */
export { dossierIndexRoutes } from "./dossier-index-routes.ts";
export { type DossierListing, listIndexedDossiers, type ListingPage } from "./dossier-index-view.ts";
export { type DossierIndexDeps, receiveSync, signInProvince, type SyncProvince } from "./receive-sync.ts";
