import type { Clock } from "#kit/clock.ts";
import type { Config } from "#kit/config.ts";
import type { Database } from "#kit/db.ts";
import type { Log } from "#kit/log.ts";
import { collectingFromConfig, merchantsFromConfig, type PaymentHub } from "./payment.ts";
import { registryFromConfig } from "./providers/registry.ts";

/** The hub as the configuration says: its providers, its merchants, its own address. */
export function hubFromConfig(
  config: Config,
  more: { readonly database: Database; readonly clock: Clock; readonly log: Log },
): PaymentHub {
  const collecting = collectingFromConfig(config);
  return {
    ...more,
    ...(collecting ? { collecting } : {}),
    providers: registryFromConfig(config),
    merchants: merchantsFromConfig(config),
    origin: config.origins.national,
  };
}
