/**
 * The provincial building: for every province its portal and its one-stop desk, one codebase. Composition only: rooms
 * bring their routes, this file gives them database, clock, frame and the person who is signed in.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { BuildingContext, Running, Seed, StartRole } from "#kit/building.ts";
import { systemClock } from "#kit/clock.ts";
import { type Database, openDatabase } from "#kit/db.ts";
import { createSite } from "#kit/http/index.ts";
import { createWorker } from "#kit/jobs.ts";
import { catalogueRoutes, seedCatalogue } from "./catalogue/index.ts";
import { portalFailurePage, portalPage, type PortalFrame, type Viewer } from "./portal/index.ts";
import { findTenant, type Tenant, themeOf } from "./tenants/index.ts";

export const startWeb: StartRole = async ({ config, log }) => {
  const database = openDatabase({ url: config.databases.province.app, role: "province-web", max: 16 });
  const sites: FastifyInstance[] = [];
  const running: Running = {
    stop: async () => {
      await Promise.all(sites.map((site) => site.close()));
      await database.close();
    },
  };
  try {
    for (const { code, portal } of config.origins.provinces) {
      const site = await createPortal({ config, log }, database, findTenant(code), portal);
      sites.push(site);
      await site.listen({ host: "localhost", port: Number(new URL(portal).port) });
    }
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
};

export const startWorker: StartRole = async ({ config, log }) => {
  const database = openDatabase({ url: config.databases.province.app, role: "province-worker" });
  const worker = createWorker({ database, handlers: {}, periodic: [], log });
  await worker.start();
  return {
    stop: async () => {
      await worker.stop();
      await database.close();
    },
  };
};

/** Publishes provinces and procedures. Safe to repeat. */
export const seed: Seed = async ({ config, log }) => {
  const database = openDatabase({ url: config.databases.province.app, role: "province-seed", max: 2 });
  try {
    for (const { code } of config.origins.provinces) {
      const published = await seedCatalogue(database, code);
      log.info({ tenant: code, published }, "catalogue published");
    }
  } finally {
    await database.close();
  }
};

/** One province's portal as a site that does not listen yet. `database` is the building's, without a tenant. */
export async function createPortal(
  { config, log }: BuildingContext,
  database: Database,
  tenant: Tenant,
  origin: string,
): Promise<FastifyInstance> {
  const frame: PortalFrame = { tenant, national: config.origins.national };
  const site = await createSite({
    name: `${tenant.code}-portal`,
    origin,
    cookie: `${tenant.code}-portal`,
    database,
    log,
    failurePage: (view) => portalFailurePage(frame, view),
    formActions: [config.origins.national],
    theme: themeOf(tenant),
  });
  catalogueRoutes(site, {
    tenant,
    database: database.forTenant(tenant.code),
    clock: systemClock,
    isSignedIn: (request) => viewerOf(request) !== undefined,
    page: (request, content) => portalPage(frame, { lang: request.lang, width: "wide", viewer: viewerOf(request), ...content }),
  });
  return site;
}

/** Who is signed in, as sign-in leaves it in the session. */
function viewerOf(request: FastifyRequest): Viewer | undefined {
  return request.session.get<Viewer>("person");
}
