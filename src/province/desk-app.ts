/** One province's one-stop desk as a web site: sign-in, inbox, handling. */
import type { FastifyInstance } from "fastify";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { BlobStore } from "#kit/files.ts";
import { createSite } from "#kit/http/index.ts";
import type { Log } from "#kit/log.ts";
import type { DemoAuthority } from "#kit/signing/index.ts";
import { failureBody } from "#kit/ui/index.ts";
import { createDeskShell, deskTheme } from "#province/desk/index.ts";
import { type DeskSigners, handlingRoutes } from "#province/handling/index.ts";
import { inboxRoutes } from "#province/inbox/index.ts";
import { createOfficerOf, signInRoutes } from "#province/officers/index.ts";
import type { Tenant } from "#province/tenants/index.ts";

export interface DeskDeps {
  readonly tenant: Tenant;
  readonly origin: string;
  /** Origin of the province's portal: where the QR codes of slips lead. */
  readonly portalOrigin: string;
  readonly database: Database;
  readonly files: BlobStore;
  readonly log: Log;
  /** The province's key for data at rest. */
  readonly dataKey: string;
  readonly signers: DeskSigners;
  readonly clock?: Clock;
}

export async function createDesk(deps: DeskDeps): Promise<FastifyInstance> {
  const { tenant, database } = deps;
  const shell = createDeskShell(tenant);
  const name = `${tenant.code}-desk`;
  const site = await createSite({
    name,
    origin: deps.origin,
    cookie: `${tenant.code}_desk`,
    database,
    log: deps.log,
    theme: deskTheme(tenant),
    failurePage: (view) => shell({ lang: view.lang, title: view.title, width: "narrow", failed: true, body: failureBody(view) }),
  });
  const officerOf = createOfficerOf({ tenant: tenant.code, database });
  signInRoutes(site, { tenant: tenant.code, database, shell, dataKey: deps.dataKey, ...(deps.clock ? { clock: deps.clock } : {}) });
  inboxRoutes(site, { tenant, database, shell, officerOf, ...(deps.clock ? { clock: deps.clock } : {}) });
  handlingRoutes(site, { ...deps, shell, officerOf });
  return site;
}

/** Officers and seals sign with keys of the demo's own authority, kept on the server: demo mode only. */
export function demoSigners(authority: DemoAuthority, tenant: Tenant): DeskSigners {
  const locality = tenant.provinceName.vi;
  return {
    officer: (officer, agency) =>
      authority.signer({
        id: `officer.${officer.username}`,
        commonName: officer.name,
        organisation: agency.name.vi,
        unit: officer.unit,
        locality,
      }),
    seal: (agency) =>
      authority.signer({ id: `seal.${tenant.code}.${agency.id}`, commonName: agency.name.vi, organisation: agency.name.vi, locality }),
  };
}
