/** A province's one-stop desk as one web site. */
import type { FastifyInstance } from "fastify";
import { createCaptchaDesk } from "#kit/captcha.ts";
import { createSite } from "#kit/http/index.ts";
import { createPartialStore } from "#kit/partial-files.ts";
import { failureBody } from "#kit/ui/index.ts";
import { accountingRoutes } from "./accounting/index.ts";
import { adminRoutes } from "./admin/index.ts";
import { partialFolder, type ProvinceBuilding, type ProvinceSite, receiptDepsOf } from "./building.ts";
import { publishingRoutes, searchWordRoutes } from "./catalogue/index.ts";
import { counterRoutes } from "./counter/index.ts";
import { designerRoutes } from "./designer/index.ts";
import { deliveryDeskRoutes, postageRoutes, postListRoutes } from "./delivery/index.ts";
import { createDeskShell, deskTheme } from "./desk/index.ts";
import { type WatchRouteDeps, watchRoutes } from "./escalation/index.ts";
import { feedbackDeskRoutes } from "./feedback/index.ts";
import { createDeskActs, type DeskSigners, dossierFor, handlingRoutes, openDeskFile } from "./handling/index.ts";
import { handoverRoutes } from "./handover/index.ts";
import { holidayRoutes } from "./holidays/index.ts";
import { inboxRoutes, orderRoutes } from "./inbox/index.ts";
import { unfinishedRoutes } from "./linked/index.ts";
import { textRoutes } from "./messages/index.ts";
import { createOfficerOf, signInRoutes } from "./officers/index.ts";
import { opinionRoutes } from "./opinions/index.ts";
import { queueRoutes } from "./queue/index.ts";
import { registerRoutes } from "./register/index.ts";
import { clientRoutes } from "./programs/index.ts";
import { reconciliationRoutes } from "./reconciliation/index.ts";
import { ratingDeskRoutes } from "./ratings/index.ts";
import { reminderRoutes } from "./reminders/index.ts";
import { stepDesignerRoutes } from "./step-designer/index.ts";
import type { Tenant } from "./tenants/index.ts";

/** One province's desk that does not listen yet. */
export async function createDesk(
  building: ProvinceBuilding,
  { tenant, portalOrigin, deskOrigin }: ProvinceSite,
): Promise<FastifyInstance> {
  const { log, clock, database, files } = building;
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
  const officerOf = createOfficerOf({ tenant: tenant.code, database, shell });
  signInRoutes(site, { tenant: tenant.code, database, shell, dataKey: building.secret, clock });
  feedbackDeskRoutes(site, {
    database: database.forTenant(tenant.code),
    shell,
    officerOf,
    clock,
    agencies: tenant.agencies,
  });
  adminRoutes(site, { shell, officerOf });
  clientRoutes(site, { tenant, database, shell, officerOf, portalOrigin });
  holidayRoutes(site, { tenant, database, shell, officerOf, clock });
  designerRoutes(site, { tenant, database, shell, officerOf, clock });
  stepDesignerRoutes(site, { tenant, database, shell, officerOf, clock });
  publishingRoutes(site, { tenant, database, shell, officerOf, clock });
  searchWordRoutes(site, { tenant, database, shell, officerOf, clock });
  unfinishedRoutes(site, { tenant, database, shell, officerOf, clock });
  reconciliationRoutes(site, {
    tenant,
    database,
    shell,
    officerOf,
    partner: building.config.secrets.merchants[tenant.code]?.partner ?? "",
  });
  accountingRoutes(site, { tenant, database, shell, officerOf, clock });
  const handling = {
    tenant,
    database,
    files,
    shell,
    officerOf,
    clock,
    portalOrigin,
    dataKey: building.secret,
    signers: deskSigners(building, tenant),
  };
  ratingDeskRoutes(site, { database, tenant, shell, officerOf });
  inboxRoutes(site, { tenant, database, shell, officerOf, acts: createDeskActs(handling), clock, log });
  orderRoutes(site, { tenant, database, shell, officerOf, clock });
  handlingRoutes(site, handling);
  reminderRoutes(site, { tenant, database, shell, officerOf });
  const dossierOf: WatchRouteDeps["dossierOf"] = (officer, id) => dossierFor(handling, officer, id);
  textRoutes(site, { tenant, database, shell, officerOf, clock, portalOrigin });
  watchRoutes(site, { tenant, database, shell, officerOf, clock, dossierOf });
  opinionRoutes(site, {
    ...handling,
    secret: building.secret,
    dossierOf,
    openFile: (officer, reply, file, about) => openDeskFile(handling, officer, reply, file, about),
  });
  handoverRoutes(site, handling);
  deliveryDeskRoutes(site, handling);
  postListRoutes(site, handling);
  postageRoutes(site, handling);
  queueRoutes(site, handling);
  registerRoutes(site, handling);
  counterRoutes(site, {
    ...handling,
    partials: createPartialStore(partialFolder(building.config)),
    captcha: createCaptchaDesk({ db: database, secret: building.secret, clock }),
    receipts: receiptDepsOf(building, portalOrigin),
  });
  return site;
}

export function deskSigners({ signers }: Pick<ProvinceBuilding, "signers">, tenant: Tenant): DeskSigners {
  const locality = tenant.provinceName.vi;
  return {
    officer: ({ id, name, unit }, agency) => signers.person({ id, name, agency: agency.name.vi, unit, locality }),
    seal: (agency) => signers.seal({ id: agency.id, name: agency.name.vi, locality }),
  };
}
