/** The embedded PostgreSQL of a checkout: see `embedded.ts`. */
export {
  type DatabaseUrls,
  type EmbeddedOptions,
  type EmbeddedPostgres,
  joinEmbedded,
  startEmbedded,
} from "./embedded.ts";
export { APP_ROLES, DATABASES, MIGRATOR } from "./provision-store.ts";
export { serverUser } from "./binaries.ts";
export { clusterFolder } from "./cluster.ts";
