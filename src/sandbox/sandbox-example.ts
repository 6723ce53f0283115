/** For tests: a sandbox in a folder of its own, whose callbacks go to a list instead of the network. */
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { pino } from "pino";
import { demoSecrets } from "#kit/demo.ts";
import { createSandbox, type Sandbox } from "./app.ts";
import type { Send } from "./callbacks/index.ts";

export const ORIGIN = "http://localhost:8086";
/** 09:30 in Viet Nam. */
export const NOW = new Date("2026-03-02T02:30:00Z");

export interface SandboxExample {
  readonly dataDir: string;
  /** The running one; replaced by `restart`. */
  sandbox: Sandbox;
  /** Callbacks that left. */
  sent: { url: string; method: string; body?: string }[];
  /** What the merchant answers to callbacks. */
  merchantSays: { status: number; body: string };
  post(url: string, payload: object): Promise<LightMyRequestResponse>;
  fill(url: string, values: Record<string, string>): Promise<LightMyRequestResponse>;
  get(url: string): Promise<LightMyRequestResponse>;
  ask(request: InjectOptions): Promise<LightMyRequestResponse>;
  /** A second process over the same journals; the first one is not closed before, as after a kill. */
  restart(smtpPort?: number): Promise<void>;
  end(): Promise<void>;
}

const inject = (sandbox: Sandbox, request: InjectOptions | string): Promise<LightMyRequestResponse> =>
  sandbox.site.inject(request);

export async function sandboxExample(): Promise<SandboxExample> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "sandbox-"));
  const open = (smtpPort: number) =>
    createSandbox({
      config: {
        dataDir,
        smtpPort,
        secrets: demoSecrets,
        origins: { start: "", national: "http://localhost:8081", provinces: [], sandbox: ORIGIN },
      },
      log: pino({ level: "silent" }),
      clock: { now: () => NOW },
      callbackDelaysMs: [0, 1, 1],
      send,
    });
  const send: Send = async (request) => {
    example.sent.push(request);
    return request.method === "GET" ? { ...example.merchantSays, status: 200 } : example.merchantSays;
  };
  const headers = { origin: ORIGIN, "content-type": "application/x-www-form-urlencoded" };
  const example: SandboxExample = {
    dataDir,
    sandbox: await open(0),
    sent: [],
    merchantSays: { status: 204, body: '{"RspCode":"00"}' },
    get: (url) => inject(example.sandbox, url),
    ask: (request) => inject(example.sandbox, request),
    post: (url, payload) => inject(example.sandbox, { method: "POST", url, payload }),
    fill: (url, values) =>
      inject(example.sandbox, { method: "POST", url, headers, payload: new URLSearchParams(values).toString() }),
    async restart(smtpPort = 0) {
      const before = example.sandbox;
      example.sandbox = await open(smtpPort);
      await before.close();
    },
    async end() {
      await example.sandbox.close();
      rmSync(dataDir, { recursive: true });
    },
  };
  return example;
}

/** The merchant's side, written out so that the stand-in is not tested by its own signing. */
export function momoSigned(names: string, fields: Record<string, string | number>) {
  const all: Record<string, string | number> = { ...fields, accessKey: demoSecrets.momo.accessKey };
  const raw = names
    .split(" ")
    .map((name) => `${name}=${all[name]}`)
    .join("&");
  return { ...fields, signature: createHmac("sha256", demoSecrets.momo.secretKey).update(raw).digest("hex") };
}

export function momoOrder(orderId: string, change: Record<string, string | number> = {}) {
  const fields = {
    partnerCode: "MOMO",
    requestId: `${orderId}-r`,
    orderId,
    amount: 800_000,
    orderInfo: "Thanh toán lệ phí cho hồ sơ 363815",
    redirectUrl: "http://localhost:8081/thanh-toan/ket-qua/1",
    ipnUrl: "http://localhost:8081/thanh-toan/ipn/momo",
    requestType: "captureWallet",
    extraData: "",
    ...change,
  };
  const names = "accessKey amount extraData ipnUrl orderId orderInfo partnerCode redirectUrl requestId requestType";
  return { ...momoSigned(names, fields), lang: "vi" };
}

/** A good payer at the wallet page. */
export const WALLET = { action: "pay", phone: "0900000101", password: "000000", otp: "000000" };

/** Creates an order; the path of its wallet page. */
export async function createMomo(example: SandboxExample, orderId: string): Promise<string> {
  const answer = (await example.post("/momo/v2/gateway/api/create", momoOrder(orderId))).json<{ payUrl: string }>();
  return new URL(answer.payUrl).pathname;
}

export async function queryMomo(example: SandboxExample, orderId: string) {
  const fields = { partnerCode: "MOMO", requestId: `${orderId}-q`, orderId };
  const body = momoSigned("accessKey orderId partnerCode requestId", fields);
  return (await example.post("/momo/v2/gateway/api/query", body)).json();
}

/** A signed address of VNPAY's payment page. */
export function vnpayUrl(change: Record<string, string> = {}): string {
  const fields: Record<string, string> = {
    vnp_Amount: "80000000",
    vnp_BankCode: "NCB",
    vnp_Command: "pay",
    vnp_CreateDate: "20260302093000",
    vnp_CurrCode: "VND",
    vnp_ExpireDate: "20260302094500",
    vnp_IpAddr: "127.0.0.1",
    vnp_Locale: "vn",
    vnp_OrderInfo: "Thanh toan le phi cho ho so 363815",
    vnp_OrderType: "other",
    vnp_ReturnUrl: "http://localhost:8081/thanh-toan/ket-qua/2",
    vnp_TmnCode: "DEMO0001",
    vnp_TxnRef: "V1",
    vnp_Version: "2.1.0",
    ...change,
  };
  const query = new URLSearchParams(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  const hash = createHmac("sha512", demoSecrets.vnpay.hashSecret).update(query.toString()).digest("hex");
  return `/vnpay/paymentv2/vpcpay.html?${query}&vnp_SecureHash=${hash}`;
}
/** The test card of NCB that pays. */
export const CARD = {
  action: "pay",
  bank: "NCB",
  name: "nguyen van a",
  number: "9704 1985 2619 1432 198",
  month: "7",
  year: "2015",
};

/** Opens a payment; the path of its card page. */
export async function openVnpay(example: SandboxExample, txnRef: string): Promise<string> {
  const opened = await example.get(vnpayUrl({ vnp_TxnRef: txnRef }));
  return String(opened.headers.location);
}
