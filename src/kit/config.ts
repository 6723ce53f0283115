/**
 * The one place that reads the environment. In demo mode (the default) everything has a value from `demo.ts`; in
 * production (`MOTCUA_MODE=production`) every origin, database address and secret must be given, and none may be a demo's.
 *
 * Environment:
 *   MOTCUA_MODE            demo (default) | production
 *   PORT                   first port of the family (default 8080); demo only
 *   MOTCUA_DATA            folder of files, keys and the embedded database (default .motcua in the checkout)
 *   DATABASE_URL_NATIONAL, DATABASE_URL_PROVINCE                application roles
 *   MIGRATE_URL_NATIONAL, MIGRATE_URL_PROVINCE                  migrator roles (owners of the tables)
 *   ORIGIN_NATIONAL, ORIGINS_PROVINCES                          production: "tayninh=https://portal,https://desk;kontum=…"
 *   MOTCUA_SECRETS         production: path of a JSON file in the shape of `Secrets`
 *   MOTCUA_SERVICES        production: path of a JSON file in the shape of `Services`
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { demoOrigins, demoProvinces, demoSecrets, isDemoSecret, PORT_OFFSETS } from "./demo.ts";
import { demoCollectingAccount } from "./demo-money.ts";
import { missingSettings } from "./missing-settings.ts";

export interface ProvinceOrigins {
  readonly code: string;
  readonly name: string;
  readonly portal: string;
  readonly desk: string;
}

/** Secrets shared with other owners; two generations of a callback secret may be valid (the first one signs). */
export interface Secrets {
  readonly momo: {
    readonly partnerCode: string;
    readonly accessKey: string;
    readonly secretKey: string;
    readonly previousSecretKey?: string;
  };
  readonly vnpay: { readonly tmnCode: string; readonly hashSecret: string; readonly previousHashSecret?: string };
  /** A provider without its secrets or its service is not offered. */
  readonly zalopay?: {
    readonly appId: number;
    readonly key1: string;
    readonly key2: string;
    readonly previous?: { readonly key1: string; readonly key2: string };
  };
  readonly vnptPay?: {
    readonly partner: string;
    readonly secret: string;
    readonly token: string;
    readonly previousSecret?: string;
  };
  /** Key of the statement feed of the hub's own collecting account. */
  readonly vietqr?: { readonly statementKey: string };
  /** Key of the statement feed of the provinces' payee accounts. */
  readonly treasury?: { readonly statementKey: string };
  readonly oidcClients: Readonly<Record<string, { readonly clientId: string; readonly clientSecret: string }>>;
  readonly merchants: Readonly<
    Record<
      string,
      { readonly partner: string; readonly secret: string; readonly token: string; readonly previousSecret?: string }
    >
  >;
  readonly dossierSync: Readonly<Record<string, string>>;
  readonly smsGateway: string;
  /** Access token of the Zalo official account; absent: nothing is sent there. */
  readonly zalo?: { readonly accessToken: string };
  readonly subscriberRegister: string;
  /** Keys that two provinces share for parts of linked filings: "kontum|tayninh", codes in the order of the alphabet. */
  readonly linkedProvinces?: Readonly<Record<string, string>>;
  /** Of the national population database; without it nothing is taken from there and people are asked. */
  readonly population?: { readonly clientId: string; readonly key: string };
  /** The public post, by province; a province without it orders by hand. */
  readonly post?: Readonly<Record<string, { readonly client: string; readonly key: string }>>;
  readonly dataKeys: { readonly national: string; readonly province: string };
}

