/**
 * The national portal: its rooms put together into a web site and a worker. Nothing is decided here; each room says in
 * its `index.ts` what it does.
 */
import type { FastifyInstance } from "fastify";
import type { BuildingContext, Running } from "#kit/building.ts";
import { createCaptchaDesk, reapCaptchaDesk } from "#kit/captcha.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Config } from "#kit/config.ts";
import { type Database, openDatabase } from "#kit/db.ts";
import { startDatabaseClock } from "#kit/database-clock.ts";
import { demoCaptcha, demoOperators, demoProvinces } from "#kit/demo.ts";
import { createSite } from "#kit/http/index.ts";
import { createWorker, type Job, type JobHandler, type Worker } from "#kit/jobs.ts";
import type { HistoryWalk } from "#kit/history-walk.ts";
import type { LedgerFormat } from "#kit/ledger-journal.ts";
import type { Log } from "#kit/log.ts";
import { createMessageSender, SEND_MESSAGE } from "#kit/messages-gateway.ts";
import { buildAssets, loadAssets } from "#kit/ui/index.ts";
import { type SubscriberRegister, subscriberRegisterAt } from "#protocols/subscriber-register/index.ts";
import {
  type AccountsDeps,
  checkAccounts,
  findDemoAccounts,
  openSealedSms,
  reapAccounts,
  registrationRoutes,
  resetRoutes,
  seedDemoAccounts,
} from "./accounts/index.ts";
import { disputeRoutes, tellDispute } from "./disputes/index.ts";
import { catalogueRoutes, pullCatalogues } from "./catalogue/index.ts";
import { dossierIndexRoutes, type SyncProvince } from "./dossier-index/index.ts";
import { checkLedger, exportLedger, type LedgerCheck, ledgerRoutes } from "./ledger/index.ts";
import { feeProvincesFromConfig, myServicesRoutes } from "./my-services/index.ts";
import {
  askProvider,
  examineHistories,
  formActionsOf,
  getAttempt,
  hubFromConfig,
  type PaymentHub,
  paymentJobs,
  paymentRoutes,
  platformRoutes,
} from "./payments/index.ts";
import { findDemoOperators, operatorRoutes, seedOperators } from "./operators/index.ts";
import {
  reconcileFile,
  type Reconciled,
  reconciliationJobs,
  reconciliationRoutes,
  type SettlementFile,
} from "./reconciliation/index.ts";
import { refundRoutes, sendRefund } from "./refunds/index.ts";
import { homeRoutes, NATIONAL_THEME, nationalFailurePage, nationalPage } from "./portal/index.ts";
import {
  ACCOUNT_SAID,
  accountRoutes,
  createOidc,
  createSignInDesk,
  journeyOr,
  journeysOf,
  mountOidc,
  reapOidc,
  reapSignIns,
  type RelyingParty,
  signInPath,
  signInPaths,
  signInRoutes,
} from "./sign-in/index.ts";

export interface NationalDeps {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly clock?: Clock;
  /** Tests give their own; otherwise the configured operators' register. */
  readonly subscriberRegister?: SubscriberRegister;
}

const REAP_EVERY_MS = 10 * 60_000;
const PULL_CATALOGUES_EVERY_MS = 60_000;

