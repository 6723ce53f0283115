/** What production cannot do without, by its address in the two JSON files. Pure. */

const SECRETS = [
  "momo.partnerCode",
  "momo.accessKey",
  "momo.secretKey",
  "vnpay.tmnCode",
  "vnpay.hashSecret",
  "smsGateway",
  "subscriberRegister",
  "dataKeys.national",
  "dataKeys.province",
] as const;

/** `*` stands for each province's code. */
const SECRETS_OF_PROVINCES = [
  "oidcClients.*.clientId",
  "oidcClients.*.clientSecret",
  "merchants.*.partner",
  "merchants.*.secret",
  "merchants.*.token",
  "dossierSync.*",
] as const;

const SERVICES = [
  "sms.url",
  "mail.host",
  "mail.from",
  "subscriberRegister.url",
  "momo.endpoint",
  "vnpay.payUrl",
  "vnpay.transactionUrl",
  "paymentHub.url",
  "dossierSync.url",
] as const;

/** One line for each value that is not there: nobody should learn of a missing key from a citizen's failed payment. */
export function missingSettings(secrets: unknown, services: unknown, provinces: readonly string[]): string[] {
  const ofProvinces = SECRETS_OF_PROVINCES.flatMap((path) => provinces.map((code) => path.replace("*", code)));
  return [
    ...[...SECRETS, ...ofProvinces].filter((path) => !isGiven(secrets, path)).map((path) => `secrets.${path}`),
    ...SERVICES.filter((path) => !isGiven(services, path)).map((path) => `services.${path}`),
    ...(isPort(services) ? [] : ["services.mail.port"]),
  ].map((path) => `${path} is not given`);
}

function at(node: unknown, path: string): unknown {
  let found: unknown = node;
  for (const name of path.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

function isGiven(node: unknown, path: string): boolean {
  const value = at(node, path);
  return typeof value === "string" && value.trim() !== "";
}

function isPort(services: unknown): boolean {
  const port = at(services, "mail.port");
  return Number.isInteger(port) && Number(port) > 0 && Number(port) < 65_536;
}
