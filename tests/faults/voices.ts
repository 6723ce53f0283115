/**
 * A hub with all five providers over a real database, and what each provider may say to it. The providers' answers are
 * scripted at the HTTP edge: whoever has not been said to have paid is untouched.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import {
  askProvider,
  getAttempt,
  makeRegistry,
  type PaymentHub,
  readStatement,
  receiveCallback,
  vietqrProvider,
  vnptPayProvider,
  zalopayProvider,
} from "#national/payments/index.ts";
import { type ConfirmMessage, signConfirm, signQueryAnswer } from "#protocols/payment-order/index.ts";
import { transferReference } from "#protocols/vietqr/index.ts";
import { orderOfAppTransId } from "#protocols/zalopay/index.ts";
import {
  makeHub,
  momoIpn,
  startStandIn,
  vnpayIpn,
  zalopayApp,
  zalopayCallback,
  zalopayKeys,
} from "#tests/support/hub.ts";
import type { Provider } from "./crash-table.ts";

const VNPT = { partner: "DVCQG", secret: "vnpt-secret" };
const ACCOUNT = "0900000800001";

type Heard = Promise<string>;
type Callback = Parameters<typeof receiveCallback>[2];

export interface Voice {
  readonly channel: string;
  /** Says that the attempt has paid, as often as it is called; the same transaction every time. */
  succeeds(attempt: string): Heard;
  /** Says that it has failed. Absent: this provider calls back for successes only, or not at all. */
  fails?(attempt: string): Heard;
  /** A true callback of success, to be changed; absent: nobody calls. */
  callback?(attempt: string): Callback;
}

export interface Voices {
  readonly hub: PaymentHub;
  readonly of: Readonly<Record<Provider, Voice>>;
  /** From now on the provider answers, when asked, that the attempt has paid. */
  hasPaid(provider: Provider, attempt: string): void;
  ask(attempt: string, source: "return" | "sweep"): Promise<unknown>;
  /** Every provider takes what it is told and breaks off without an answer, until it may speak again. */
  silence(silent: boolean): void;
  close(): Promise<void>;
}

const bare = (attempt: string) => attempt.replaceAll("-", "");

export async function startVoices(database: Database): Promise<Voices> {
  const standIn = await startStandIn();
  const transactions = new Map<string, number>();
  // Grows, so that a bank's lines are in the order in which they were booked.
  const transactionOf = (attempt: string): number => {
    const known = transactions.get(attempt) ?? 100_000_000 + transactions.size;
    transactions.set(attempt, known);
    return known;
  };
  const asked = await startAnswers();
  const hub = hubOf(database, asked.pass(standIn.url), asked.url);
  const hears = (provider: Provider, input: Callback) => receiveCallback(hub, hub.providers.get(provider), input);
  const read = async (attempt: string): Heard => {
    asked.book(attempt, transactionOf(attempt));
    return String(await readStatement(hub));
  };
  const vnpay = (attempt: string, change: Record<string, string>): Callback => ({
    query: vnpayIpn(bare(attempt), change),
    body: null,
  });
  const post = (body: unknown): Callback => ({ query: {}, body });
  const paid = {
    momo: (attempt: string) => post(momoIpn(bare(attempt), { transId: transactionOf(attempt) })),
    vnpay: (attempt: string) => vnpay(attempt, { vnp_TransactionNo: String(transactionOf(attempt)) }),
    zalopay: (attempt: string) => post(zalopayCallback(bare(attempt), { zp_trans_id: transactionOf(attempt) })),
    "vnpt-pay": (attempt: string) => post(confirm(bare(attempt), "00", transactionOf(attempt))),
  };
  const failed = {
    momo: (attempt: string) => post(momoIpn(bare(attempt), { resultCode: 1006, transId: 0 })),
    vnpay: (attempt: string) =>
      vnpay(attempt, { vnp_ResponseCode: "51", vnp_TransactionStatus: "02", vnp_TransactionNo: "0" }),
    "vnpt-pay": (attempt: string) => post(confirm(bare(attempt), "51", 0)),
  };
  const caller = (provider: keyof typeof paid, channel: string): Voice => ({
    channel,
    succeeds: (attempt) => hears(provider, paid[provider](attempt)),
    callback: paid[provider],
  });
  return {
    hub,
    of: {
      momo: { ...caller("momo", "momo"), fails: (attempt) => hears("momo", failed.momo(attempt)) },
      vnpay: { ...caller("vnpay", "vnpay-ncb"), fails: (attempt) => hears("vnpay", failed.vnpay(attempt)) },
      zalopay: caller("zalopay", "zalopay"),
      "vnpt-pay": {
        ...caller("vnpt-pay", "vnpt-pay"),
        fails: (attempt) => hears("vnpt-pay", failed["vnpt-pay"](attempt)),
      },
      vietqr: { channel: "vietqr", succeeds: read },
    },
    hasPaid(provider, attempt) {
      const transaction = transactionOf(attempt);
      if (provider === "momo") standIn.momo = { resultCode: 0, amount: 8_000, transId: transaction, create: 0 };
      else if (provider === "vnpay")
        standIn.vnpay = { response: "00", status: "00", amount: 8_000, transactionNo: String(transaction) };
      else if (provider === "vietqr") asked.book(attempt, transaction);
      else asked.paid.set(bare(attempt), transaction);
    },
    ask: async (attempt, source) => askProvider(hub, (await getAttempt(hub, attempt)).attempt, source),
    silence(silent) {
      asked.silent = silent;
    },
    async close() {
      asked.close();
      await standIn.close();
    },
  };
}

