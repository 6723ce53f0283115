/**
 * The provincial building: for every province its portal and its one-stop desk, one codebase. Composition only: rooms
 * bring their routes and jobs; `portal-site.ts` and `desk-site.ts` put the sites together.
 */
import path from "node:path";
import type { FastifyInstance } from "fastify";
import type { FindDemoData, Running, Seed, StartRole } from "#kit/building.ts";
import { reapCaptchaDesk } from "#kit/captcha.ts";
import type { Config } from "#kit/config.ts";
import { openDatabase } from "#kit/db.ts";
import { demoOfficers } from "#kit/demo.ts";
import { createWorker } from "#kit/jobs.ts";
import type { HistoryWalk } from "#kit/history-walk.ts";
import type { LedgerFormat } from "#kit/ledger-journal.ts";
import { createDiskStore } from "#kit/files.ts";
import { createMessageSender, SEND_MESSAGE } from "#kit/messages-gateway.ts";
import { createPartialStore } from "#kit/partial-files.ts";
import { buildAssets, loadAssets } from "#kit/ui/index.ts";
import { openProvinceBuilding, partialFolder, provinceSites, receiptDepsOf } from "./building.ts";
import { enterDueVersions, importCatalogue, type ImportReport, seedCatalogue } from "./catalogue/index.ts";
import { seedProcesses } from "./step-designer/index.ts";
import { refundJobs } from "./accounting/index.ts";
import { deliveryJobs, postFromConfig } from "./delivery/index.ts";
import { bulkJobs, sweepBatches } from "./bulk/index.ts";
import { createDesk, deskSigners } from "./desk-site.ts";
import {
  deadlineJobs,
  declarationJobs,
  dossierSyncJobs,
  examineHistories,
  processJobs,
  supplementJobs,
  sweepUploads,
} from "./dossiers/index.ts";
import { watchLimits } from "./escalation/index.ts";
import { noticeJobs, openVapidKeys } from "./messages/index.ts";
import { bankJobs } from "./reconciliation/index.ts";
import { feeJobs, feesFromConfig, findObligation } from "./fees/index.ts";
import { slipJobs } from "./handling/index.ts";
import { holidayJobs, keepCalendars } from "./holidays/index.ts";
import { routingJobs } from "./inbox/index.ts";
import { linkedJobs, linkedPeerOf, linkOf, sweepLinked } from "./linked/index.ts";
import { checkLedger, exportLedger, type LedgerCheck } from "./ledger/index.ts";
import { findDemoOfficers, seedOfficers } from "./officers/index.ts";
import { createPortal } from "./portal-site.ts";
import { receiptJobs } from "./receipts/index.ts";
import { opinionJobs } from "./opinions/index.ts";
import { reminderJobs } from "./reminders/index.ts";
import { findTenant, loadTenants } from "./tenants/index.ts";

/** Versions take effect at the beginning of a day. */
const ENTER_EVERY_MS = 5 * 60_000;
const REAP_EVERY_MS = 10 * 60_000;
const SWEEP_EVERY_MS = 30 * 60_000;
const WATCH_EVERY_MS = 5 * 60_000;

