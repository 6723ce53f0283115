/**
 * A payment hub for tests: the real room over a real database, with the two real provider adapters. What the providers
 * answer is scripted at the HTTP edge (`fetch` is not replaced; a small server plays both), so signatures and time-outs
 * are the real ones.
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createLog } from "#kit/log.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { Merchant, PaymentHub } from "#national/payments/index.ts";
import { makeRegistry, momoProvider, vnpayProvider } from "#national/payments/index.ts";
import { type Ipn, type MomoKeys, signIpn } from "#protocols/momo/index.ts";
import { type InitMessage, signInit } from "#protocols/payment-order/index.ts";
import { appTransId, type OrderData, signCallback, type ZalopayKeys } from "#protocols/zalopay/index.ts";
import { signParameters, signQueryAnswer } from "#protocols/vnpay/index.ts";

export const momoKeys: MomoKeys = { accessKey: "F8BBA842ECF85", secretKey: "K951B6PE1waDMi640xX08PD3vg6EkVlz" };
export const vnpaySecret = "test-vnpay-secret";
export const terminal = "TEST0001";
export const zalopayKeys: ZalopayKeys = { key1: "test-zalopay-key1", key2: "test-zalopay-key2" };
export const zalopayApp = 2553;

export const merchant: Merchant = {
  code: "DVCQG_TAYNINH",
  name: "Cổng DVC Tây Ninh",
  secrets: ["merchant-secret", "merchant-secret-before"],
  token: "merchant-token",
  confirmUrl: "http://127.0.0.1:9/thanh-toan/xac-nhan",
  disputeUrl: "http://127.0.0.1:9/thanh-toan/khieu-nai",
  returnUrl: "http://portal.example/thanh-toan/tra-ve",
};

export interface StandIn {
  readonly url: string;
  /** resultCode that MoMo's query answers, and the amount in it. */
  momo: { resultCode: number; amount: number; transId: number; create: number | "silent" };
  vnpay: { response: string; status: string; amount: number; transactionNo: string };
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startStandIn(): Promise<StandIn> {
  const asked: string[] = [];
  const script: Pick<StandIn, "momo" | "vnpay"> = {
    momo: { resultCode: 1000, amount: 8_000, transId: 1, create: 0 },
    vnpay: { response: "00", status: "01", amount: 8_000, transactionNo: "0" },
  };
  const server: Server = createServer(async (request, response) => {
    const body = JSON.parse(await readBody(request)) as Record<string, string>;
    asked.push(request.url ?? "");
    if (request.url === "/momo/create" && script.momo.create === "silent") {
      request.socket.destroy();
      return;
    }
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answerTo(request.url ?? "", body, script)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(script, {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function answerTo(url: string, body: Record<string, string>, script: Pick<StandIn, "momo" | "vnpay">): object {
  if (url === "/momo/create") {
    const { orderId, requestId, partnerCode } = body;
    const head = { orderId, requestId, partnerCode, amount: 8_000, responseTime: 1, message: "" };
    return { ...head, resultCode: script.momo.create, payUrl: `http://wallet.example/${orderId}` };
  }
  if (url === "/momo/query") {
    const { orderId, requestId, partnerCode } = body;
    const { resultCode, amount, transId } = script.momo;
    return {
      orderId,
      requestId,
      partnerCode,
      extraData: "",
      amount,
      transId,
      payType: "qr",
      resultCode,
      message: "",
      responseTime: 1,
    };
  }
  const answer = {
    vnp_ResponseId: "1",
    vnp_Command: "querydr",
    vnp_ResponseCode: script.vnpay.response,
    vnp_Message: "",
    vnp_TmnCode: terminal,
    vnp_TxnRef: body["vnp_TxnRef"] ?? "",
    vnp_Amount: String(script.vnpay.amount * 100),
    vnp_BankCode: "NCB",
    vnp_PayDate: "20200722081949",
    vnp_TransactionNo: script.vnpay.transactionNo,
    vnp_TransactionType: "01",
    vnp_TransactionStatus: script.vnpay.status,
    vnp_OrderInfo: "x",
    vnp_PromotionCode: "",
    vnp_PromotionAmount: "",
  };
  return { ...answer, vnp_SecureHash: signQueryAnswer(answer, vnpaySecret) };
}

export function makeHub(database: Database, standIn: { url: string }, clock: Clock): PaymentHub {
  return {
    database,
    providers: makeRegistry([
      vnpayProvider({
        payUrl: "http://bank.example/paymentv2/vpcpay.html",
        apiUrl: `${standIn.url}/vnpay`,
        tmnCode: terminal,
        secrets: [vnpaySecret],
      }),
      momoProvider({ endpoint: `${standIn.url}/momo`, partnerCode: "MOMO", keyring: [momoKeys] }),
    ]),
    merchants: new Map([[merchant.code, merchant]]),
    origin: "http://national.example",
    clock,
    log: createLog("test"),
  };
}

/** A signed INIT over 8,000 đồng. */
export function initMessage(reference: string, change: Partial<InitMessage> = {}): InitMessage {
  const message: Omit<InitMessage, "MaXacThuc"> = {
    LoaiBanTin: "INIT",
    PhienBan: "1.0.6",
    MaDoiTac: merchant.code,
    MaThamChieu: reference,
    SoTien: "8000",
    LoaiHinhThanhToan: "PAY",
    MaKenhThanhToan: "1",
    MaThietBi: "1",
    NgonNgu: "vi-VN",
    MaTienTe: "VND",
    MaNganHang: "PAYMENT",
    ThongTinGiaoDich: "Thanh toán lệ phí cho hồ sơ 363815",
    ThoiGianGD: "20200722081949",
    Ip: "127.0.0.1",
    ThongTinBienLai: {
      MaDichVu: "2",
      MaDVC: "1.001193.01",
      TenDVC: "Đăng ký khai sinh",
      MaTTHC: "1.001193",
      TenTTHC: "Đăng ký khai sinh",
      MaDonVi: "H53.20.31",
      TenDonVi: "UBND thị trấn Bến Cầu",
      MaHoSo: "363815",
      TKThuHuong: "3511000000000",
      MaNHThuHuong: "970415",
      TenTKThuHuong: "KHO BAC NHA NUOC BEN CAU",
      NoiDungThanhToan: "Lệ phí",
      HoTenNguoiNop: "Nguyễn Văn An",
      SoCMNDNguoiNop: "072090000101",
      DiaChiNguoiNop: "Khu phố 1",
      HuyenNguoiNop: "Bến Cầu",
      TinhNguoiNop: "Tây Ninh",
      PhiLePhi: [{ LoaiPhiLePhi: "1", MaPhiLePhi: "2.000635", TenPhiLePhi: "Bản sao trích lục", SoTien: "8000" }],
      DSKhoanNop: [{ NoiDung: "Bản sao trích lục", SoTien: "8000" }],
    },
    ...change,
  };
  return { ...message, MaXacThuc: signInit(message, merchant.secrets[0]) };
}

export function momoIpn(orderId: string, change: Partial<Ipn> = {}): Ipn {
  const ipn = {
    partnerCode: "MOMO",
    orderId,
    requestId: orderId,
    amount: 8_000,
    orderInfo: "Thanh toán lệ phí cho hồ sơ 363815",
    orderType: "momo_wallet",
    transId: 2_800_000_001,
    resultCode: 0,
    message: "Thành công.",
    payType: "qr",
    responseTime: 1_595_380_789_000,
    extraData: "",
    ...change,
  };
  return { ...ipn, signature: signIpn(ipn, momoKeys) };
}

export function vnpayIpn(txnRef: string, change: Record<string, string> = {}): Record<string, string> {
  const query = {
    vnp_Amount: "800000",
    vnp_BankCode: "NCB",
    vnp_OrderInfo: "Thanh toan le phi cho ho so 363815",
    vnp_PayDate: "20200722081949",
    vnp_ResponseCode: "00",
    vnp_TmnCode: terminal,
    vnp_TransactionNo: "14226112",
    vnp_TransactionStatus: "00",
    vnp_TxnRef: txnRef,
    ...change,
  };
  return { ...query, vnp_SecureHash: signParameters(query, vnpaySecret) };
}

/** ZaloPay's callback body over 8,000 đồng. */
export function zalopayCallback(
  order: string,
  change: Partial<OrderData> = {},
  keys: ZalopayKeys = zalopayKeys,
): { data: string; mac: string; type: number } {
  const data = JSON.stringify({
    app_id: zalopayApp,
    app_trans_id: appTransId(order, new Date("2020-07-22T01:19:49Z")),
    app_time: 1_595_380_789_000,
    app_user: "dvcqg",
    amount: 8_000,
    embed_data: "{}",
    item: "[]",
    zp_trans_id: 200_722_000_000_001,
    server_time: 1_595_380_790_000,
    channel: 38,
    merchant_user_id: "",
    user_fee_amount: 0,
    discount_amount: 0,
    ...change,
  });
  return { data, mac: signCallback(data, keys), type: 1 };
}
