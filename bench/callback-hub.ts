/** A hub's web process over a durable database, with attempts that wait for their callbacks. */
import { fork } from "node:child_process";
import { join } from "node:path";
import { loadConfig } from "#kit/config.ts";
import { signIpn } from "#protocols/momo/index.ts";
import { signParameters } from "#protocols/vnpay/index.ts";
import { freeFamily } from "#tests/support/ports.ts";
import { merchant } from "#tests/support/hub.ts";
import { type DurableDatabase, durableDatabase } from "./durable-database.ts";
import { idFamily } from "./transactions.ts";

export type CallbackProvider = "momo" | "vnpay";

const AMOUNT = 8_000;

export interface Prepared {
  /** The attempts' names at the provider. */
  readonly names: readonly string[];
  /** One statement that settles the attempt `:n`, for pgbench. */
  readonly statement: string;
}

export interface CallbackHub {
  readonly place: DurableDatabase;
  /** Of the national portal. */
  readonly port: number;
  /** New orders with one attempt each. */
  prepare(provider: CallbackProvider, count: number): Promise<Prepared>;
  /** The HTTP request by which the provider says that this attempt was paid, signed. */
  request(provider: CallbackProvider, name: string): Buffer;
  close(): Promise<void>;
}

/** The attempt has its order's id, so that both are made without looking one up. */
function preparation(provider: CallbackProvider, series: string, count: number): string[] {
  return [
    "create sequence if not exists bench_reference",
    `insert into payment_order (id, merchant, reference, request_hash, amount, information, dossier, details, expires_at)
       select ${series}, '${merchant.code}', 'bench' || nextval('bench_reference'), 'hash', ${AMOUNT}, 'Thanh toán lệ phí', '363815',
         '{}', now() + interval '1 day' from generate_series(1, ${count}) n`,
    `insert into payment_attempt (id, order_id, provider, channel, provider_order, amount, state, expires_at)
       select ${series}, ${series}, '${provider}', '${provider}', replace((${series})::text, '-', ''), ${AMOUNT}, 'redirected',
         now() + interval '1 hour' from generate_series(1, ${count}) n`,
    // Plans made for empty tables would be measured otherwise.
    "vacuum analyze payment_attempt, payment_order, settlement",
    "checkpoint",
  ];
}

export async function startCallbackHub(execArgv: readonly string[] = []): Promise<CallbackHub> {
  const place = await durableDatabase("national");
  const family = await freeFamily();
  const env = {
    CALLS_PER_SECOND: "1000000",
    ...process.env,
    PORT: String(family),
    LOG_LEVEL: "silent",
    DATABASE_URL_NATIONAL: place.appUrl,
  };
  const { secrets } = loadConfig(env);
  const { momo, vnpay } = secrets;
  const web = fork(join(import.meta.dirname, "../tests/faults/payment-role.ts"), ["national-web"], {
    env,
    execArgv: [...execArgv],
  });
  await new Promise<void>((resolve, reject) => {
    web.once("message", () => resolve());
    web.once("exit", (code) => reject(new Error(`the hub ended while starting: ${code}`)));
  });
  let transaction = (Date.now() % 1e9) * 1_000;
  const port = family + 1;
  const momoRequest = (name: string): Buffer => {
    const ipn = {
      partnerCode: momo.partnerCode,
      orderId: name,
      requestId: name,
      amount: AMOUNT,
      orderInfo: "Thanh toán lệ phí cho hồ sơ 363815",
      orderType: "momo_wallet",
      transId: ++transaction,
      resultCode: 0,
      message: "Thành công.",
      payType: "qr",
      responseTime: Date.now(),
      extraData: "",
    };
    const body = Buffer.from(JSON.stringify({ ...ipn, signature: signIpn(ipn, momo) }));
    const head = `POST /thanh-toan/ipn/momo HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${body.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), body]);
  };
  const vnpayRequest = (name: string): Buffer => {
    const query = {
      vnp_Amount: String(AMOUNT * 100),
      vnp_BankCode: "NCB",
      vnp_BankTranNo: `VNP${++transaction}`,
      vnp_CardType: "ATM",
      vnp_OrderInfo: "Thanh toan le phi cho ho so 363815",
      vnp_PayDate: "20200722081949",
      vnp_ResponseCode: "00",
      vnp_TmnCode: vnpay.tmnCode,
      vnp_TransactionNo: String(transaction),
      vnp_TransactionStatus: "00",
      vnp_TxnRef: name,
    };
    const signed = { ...query, vnp_SecureHash: signParameters(query, vnpay.hashSecret) };
    return Buffer.from(
      `GET /thanh-toan/ipn/vnpay?${new URLSearchParams(signed)} HTTP/1.1\r\nhost: localhost:${port}\r\n\r\n`,
    );
  };
  return {
    place,
    port,
    async prepare(provider, count) {
      const { id, idSql, seriesSql } = idFamily();
      await place.admin(async (client) => {
        // Each alone: VACUUM may not stand in a transaction.
        for (const sql of preparation(provider, seriesSql, count)) await client.query(sql);
      });
      const name = `replace((${idSql})::text, '-', '')`;
      return {
        names: Array.from({ length: count }, (_, n) => id(n + 1).replaceAll("-", "")),
        statement: `select payment_settle('${provider}', ${name}, 'captured', ${AMOUNT}, ${name}, '0', null, 'callback', null, '{}')`,
      };
    },
    request: (provider, name) => (provider === "momo" ? momoRequest(name) : vnpayRequest(name)),
    async close() {
      web.disconnect();
      await new Promise<void>((resolve) => web.once("exit", () => resolve()));
      await place.close();
    },
  };
}