function hubOf(database: Database, standIn: string, url: string): PaymentHub {
  const feed = { url: `${url}/statement`, key: "feed-key", account: ACCOUNT };
  const hub = makeHub(database, { url: standIn }, systemClock);
  hub.log.level = "silent";
  const collecting = { ...feed, bankBin: "970415", bankName: "VietinBank", holder: "CONG DICH VU CONG QUOC GIA" };
  const partner = {
    url: `${url}/vnpt-pay`,
    token: "token",
    partnerCode: VNPT.partner,
    secrets: [VNPT.secret] as const,
  };
  const more = [
    zalopayProvider({ endpoint: `${url}/zalopay`, appId: zalopayApp, keyring: [zalopayKeys] }),
    vnptPayProvider(partner),
    vietqrProvider({ feed, pageOf: (id) => `http://national.example/${id}`, origin: "http://national.example" }),
  ];
  return { ...hub, collecting, providers: makeRegistry([...hub.providers.all, ...more]) };
}

function confirm(order: string, code: string, transaction: number): ConfirmMessage {
  const message = {
    LoaiBanTin: "CONFIRM",
    MaLoi: code,
    MaDoiTac: VNPT.partner,
    MaThamChieu: order,
    SoTien: "8000",
    MaTienTe: "VND",
    MaGiaoDich: String(transaction),
    MaNganHang: "VNPTPAY",
    ThoiGianGD: "20200722081949",
    ThongTinGiaoDich: "Thanh toán lệ phí cho hồ sơ 363815",
  } as const;
  return { ...message, MaXacThuc: signConfirm(message, VNPT.secret) };
}

interface Answers {
  readonly url: string;
  /** Breaks every call off. */
  silent: boolean;
  /** The address under which calls to another server go through this one. */
  pass(to: string): string;
  /** Order at ZaloPay or VNPT Pay → its transaction. */
  readonly paid: Map<string, number>;
  book(attempt: string, transaction: number): void;
  close(): void;
}

/** ZaloPay, VNPT Pay and the bank, as far as the hub asks them. */
async function startAnswers(): Promise<Answers> {
  const paid = new Map<string, number>();
  const lines = new Map<string, { readonly id: string; readonly bookedAt: string }>();
  const state = { silent: false };
  let behind = "";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (state.silent) return request.socket.destroy();
      const url = new URL(request.url ?? "/", "http://answers");
      if (/^\/(momo|vnpay)/.test(url.pathname)) {
        const init = { method: "POST", body: Buffer.concat(chunks), headers: { "content-type": "application/json" } };
        return void fetch(behind + url.pathname, init)
          .then((answer) => answer.text())
          .then((text) => response.setHeader("content-type", "application/json").end(text));
      }
      if (url.pathname === "/statement") {
        const since = url.searchParams.get("since") ?? "";
        const fit = [...lines.values()]
          .filter((line) => line.id > since)
          .slice(0, Number(url.searchParams.get("limit")));
        return response.end(fit.map((line) => `${JSON.stringify(line)}\n`).join(""));
      }
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, string>;
      response.setHeader("content-type", "application/json");
      const answer = url.pathname.startsWith("/zalopay")
        ? answerZalopay(url.pathname, body, paid)
        : answerVnpt(body, paid);
      return response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    url,
    paid,
    pass(to: string) {
      behind = to;
      return url;
    },
    book(attempt: string, transaction: number) {
      const content = transferReference(attempt);
      const line = { id: `FT${transaction}`, account: ACCOUNT, direction: "in", amount: 8_000, content };
      if (!lines.has(content)) lines.set(content, { ...line, bookedAt: new Date().toISOString() });
    },
    close: () => void server.close(),
  });
}

function answerZalopay(path: string, body: Record<string, string>, paid: ReadonlyMap<string, number>): object {
  const head = { return_message: "", sub_return_message: "" };
  if (path.endsWith("/create"))
    return { ...head, return_code: 1, sub_return_code: 1, order_url: "http://wallet.example/1", zp_trans_token: "1" };
  const transaction = paid.get(orderOfAppTransId(body["app_trans_id"] ?? "") ?? "");
  const code = transaction ? 1 : 3;
  const facts = { is_processing: false, amount: 8_000, zp_trans_id: transaction ?? 0, discount_amount: 0 };
  return { ...head, return_code: code, sub_return_code: code, ...facts };
}

function answerVnpt(body: Record<string, string>, paid: ReadonlyMap<string, number>): object {
  const order = body["MaThamChieu"] ?? "";
  const head = { MaLoi: "00", MoTaLoi: "", MaDoiTac: VNPT.partner, MaThamChieu: order };
  if (body["LoaiBanTin"] === "INIT")
    return { error_code: "0", message: JSON.stringify({ ...head, UrlThanhToan: "http://wallet.example/1" }) };
  const transaction = paid.get(order);
  const answer = {
    LoaiBanTin: "QUERY" as const,
    PhienBan: "1.0.6",
    ...head,
    SoTien: "8000",
    MaTienTe: "VND",
    TrangThaiGD: transaction ? "1" : "0",
    ThoiGianGD: "20200722081949",
  };
  const more = transaction ? { DSXacNhan: [confirm(order, "00", transaction)] } : {};
  return { ...answer, MaXacThuc: signQueryAnswer(answer, VNPT.secret), ...more };
}
