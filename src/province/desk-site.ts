/** A province's one-stop desk as one web site. */
import type { FastifyInstance } from "fastify";
import { createSite } from "#kit/http/index.ts";
import { failureBody } from "#kit/ui/index.ts";
import type { ProvinceBuilding, ProvinceSite } from "./building.ts";
import { createDeskShell, deskTheme } from "./desk/index.ts";
import { inboxRoutes } from "./inbox/index.ts";
import { createOfficerOf, signInRoutes } from "./officers/index.ts";

/** One province's desk that does not listen yet. */
export async function createDesk(building: ProvinceBuilding, { tenant, deskOrigin }: ProvinceSite): Promise<FastifyInstance> {
  const { log, clock, database } = building;
  const shell = createDeskShell(tenant);
  const site = await createSite({
    name: `${tenant.code}-desk`,
    origin: deskOrigin,
    cookie: `${tenant.code}-desk`,
    database,
    log,
    failurePage: (view) => shell({ lang: view.lang, title: view.title, body: failureBody(view), width: "narrow" }),
    theme: deskTheme(tenant),
  });
  const officerOf = createOfficerOf({ tenant: tenant.code, database });
  signInRoutes(site, { tenant: tenant.code, database, shell, dataKey: building.secret, clock });
  inboxRoutes(site, { tenant, database, shell, officerOf, clock });
  return site;
}
