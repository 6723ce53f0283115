/** What every site and worker of the provincial building shares: database, files, keys, clock, configuration. */
import path from "node:path";
import type { BuildingContext } from "#kit/building.ts";
import type { Clock } from "#kit/clock.ts";
import type { Config } from "#kit/config.ts";
import { startDatabaseClock } from "#kit/database-clock.ts";
import { type Database, openDatabase } from "#kit/db.ts";
import { type BlobStore, createDiskStore } from "#kit/files.ts";
import type { Log } from "#kit/log.ts";
import { openSigners, type SignerSource } from "#kit/signing/index.ts";
import type { ReceiptDependencies } from "./receipts/index.ts";
import { findTenant, type Tenant } from "./tenants/index.ts";

export interface ProvinceBuilding {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  /** Without a tenant. */
  readonly database: Database;
  readonly files: BlobStore;
  readonly signers: SignerSource;
  /** The building's data key. */
  readonly secret: string;
}

export interface ProvinceSite {
  readonly tenant: Tenant;
  readonly portalOrigin: string;
  readonly deskOrigin: string;
}

export async function openProvinceBuilding(
  { config, log }: BuildingContext,
  role: string,
  connections: number,
): Promise<ProvinceBuilding> {
  const database = openDatabase({ url: config.databases.province.app, role, max: connections });
  return {
    config,
    log,
    clock: await startDatabaseClock(database, log),
    database,
    files: createDiskStore(path.join(config.dataDir, "files")),
    signers: await openSigners({ dataDir: config.dataDir, demo: config.demo }),
    secret: config.secrets.dataKeys.province,
  };
}

/** Papers on their way lie beside the finished ones, on the same disk. */
export function partialFolder(config: Config): string {
  return path.join(config.dataDir, "files", "partial");
}

export function provinceSites(config: Config): ProvinceSite[] {
  return config.origins.provinces.map(({ code, portal, desk }) => ({
    tenant: findTenant(code),
    portalOrigin: portal,
    deskOrigin: desk,
  }));
}

/** What making and reading receipts needs. */
export function receiptDepsOf(building: ProvinceBuilding, portalOrigin: string): ReceiptDependencies {
  return { files: building.files, signerOf: (collector) => building.signers.receipts(collector), portalOrigin };
}