export async function createNationalWeb(deps: NationalDeps): Promise<FastifyInstance> {
  const { config, log, database } = deps;
  const { origins } = config;
  const hub = paymentHubOf(deps);
  const site = await createSite({
    name: "national",
    origin: origins.national,
    cookie: "dvcqg",
    database,
    log,
    failurePage: nationalFailurePage,
    theme: NATIONAL_THEME,
    // Signing in ends at a province's portal, paying at a provider's page.
    formActions: [...origins.provinces.map((province) => province.portal), ...formActionsOf(hub.providers)],
    ready: async () => {
      await checkAccounts(database);
    },
  });
  const accounts = accountsDepsOf(deps);
  const desk = createSignInDesk(database);
  const oidc = await createOidc({
    database,
    log,
    secret: accounts.secret,
    origin: origins.national,
    relyingParties: relyingPartiesOf(config),
    desk,
  });
  await mountOidc(site, oidc);
  homeRoutes(site, {
    provinces: origins.provinces,
    viewer: async (request) => {
      const person = await desk.signedIn(request);
      return person ? { name: person.account.name } : undefined;
    },
  });
  catalogueRoutes(site, {
    database,
    provinces: origins.provinces,
    page: async (request, content) => {
      const person = await desk.signedIn(request);
      return nationalPage({
        lang: request.lang,
        width: "wide",
        current: "search",
        viewer: person ? { name: person.account.name } : undefined,
        ...content,
      });
    },
  });
  registrationRoutes(site, {
    ...accounts,
    signIn: desk.signIn,
    afterSignIn(request) {
      request.session.set(ACCOUNT_SAID, { kind: "welcome" });
      return journeyOr(request, desk.takeTarget(request, signInPaths.account));
    },
  });
  resetRoutes(site, { ...accounts, signInPath: (request) => journeyOr(request, signInPaths.signIn) });
  signInRoutes(site, {
    ...accounts,
    desk,
    journeys: journeysOf(oidc),
    secureCookies: origins.national.startsWith("https:"),
  });
  accountRoutes(site, { database, desk });
  myServicesRoutes(site, {
    database,
    account: async (request) => {
      const person = await desk.signedIn(request);
      return person ? { sub: person.account.id, name: person.account.name } : undefined;
    },
    signInPath,
    provinces: origins.provinces,
    feeProvinces: feeProvincesFromConfig(config),
    origin: origins.national,
  });
  dossierIndexRoutes(site, { database, provinces: syncProvincesOf(config) });
  paymentRoutes(site, hub);
  platformRoutes(site, hub);
  operatorRoutes(site, { database, dataKey: config.secrets.dataKeys.national, clock: deps.clock ?? systemClock });
  refundRoutes(site, hub);
  disputeRoutes(site, hub);
  reconciliationRoutes(site, hub);
  ledgerRoutes(site, {
    database,
    ...(deps.clock ? { clock: deps.clock } : {}),
    merchantName: (code) => hub.merchants.get(code)?.name ?? code,
    providerName: (id) => hub.providers.find(id)?.name ?? id,
  });
  return site;
}

export function createNationalWorker(deps: NationalDeps): Worker {
  const { config, log, database } = deps;
  const hub = paymentHubOf(deps);
  const payments = paymentJobs(hub);
  const reconciliation = reconciliationJobs({
    database,
    clock: hub.clock,
    log,
    providers: hub.providers.all.map((provider) => provider.id),
    url: config.services.settlement?.url,
    bank: bankOf(config),
    ask: async (id) => askProvider(hub, (await getAttempt(hub, id)).attempt, "sweep"),
  });
  const sender = createMessageSender({
    building: "national",
    services: config.services,
    smsKey: config.secrets.smsGateway,
  });
  return createWorker({
    database,
    log,
    handlers: {
      [SEND_MESSAGE]: sendSealed(config.secrets.dataKeys.national, sender),
      ...payments.handlers,
      "send-refund": (job) => sendRefund(hub, job),
      "tell-dispute": (job) => tellDispute(hub, job),
    },
    periodic: [
      {
        name: "national.pull-catalogues",
        everyMs: PULL_CATALOGUES_EVERY_MS,
        run: async () => {
          await pullCatalogues({ database, log, provinces: config.origins.provinces });
        },
      },
      { name: "national.reap", everyMs: REAP_EVERY_MS, run: () => reapAll(database) },
      ...payments.periodic,
      ...reconciliation.periodic,
    ],
  });
}

/** Where the collecting account's bank takes orders. */
function bankOf({ services, secrets }: Config): { url: string; key: string } | undefined {
  const url = services.vietqr?.transferUrl;
  return url && secrets.vietqr ? { url, key: secrets.vietqr.statementKey } : undefined;
}

/** Codes travel sealed in the queue; one that nobody can use any more is not sent. */
function sendSealed(secret: string, send: JobHandler): JobHandler {
  return async (job: Job) => {
    const sms = openSealedSms(secret, job.payload);
    if (sms === "not-sealed") return send(job);
    if (sms.notAfter < Date.now()) return;
    await send({ ...job, payload: { channel: "sms", to: sms.to, text: sms.text } });
  };
}

async function reapAll(database: Database): Promise<void> {
  await reapAccounts(database);
  await reapSignIns(database);
  await reapOidc(database);
  await reapCaptchaDesk(database);
}

function accountsDepsOf(deps: NationalDeps): AccountsDeps {
  const { config, log, database } = deps;
  const secret = config.secrets.dataKeys.national;
  const clock = deps.clock ?? systemClock;
  return {
    database,
    clock,
    secret,
    log,
    captchaMode: config.captcha,
    captcha: createCaptchaDesk({
      db: database,
      secret,
      clock,
      demoAnswer: config.demo ? demoCaptcha.answer : undefined,
    }),
    subscriberRegister:
      deps.subscriberRegister ??
      subscriberRegisterAt({ url: config.services.subscriberRegister.url, key: config.secrets.subscriberRegister }),
  };
}

