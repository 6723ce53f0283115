/**
 * The outside world on one machine: stand-ins that speak the public protocols of a wallet, a payment gateway with its
 * banks, an SMS gateway, a mail server, the operators' register and the public post. No database: each stand-in has an append-only journal
 * of its own, which the product cannot write and which judges it in the fault tests.
 */
import path from "node:path";
import type { FastifyInstance } from "fastify";
import type { BuildingContext, Running } from "#kit/building.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Config } from "#kit/config.ts";
import { demoSecrets, demoSubscribers } from "#kit/demo.ts";
import { demoCards, demoCollectingAccount, demoWallets } from "#kit/demo-money.ts";
import { createSite } from "#kit/http/index.ts";
import type { Log } from "#kit/log.ts";
import { buildAssets, failureBody, loadAssets } from "#kit/ui/index.ts";
import { createCallbackSender, type Send, sendOverHttp } from "./callbacks/index.ts";
import { BankBook, type BankEvent, bankRoutes } from "./bank/index.ts";
import { createControl, controlRoutes } from "./control/index.ts";
import { openJournal, type Recorded } from "./journal/index.ts";
import { createMailServer, Inbox, messageRoutes, pushRoutes } from "./messages/index.ts";
import { MomoBook, momoRoutes, resumeMomoCallbacks } from "./momo/index.ts";
import { demoPopulation, type PopulationEvent, populationRoutes } from "./population/index.ts";
import { createPaymentDesk } from "./payment-desk.ts";
import { PostBook, type PostHouse, type PostJournalEvent, postRoutes, resumePost } from "./post/index.ts";
import { SANDBOX_THEME, sandboxShell } from "./shell/index.ts";
import { settlementRoutes } from "./settlement/index.ts";
import { type SubscriberEvent, subscriberRoutes } from "./subscribers/index.ts";
import { vnptPayHouse, vnptPayRoutes } from "./vnpt-pay/index.ts";
import { resumeWalletCallbacks, WalletBook, type WalletEvent } from "./wallet/index.ts";
import { zalopayHouse, zalopayRoutes } from "./zalopay/index.ts";
import { type BankCard, resumeVnpayCallbacks, VnpayBook, vnpayRoutes } from "./vnpay/index.ts";

export interface SandboxDeps {
  readonly config: Pick<Config, "dataDir" | "origins" | "secrets" | "smtpPort">;
  readonly log: Log;
  readonly clock?: Clock;
  /** Waits before each attempt of a callback, in ms; VNPAY's real ones are ten, five minutes apart. */
  readonly callbackDelaysMs?: readonly number[];
  /** How callbacks leave; HTTP by default. */
  readonly send?: Send;
}

export interface Sandbox {
  readonly site: FastifyInstance;
  /** Opens the mail server and goes on with callbacks that were not finished when the process ended. */
  start(): Promise<void>;
  close(): Promise<void>;
  /** Resolves when no callback is waiting or under way. */
  quiet(): Promise<void>;
}

const QUICK_RETRIES_MS: readonly number[] = [0, 1000, 2000, 4000, 8000, 15_000, 30_000, 30_000, 60_000, 60_000];

/** The card on the picture of the 2020 guide, besides VNPAY's own test cards. */
const GUIDE_CARD: BankCard = {
  bank: "VIETINBANK",
  number: "7909876478884999182",
  name: "NGUYEN VAN A",
  issue: "03/18",
  otp: "123456",
  result: "success",
};

function walletsOf(provider: (typeof demoWallets)[number]["provider"]) {
  return demoWallets.filter((wallet) => wallet.provider === provider);
}

