/**
 * Dossier synchronisation between a province and the national portal: DongBoHoSoMC (the dossier as it stands) and
 * CapNhatTienDoHoSoMC (one step of its life), after a sign-in that gives a session. Schemas, builders with the portal's
 * limits, a client with time-outs, one example of each message.
 */
export { buildDossierRecord, buildProgressRecord, type DossierFacts } from "./build.ts";
export { createSyncClient, type SyncClient, type SyncPartner } from "./client.ts";
export * from "./messages.ts";
export { LIMITS, readSyncMessage } from "./schemas.ts";