/** Addresses of services outside our buildings: the sandbox's in the demo, the real ones in production. */
export interface Services {
  readonly sms: { readonly url: string };
  readonly mail: { readonly host: string; readonly port: number; readonly from: string };
  /** Zalo Notification Service: address of `/message/template` and the id of the approved template. */
  readonly zalo?: { readonly url: string; readonly template: string };
  /** The demo's own push service, which also lends a device; browsers bring their own. */
  readonly pushStandIn?: { readonly url: string };
  readonly subscriberRegister: { readonly url: string };
  /** Portals of other provinces that take parts of linked filings, by code. */
  readonly linkedProvinces?: Readonly<Record<string, { readonly portal: string }>>;
  /** The national population database (CSDL quốc gia về dân cư). */
  readonly population?: { readonly url: string };
  /** The public post (bưu chính công ích): base that `/orders`, `/tracking` are appended to. */
  readonly post?: { readonly url: string };
  /** MoMo v2: base that `/create`, `/query`, `/refund` are appended to. */
  readonly momo: { readonly endpoint: string };
  readonly vnpay: { readonly payUrl: string; readonly transactionUrl: string };
  /** ZaloPay v2: base that `/create`, `/query`, `/refund`, `/query_refund` are appended to. */
  readonly zalopay?: { readonly endpoint: string };
  /** Takes INIT and QUERY of the platform's messages. */
  readonly vnptPay?: { readonly url: string };
  /** The hub's collecting account: transfers to it by QR code, found again in the bank's statement feed. */
  readonly vietqr?: {
    /** Six digits of the bank in the NAPAS list. */
    readonly bankBin: string;
    readonly bankName: string;
    readonly account: string;
    readonly holder: string;
    readonly statementUrl: string;
    /** Takes the orders by which what was collected is paid on; absent: they are given at the bank by hand. */
    readonly transferUrl?: string;
    /** A bank's app on this address, `?so-tien=&noi-dung=` appended; the demo's bank has one. */
    readonly appUrl?: string;
  };
  /** Statements of the payees' accounts; absent: accountants bring them by hand. */
  readonly treasury?: { readonly statementUrl: string };
  /** Where providers' settlement files are fetched, `/<provider>/<day>.csv` appended; absent: they are brought by hand. */
  readonly settlement?: { readonly url: string };
  /** The payment hub that a province uses; ours by default. */
  readonly paymentHub: { readonly url: string };
  /** The national portal's synchronisation. */
  readonly dossierSync: { readonly url: string };
}

export interface DatabaseUrls {
  readonly app: string;
  readonly migrator: string;
}

export interface Config {
  readonly mode: "demo" | "production";
  readonly demo: boolean;
  readonly port: number;
  readonly dataDir: string;
  /** Root of the installed package: procedures/, provinces/, migrations/ stand in it. */
  readonly packageDir: string;
  readonly origins: {
    readonly start: string;
    readonly national: string;
    readonly provinces: readonly ProvinceOrigins[];
    /** undefined in production. */
    readonly sandbox: string | undefined;
  };
  readonly smtpPort: number;
  readonly databases: { readonly national: DatabaseUrls; readonly province: DatabaseUrls };
  readonly secrets: Secrets;
  readonly services: Services;
  /** When the question against robots is asked: mission N2. */
  readonly captcha: "always" | "after-failure";
}

export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`configuration: ${problems.join("; ")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks everything. Throws ConfigError listing all that is wrong at once. */
export function loadConfig(env: Environment = process.env): Config {
  return env["MOTCUA_MODE"] === "production" ? loadProduction(env) : loadDemo(env);
}

function packageDir(): string {
  return path.resolve(import.meta.dirname, "../..");
}

function loadDemo(env: Environment): Config {
  const problems: string[] = [];
  const port = Number(env["PORT"] ?? 8080);
  if (!Number.isInteger(port) || port < 1 || port > 65_000)
    problems.push("PORT must be a whole number from 1 to 65000");
  if (problems.length > 0) throw new ConfigError(problems);
  const origins = demoOrigins(port);
  const database = (name: "national" | "province"): DatabaseUrls => {
    const at = `127.0.0.1:${origins.databasePort}/motcua_${name}`;
    return {
      app: env[`DATABASE_URL_${name.toUpperCase()}`] ?? `postgres://motcua_${name}_app@${at}`,
      migrator: env[`MIGRATE_URL_${name.toUpperCase()}`] ?? `postgres://motcua_migrator@${at}`,
    };
  };
  const sandbox = origins.sandbox;
  return {
    mode: "demo",
    demo: true,
    port,
    dataDir: path.resolve(env["MOTCUA_DATA"] ?? path.join(packageDir(), ".motcua")),
    packageDir: packageDir(),
    origins: { start: origins.start, national: origins.national, provinces: origins.provinces, sandbox },
    smtpPort: port + PORT_OFFSETS.smtp,
    databases: { national: database("national"), province: database("province") },
    secrets: demoSecrets,
    services: {
      sms: { url: `${sandbox}/sms` },
      mail: { host: "localhost", port: origins.smtpPort, from: "Một cửa <khong-tra-loi@example.vn>" },
      zalo: { url: `${sandbox}/zalo/message/template`, template: "DEMO-HO-SO" },
      pushStandIn: { url: `${sandbox}/push` },
      subscriberRegister: { url: `${sandbox}/thue-bao/kiem-tra` },
      linkedProvinces: Object.fromEntries(origins.provinces.map(({ code, portal }) => [code, { portal }])),
      population: { url: `${sandbox}/dan-cu/tra-cuu` },
      post: { url: `${sandbox}/buu-chinh/api` },
      momo: { endpoint: `${sandbox}/momo/v2/gateway/api` },
      vnpay: {
        payUrl: `${sandbox}/vnpay/paymentv2/vpcpay.html`,
        transactionUrl: `${sandbox}/vnpay/merchant_webapi/api/transaction`,
      },
      zalopay: { endpoint: `${sandbox}/zalopay/v2` },
      vnptPay: { url: `${sandbox}/vnpt-pay/api` },
      vietqr: {
        ...demoCollectingAccount,
        statementUrl: `${sandbox}/bank/statement`,
        transferUrl: `${sandbox}/bank/transfers`,
        appUrl: `${sandbox}/bank/chuyen-khoan`,
      },
      treasury: { statementUrl: `${sandbox}/bank/statement` },
      settlement: { url: `${sandbox}/settlement` },
      paymentHub: { url: `${origins.national}/nen-tang/thanh-toan` },
      dossierSync: { url: `${origins.national}/dong-bo` },
    },
    captcha: env["MOTCUA_CAPTCHA"] === "always" ? "always" : "after-failure",
  };
}

