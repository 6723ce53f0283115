import type { Config } from "#kit/config.ts";
import type { MomoKeys } from "#protocols/momo/index.ts";
import { paymentPaths } from "../paths.ts";
import { collectingFromConfig } from "../payment.ts";
import { momoProvider } from "./momo/momo.ts";
import type { Channel, PaymentProvider, ProviderId } from "./provider.ts";
import { vietqrProvider } from "./vietqr/vietqr.ts";
import { vnpayProvider } from "./vnpay/vnpay.ts";
import { vnptPayProvider } from "./vnpt-pay/vnpt-pay.ts";
import { zalopayProvider } from "./zalopay/zalopay.ts";

/** Every provider that is live, in the order in which pages show them. */
export interface ProviderRegistry {
  readonly all: readonly PaymentProvider[];
  find(id: string): PaymentProvider | undefined;
  get(id: ProviderId): PaymentProvider;
  findChannel(code: string): { readonly provider: PaymentProvider; readonly channel: Channel } | undefined;
}

export function makeRegistry(all: readonly PaymentProvider[]): ProviderRegistry {
  const find = (id: string) => all.find((provider) => provider.id === id);
  return {
    all,
    find,
    get(id) {
      const provider = find(id);
      if (!provider) throw new Error(`payment provider ${id} is not configured`);
      return provider;
    },
    findChannel(code) {
      for (const provider of all) {
        const channel = provider.channels.find((one) => one.code === code);
        if (channel) return { provider, channel };
      }
      return undefined;
    },
  };
}

export function registryFromConfig(config: Config): ProviderRegistry {
  const { secrets, services } = config;
  const { momo, vnpay, zalopay, vnptPay } = secrets;
  const collecting = collectingFromConfig(config);
  const keys = (secretKey: string): MomoKeys => ({ accessKey: momo.accessKey, secretKey });
  return makeRegistry([
    vnpayProvider({
      payUrl: config.services.vnpay.payUrl,
      apiUrl: config.services.vnpay.transactionUrl,
      tmnCode: vnpay.tmnCode,
      secrets: vnpay.previousHashSecret ? [vnpay.hashSecret, vnpay.previousHashSecret] : [vnpay.hashSecret],
    }),
    momoProvider({
      endpoint: config.services.momo.endpoint,
      partnerCode: momo.partnerCode,
      keyring: momo.previousSecretKey ? [keys(momo.secretKey), keys(momo.previousSecretKey)] : [keys(momo.secretKey)],
    }),
    ...(zalopay && services.zalopay
      ? [
          zalopayProvider({
            endpoint: services.zalopay.endpoint,
            appId: zalopay.appId,
            keyring: zalopay.previous ? [zalopay, zalopay.previous] : [zalopay],
          }),
        ]
      : []),
    ...(vnptPay && services.vnptPay
      ? [
          vnptPayProvider({
            url: services.vnptPay.url,
            token: vnptPay.token,
            partnerCode: vnptPay.partner,
            secrets: vnptPay.previousSecret ? [vnptPay.secret, vnptPay.previousSecret] : [vnptPay.secret],
          }),
        ]
      : []),
    ...(collecting
      ? [
          vietqrProvider({
            feed: collecting,
            pageOf: (attemptId) => config.origins.national + paymentPaths.transfer(attemptId),
            origin: config.origins.national,
          }),
        ]
      : []),
  ]);
}

/** Origins to which the hub's forms lead by redirect: for the site's `formActions`. */
export function formActionsOf(registry: ProviderRegistry): string[] {
  return [...new Set(registry.all.map((provider) => provider.origin))];
}