function paymentHubOf({ config, database, clock, log }: NationalDeps): PaymentHub {
  return hubFromConfig(config, { database, clock: clock ?? systemClock, log });
}

/** The provinces that may tell about their dossiers: each with a password of its own. */
function syncProvincesOf(config: Config): SyncProvince[] {
  return config.origins.provinces.flatMap(({ code, portal }) => {
    const password = config.secrets.dossierSync[code];
    const identifier = demoProvinces.find((province) => province.code === code)?.identifier;
    return password && identifier ? [{ code, identifier, portal, password }] : [];
  });
}

/** Each province's portal is one client, with exactly these addresses. */
function relyingPartiesOf(config: Config): RelyingParty[] {
  return config.origins.provinces.flatMap((province) => {
    const client = config.secrets.oidcClients[province.code];
    if (!client) return [];
    return [
      {
        ...client,
        name: `Cổng Dịch vụ công tỉnh ${province.name}`,
        redirectUris: [`${province.portal}/dang-nhap/tra-ve`],
        afterLogoutUris: [`${province.portal}/`],
      },
    ];
  });
}

export async function startWeb({ config, log }: BuildingContext): Promise<Running> {
  loadAssets(await buildAssets(config.dataDir));
  const database = openDatabase({ url: config.databases.national.app, role: "national-web" });
  const site = await createNationalWeb({ config, log, database, clock: await startDatabaseClock(database, log) });
  await site.listen({ host: "localhost", port: Number(new URL(config.origins.national).port || config.port) });
  return {
    async stop() {
      await site.close();
      await database.close();
    },
  };
}

export async function startWorker({ config, log }: BuildingContext): Promise<Running> {
  const database = openDatabase({ url: config.databases.national.app, role: "national-worker" });
  const worker = createNationalWorker({ config, log, database, clock: await startDatabaseClock(database, log) });
  await worker.start();
  return {
    async stop() {
      await worker.stop();
      await database.close();
    },
  };
}

/** Demo mode: the citizens of the demo get their accounts, and the hub's operators. */
export async function seed({ config, log }: BuildingContext): Promise<void> {
  if (!config.demo) return;
  const database = openDatabase({ url: config.databases.national.app, role: "seed", max: 2 });
  try {
    const added = await seedDemoAccounts(database);
    if (added > 0) log.info({ added }, "demo citizens have accounts");
    await seedOperators(database, demoOperators, config.secrets.dataKeys.national);
  } finally {
    await database.close();
  }
}

export async function findDemoData({ config }: BuildingContext): Promise<readonly string[]> {
  const database = openDatabase({ url: config.databases.national.app, role: "check", max: 1 });
  try {
    return [...(await findDemoAccounts(database)), ...(await findDemoOperators(database, demoOperators))];
  } finally {
    await database.close();
  }
}

/** For the command line: whole files and whole ledgers may take longer than a page. */
const COMMAND_TIMEOUT_MS = 10 * 60_000;

export async function reconcileSettlementFile(config: Config, file: SettlementFile): Promise<Reconciled> {
  const database = openDatabase({
    url: config.databases.national.app,
    role: "reconcile",
    max: 2,
    statementTimeoutMs: COMMAND_TIMEOUT_MS,
  });
  try {
    return await reconcileFile(database, file);
  } finally {
    await database.close();
  }
}

/** Whether the hub's ledger is whole and its payments' histories fit; at most `limitMs` for the histories. Changes nothing. */
export async function examineNationalBooks(
  config: Config,
  limitMs: number,
): Promise<{ readonly ledger: LedgerCheck; readonly histories: HistoryWalk }> {
  const { app: url } = config.databases.national;
  const database = openDatabase({ url, role: "doctor", max: 1, statementTimeoutMs: COMMAND_TIMEOUT_MS });
  try {
    return { ledger: await checkLedger(database), histories: await examineHistories(database, limitMs) };
  } finally {
    await database.close();
  }
}

/** The payment hub's ledger as text, piece by piece. */
export async function* exportNationalLedger(config: Config, format: LedgerFormat): AsyncGenerator<string> {
  const database = openDatabase({
    url: config.databases.national.app,
    role: "ledger-export",
    max: 1,
    statementTimeoutMs: COMMAND_TIMEOUT_MS,
  });
  try {
    yield* exportLedger(database, format);
  } finally {
    await database.close();
  }
}