function loadProduction(env: Environment): Config {
  const problems: string[] = [];
  const need = (name: string): string => {
    const value = env[name];
    if (!value) problems.push(`${name} is not set`);
    return value ?? "";
  };
  const national = need("ORIGIN_NATIONAL");
  const provinces = parseProvinces(need("ORIGINS_PROVINCES"), problems);
  for (const origin of [national, ...provinces.flatMap((p) => [p.portal, p.desk])]) {
    if (origin && !origin.startsWith("https://")) problems.push(`${origin} must be an https origin`);
  }
  const databases = {
    national: { app: need("DATABASE_URL_NATIONAL"), migrator: need("MIGRATE_URL_NATIONAL") },
    province: { app: need("DATABASE_URL_PROVINCE"), migrator: need("MIGRATE_URL_PROVINCE") },
  };
  const secrets = readJson(need("MOTCUA_SECRETS"), problems) as Secrets;
  const services = readJson(need("MOTCUA_SERVICES"), problems) as Services;
  problems.push(
    ...missingSettings(
      secrets,
      services,
      provinces.map(({ code }) => code),
    ),
  );
  refuseDemo(secrets, services, problems);
  const dataDir = need("MOTCUA_DATA");
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    mode: "production",
    demo: false,
    port: Number(env["PORT"] ?? 8080),
    dataDir: path.resolve(dataDir),
    packageDir: packageDir(),
    origins: { start: national, national, provinces, sandbox: undefined },
    smtpPort: 0,
    databases,
    secrets,
    services,
    captcha: env["MOTCUA_CAPTCHA"] === "always" ? "always" : "after-failure",
  };
}

function parseProvinces(text: string, problems: string[]): ProvinceOrigins[] {
  const out: ProvinceOrigins[] = [];
  for (const entry of text.split(";").filter(Boolean)) {
    const match = /^([a-z]+)=([^,]+),(.+)$/.exec(entry.trim());
    if (!match) problems.push(`ORIGINS_PROVINCES: "${entry}" is not code=portalOrigin,deskOrigin`);
    else {
      const code = match[1] ?? "";
      out.push({
        code,
        name: demoProvinces.find((p) => p.code === code)?.name ?? code,
        portal: match[2] ?? "",
        desk: match[3] ?? "",
      });
    }
  }
  return out;
}

function readJson(file: string, problems: string[]): unknown {
  if (!file) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    problems.push(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : "unknown"}`);
    return {};
  }
}

/** Values of the secrets' file that only name somebody; everything else in it is a key. */
const IS_NAME = /\.(partner|partnerCode|accessKey|tmnCode|clientId|client)$/;
const SECRET_LEAST = 16;

function refuseDemo(secrets: unknown, services: unknown, problems: string[]): void {
  const walk = (node: unknown, at: string, check: (text: string, at: string) => void): void => {
    if (typeof node === "string") check(node, at);
    else if (node && typeof node === "object")
      for (const [key, value] of Object.entries(node)) walk(value, `${at}.${key}`, check);
  };
  walk(secrets, "secrets", (text, at) => {
    if (isDemoSecret(text)) problems.push(`${at} is a demo secret`);
    else if (!IS_NAME.test(at) && text.length < SECRET_LEAST) problems.push(`${at} is too short`);
  });
  walk(services, "services", (text, at) => {
    if (/^https?:\/\/(localhost|127\.|\[::1\])/.test(text)) problems.push(`${at} points at this machine (a sandbox)`);
  });
}
