import type { Clock } from "#kit/clock.ts";
import type { Config } from "#kit/config.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { Log } from "#kit/log.ts";
import { payeeOf, type Tenant } from "#province/tenants/index.ts";
import type { Fees } from "./fee.ts";

/** The fees of one province as the configuration says: its account at the hub, its payees. Errors: no merchant secret. */
export function feesFromConfig(
  config: Config,
  tenant: Tenant,
  more: { readonly database: Database; readonly clock: Clock; readonly log: Log },
): Fees {
  const merchant = config.secrets.merchants[tenant.code];
  if (!merchant)
    throw new AppError("internal", { message: `no merchant of the payment hub is configured for ${tenant.code}` });
  return {
    ...more,
    tenant: tenant.code,
    hub: {
      url: config.services.paymentHub.url,
      token: merchant.token,
      partnerCode: merchant.partner,
      secrets: merchant.previousSecret ? [merchant.secret, merchant.previousSecret] : [merchant.secret],
    },
    provinceName: tenant.name.vi,
    portalOrigin: config.origins.provinces.find((one) => one.code === tenant.code)?.portal ?? "",
    payeeOf: (agencyId) => payeeOf(tenant, agencyId),
    collectorOf: ({ id, name }) => ({ name, ...payeeOf(tenant, id).collector, superior: tenant.provinceName.vi }),
  };
}