export const startWeb: StartRole = async (context) => {
  loadAssets(await buildAssets(context.config.dataDir));
  const building = await openProvinceBuilding(context, "province-web", 16);
  const sites: FastifyInstance[] = [];
  const tenants = provinceSites(context.config).map(({ tenant }) => tenant);
  const forgetCalendars = await keepCalendars(building.database, tenants, context.log);
  const running: Running = {
    stop: async () => {
      await Promise.all(sites.map((site) => site.close()));
      await forgetCalendars();
      await building.database.close();
    },
  };
  const listen = async (site: FastifyInstance, origin: string): Promise<void> => {
    sites.push(site);
    await site.listen({ host: "localhost", port: Number(new URL(origin).port || context.config.port) });
  };
  try {
    for (const place of provinceSites(context.config)) {
      await listen(await createPortal(building, place), place.portalOrigin);
      await listen(await createDesk(building, place), place.deskOrigin);
    }
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
};

export const startWorker: StartRole = async (context) => {
  const { config, log } = context;
  const building = await openProvinceBuilding(context, "province-worker", 8);
  const { database, clock } = building;
  const sites = provinceSites(config);
  const allFees = sites.map(({ tenant }) => feesFromConfig(config, tenant, { database, clock, log }));
  const fees = feeJobs(allFees);
  const receipts = receiptJobs({
    database,
    of: (tenant) => receiptDepsOf(building, sites.find((site) => site.tenant.code === tenant)?.portalOrigin ?? ""),
  });
  const brooms = {
    database,
    clock,
    files: createDiskStore(path.join(config.dataDir, "files")),
    partials: createPartialStore(partialFolder(config)),
    // Of every province that there is, not only of those this process serves: they share one store.
    tenants: loadTenants().map((tenant) => tenant.code),
  };
  const { treasury } = config.services;
  const treasuryKey = config.secrets.treasury?.statementKey;
  const bank = bankJobs({
    database,
    log,
    tenants: sites.map(({ tenant }) => ({ tenant, partner: config.secrets.merchants[tenant.code]?.partner ?? "" })),
    feed: treasury && treasuryKey ? { url: treasury.statementUrl, key: treasuryKey } : undefined,
  });
  const send = createMessageSender({
    building: "province",
    services: config.services,
    smsKey: config.secrets.smsGateway,
  });
  openVapidKeys(config.dataDir);
  const { zalo, mail } = config.services;
  const zaloToken = config.secrets.zalo?.accessToken;
  const delivery = deliveryJobs({
    database,
    clock,
    log,
    provinces: sites.map(({ tenant }) => ({ tenant, post: postFromConfig(config, tenant.code) })),
  });
  const worker = createWorker({
    database,
    log,
    handlers: {
      [SEND_MESSAGE]: send,
      ...noticeJobs({
        database,
        clock,
        send,
        zalo: zalo && zaloToken ? { ...zalo, accessToken: zaloToken } : undefined,
        push: {
          keys: () => openVapidKeys(config.dataDir),
          subject: `mailto:${/<(.+)>/.exec(mail.from)?.[1] ?? mail.from}`,
        },
        portalOrigin: (tenant) => sites.find((site) => site.tenant.code === tenant)?.portalOrigin ?? "",
      }),
      ...reminderJobs({
        database,
        send,
        deskOrigin: (tenant) => sites.find((site) => site.tenant.code === tenant)?.deskOrigin ?? "",
      }),
      ...opinionJobs(database),
      ...fees.handlers,
      ...delivery.handlers,
      ...receipts,
      ...bulkJobs({ database, store: building.files, clock }),
      ...deadlineJobs(database),
      ...processJobs(database, clock),
      ...supplementJobs(database, clock),
      ...slipJobs((code) => {
        const site = sites.find(({ tenant }) => tenant.code === code);
        return site && { ...site, database, files: building.files, clock, signers: deskSigners(building, site.tenant) };
      }),
      ...routingJobs(database),
      ...declarationJobs((code) => {
        const site = sites.find(({ tenant }) => tenant.code === code);
        return site && { ...site, database, store: building.files, clock };
      }),
      ...holidayJobs(database),
      ...linkedJobs({
        database,
        clock,
        files: building.files,
        peerOf: (tenant, province) => linkedPeerOf(config, tenant, province),
        portalOf: (code) => sites.find(({ tenant }) => tenant.code === code)?.portalOrigin ?? "",
      }),
      ...dossierSyncJobs({
        database,
        linkOf: (dossier) => linkOf(database, dossier),
        url: config.services.dossierSync.url,
        tenants: sites.map(({ tenant, portalOrigin }) => ({
          code: tenant.code,
          unit: `000.00.00.${tenant.identifier}`,
          portal: portalOrigin,
          password: config.secrets.dossierSync[tenant.code] ?? "",
        })),
        duesOf: async (tenant, dossierId) =>
          ((await findObligation(database.forTenant(tenant), dossierId, "fees"))?.lines ?? []).map((line) => ({
            code: line.code,
            name: line.name.vi,
            amount: line.amount,
            withResult: false,
          })),
      }),
    },
    periodic: [
      ...fees.periodic,
      ...delivery.periodic,
      ...bank.periodic,
      {
        name: "province.versions",
        everyMs: ENTER_EVERY_MS,
        run: async () => {
          for (const { tenant } of sites) await database.tx((db) => enterDueVersions(db, tenant.code));
        },
      },
      ...refundJobs(allFees),
      {
        name: "province.watch-limits",
        everyMs: WATCH_EVERY_MS,
        run: async () => {
          for (const { tenant } of sites) await watchLimits({ database, clock }, tenant);
        },
      },
      {
        name: "province.sweep-linked",
        everyMs: SWEEP_EVERY_MS,
        run: async () => {
          for (const { tenant } of sites) await sweepLinked({ database, clock }, tenant.code);
        },
      },
      {
        name: "province.sweep-batches",
        everyMs: SWEEP_EVERY_MS,
        run: () =>
          sweepBatches(
            { database, store: building.files, clock },
            sites.map(({ tenant }) => tenant),
          ),
      },
      { name: "province.reap", everyMs: REAP_EVERY_MS, run: () => reapCaptchaDesk(database) },
      {
        name: "province.sweep-uploads",
        everyMs: SWEEP_EVERY_MS,
        run: async () => {
          const gone = await sweepUploads(brooms);
          if (gone.uploads + gone.files > 0) log.info(gone, "abandoned uploads swept");
        },
      },
    ],
  });
  await worker.start();
  const forgetCalendars = await keepCalendars(
    database,
    sites.map(({ tenant }) => tenant),
    log,
  );
  return {
    stop: async () => {
      await worker.stop();
      await forgetCalendars();
      await database.close();
    },
  };
};

/** Publishes provinces and procedures; in demo mode adds the demo's officers. Safe to repeat. */
export const seed: Seed = async ({ config, log }) => {
  const database = openDatabase({ url: config.databases.province.app, role: "province-seed", max: 2 });
  try {
    for (const { tenant } of provinceSites(config)) {
      const published = await seedCatalogue(database, tenant.code);
      log.info({ tenant: tenant.code, published }, "catalogue published");
      if (config.demo) {
        const officers = demoOfficers.map((one) => ({ ...one, email: `${one.username}@example.vn` }));
        await seedOfficers(database, tenant, officers, config.secrets.dataKeys.province);
        await seedProcesses(database, tenant);
      }
    }
  } finally {
    await database.close();
  }
};

export const findDemoData: FindDemoData = async ({ config }) => {
  const database = openDatabase({ url: config.databases.province.app, role: "check", max: 1 });
  try {
    const found = await Promise.all(
      provinceSites(config).map(({ tenant }) => findDemoOfficers(database, tenant.code, demoOfficers)),
    );
    return found.flat();
  } finally {
    await database.close();
  }
};

/** Whether each province's ledger is whole and its dossiers' histories fit; at most `limitMs` for the histories of each. */
export async function examineProvinceBooks(
  config: Config,
  limitMs: number,
): Promise<{ readonly province: string; readonly ledger: LedgerCheck; readonly histories: HistoryWalk }[]> {
  const { app: url } = config.databases.province;
  const database = openDatabase({ url, role: "doctor", max: 1, statementTimeoutMs: 600_000 });
  try {
    const found = [];
    for (const { code: province } of config.origins.provinces) {
      const db = database.forTenant(province);
      found.push({ province, ledger: await checkLedger(db), histories: await examineHistories(db, limitMs) });
    }
    return found;
  } finally {
    await database.close();
  }
}

/** One province's ledger as text, piece by piece. */
export async function* exportProvinceLedger(
  config: Config,
  province: string,
  format: LedgerFormat,
): AsyncGenerator<string> {
  const database = openDatabase({
    url: config.databases.province.app,
    role: "ledger-export",
    max: 1,
    statementTimeoutMs: 600_000,
  });
  try {
    yield* exportLedger(database.forTenant(province), format, province);
  } finally {
    await database.close();
  }
}

/** Codes of the provinces in `provinces/`. */
export function provinceCodes(): string[] {
  return loadTenants().map(({ code }) => code);
}

/** A file of the national catalogue into one province's; published first when the province never was. */
export async function importProvinceCatalogue(
  config: Config,
  province: string,
  source: AsyncIterable<Buffer>,
  options: { readonly dryRun: boolean; readonly propose: boolean },
): Promise<ImportReport> {
  const database = openDatabase({
    url: config.databases.province.app,
    role: "catalogue-import",
    max: 2,
    statementTimeoutMs: 600_000,
  });
  try {
    const tenant = findTenant(province);
    if (!options.dryRun) await seedCatalogue(database, tenant.code);
    return await importCatalogue(database, tenant, source, options);
  } finally {
    await database.close();
  }
}