export async function createSandbox(deps: SandboxDeps): Promise<Sandbox> {
  const { config, log } = deps;
  const origin = config.origins.sandbox;
  if (!origin) throw new Error("the sandbox has no origin: it does not run in production");
  const clock = deps.clock ?? systemClock;
  const send = deps.send ?? sendOverHttp;
  const closers: (() => void)[] = [];
  const journals: Record<string, () => string> = {};
  const open = <Event extends { readonly kind: string }>(name: string, apply: (event: Recorded<Event>) => void) => {
    const journal = openJournal<Event>(path.join(config.dataDir, "sandbox", `${name}.jsonl`), clock, apply);
    journals[name] = journal.lines;
    closers.push(journal.close);
    return journal;
  };

  const { control } = createControl((apply) => open("control", apply));
  const momoBook = new MomoBook();
  const momo = {
    book: momoBook,
    journal: open("momo", momoBook.apply),
    merchant: config.secrets.momo,
    wallets: walletsOf("momo"),
    origin,
    clock,
  };
  const vnpayBook = new VnpayBook();
  const ipnUrl = `${config.origins.national}/thanh-toan/ipn/vnpay`;
  const vnpay = {
    book: vnpayBook,
    journal: open("vnpay", vnpayBook.apply),
    merchant: { ...config.secrets.vnpay, ipnUrl },
    cards: [...demoCards, GUIDE_CARD],
    clock,
  };
  const zalopayBook = new WalletBook();
  const zalopay = zalopayHouse({
    book: zalopayBook,
    journal: open<WalletEvent>("zalopay", zalopayBook.apply),
    merchant: config.secrets.zalopay ?? demoSecrets.zalopay,
    wallets: walletsOf("zalopay"),
    clock,
  });
  const vnptPayBook = new WalletBook();
  const vnptPay = vnptPayHouse({
    book: vnptPayBook,
    journal: open<WalletEvent>("vnpt-pay", vnptPayBook.apply),
    merchant: {
      ...(config.secrets.vnptPay ?? demoSecrets.vnptPay),
      confirmUrl: `${config.origins.national}/thanh-toan/ipn/vnpt-pay`,
      returnUrl: `${config.origins.national}/thanh-toan/tra-ve/vnpt-pay`,
    },
    wallets: walletsOf("vnpt-pay"),
    clock,
  });
  const bankBook = new BankBook();
  const bank = {
    book: bankBook,
    journal: open<BankEvent>("bank", bankBook.apply),
    key: (config.secrets.vietqr ?? demoSecrets.vietqr).statementKey,
  };
  const sms = new Inbox("sms");
  const mail = new Inbox("mail");
  const zalo = new Inbox("zalo");
  const push = new Inbox("push");
  const smsJournal = open("sms", sms.apply);
  const mailJournal = open("mail", mail.apply);
  const register = open<SubscriberEvent>("subscriber-register", () => undefined);
  const population = open<PopulationEvent>("population", () => undefined);

  const callbacks = createCallbackSender(deps.callbackDelaysMs ?? QUICK_RETRIES_MS, (error) =>
    log.error({ err: error }, "a callback could not be written down"),
  );
  const payments = { control, callbacks, send, shell: sandboxShell };
  const postBook = new PostBook();
  const post: PostHouse = {
    book: postBook,
    journal: open<PostJournalEvent>("post", postBook.apply),
    clients: Object.entries(config.secrets.post ?? demoSecrets.post).map(([code, { client, key }]) => {
      const portal = config.origins.provinces.find((one) => one.code === code)?.portal;
      return { client, key, noticeUrl: portal ? `${portal}/buu-chinh/su-kien` : undefined };
    }),
    clock,
    control,
    callbacks,
    send,
  };

  const site = await createSite({
    name: "sandbox",
    origin,
    cookie: "sandbox",
    log,
    theme: SANDBOX_THEME,
    // The payer is sent back to whatever address the merchant signed.
    formActions: ["http:", "https:"],
    failurePage: (view) =>
      sandboxShell({ lang: view.lang, title: view.title, width: "narrow", failed: true, body: failureBody(view) }),
  });
  momoRoutes(site, { ...payments, gateway: momo });
  vnpayRoutes(site, { ...payments, gateway: vnpay });
  zalopayRoutes(site, { ...payments, house: zalopay, gateway: { house: zalopay, origin } });
  vnptPayRoutes(site, { ...payments, house: vnptPay, gateway: { house: vnptPay, origin } });
  bankRoutes(site, { bank, control, shell: sandboxShell, account: demoCollectingAccount.account });
  const others = [zalo, push];
  messageRoutes(site, {
    sms,
    mail,
    others,
    smsJournal,
    smsKey: config.secrets.smsGateway,
    control,
    shell: sandboxShell,
  });
  pushRoutes(site, {
    origin,
    folder: path.join(config.dataDir, "sandbox"),
    zaloToken: (config.secrets.zalo ?? demoSecrets.zalo).accessToken,
    push: { inbox: push, journal: open("push", push.apply) },
    zalo: { inbox: zalo, journal: open("zalo", zalo.apply) },
    control,
  });
  subscriberRoutes(site, {
    register: demoSubscribers,
    key: config.secrets.subscriberRegister,
    journal: register,
    control,
  });
  populationRoutes(site, {
    register: demoPopulation,
    key: (config.secrets.population ?? demoSecrets.population).key,
    journal: population,
    control,
  });
  postRoutes(site, post, sandboxShell);
  settlementRoutes(site, {
    momo: momoBook,
    vnpay: vnpayBook,
    zalopay: zalopayBook,
    "vnpt-pay": vnptPayBook,
    vietqr: { book: bankBook, account: demoCollectingAccount.account },
  });
  controlRoutes(site, {
    control,
    payments: createPaymentDesk({ momo, vnpay, wallets: [zalopay, vnptPay], control, callbacks, send }),
    journals,
    shell: sandboxShell,
    quiet: callbacks.quiet,
  });

  const mailServer = createMailServer({ inbox: mail, journal: mailJournal, control, log });
  return {
    site,
    quiet: callbacks.quiet,
    async start() {
      await mailServer.listen(config.smtpPort);
      resumeMomoCallbacks({ ...payments, gateway: momo });
      resumeVnpayCallbacks({ ...payments, gateway: vnpay });
      for (const house of [zalopay, vnptPay]) resumeWalletCallbacks({ ...payments, house });
      resumePost(post);
    },
    async close() {
      callbacks.stop();
      await mailServer.close();
      await site.close();
      for (const close of closers) close();
    },
  };
}

/** The sandbox as a process of the street: listens on 127.0.0.1 and ::1. */
export async function startWeb({ config, log }: BuildingContext): Promise<Running> {
  loadAssets(await buildAssets(config.dataDir));
  const sandbox = await createSandbox({ config, log });
  await sandbox.start();
  await sandbox.site.listen({ host: "localhost", port: Number(new URL(config.origins.sandbox ?? "").port) });
  return { stop: sandbox.close };
}
