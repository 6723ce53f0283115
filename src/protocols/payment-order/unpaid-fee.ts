/**
 * The hub asks a collecting agency what a dossier still owes ("tra cứu thanh toán hồ sơ"), so that a fee can be paid from
 * the national portal. The question and its three answers are those of the platform's earlier generation
 * (`dptracuuthanhtoanhs {MaHoSo}`: error_code 1 = unpaid bill in `message`, 0 none, −1 error); the members of the bill
 * beside MaTraCuuTT are not published and are ours, named after INIT's.
 *
 * The second question (KhoiTao) is ours: the agency then sends its usual INIT and answers the page's address. Nothing
 * but an INIT ever makes an order, so CONFIRM, QUERY and the agency's own sweep work as for any other payment.
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import { AppError } from "#kit/errors.ts";
import type { PlatformDue } from "./messages.ts";

/** Hub → agency, with the agency's own `Authorization: Bearer` token. MaHoSo: official code, or number before there is one. */
export interface UnpaidFeeQuestion {
  readonly MaHoSo: string;
}

/** MaYeuCau: made by the hub's page, so that pressing twice is one order. */
export interface OpenUnpaidFee {
  readonly MaTraCuuTT: string;
  readonly KhoiTao: "1";
  readonly MaYeuCau: string;
  readonly Ip: string;
}

/** `message` is itself a JSON text when error_code is 1, words otherwise. */
export interface UnpaidFeeAnswer {
  readonly error_code: 1 | 0 | -1;
  readonly message: string;
}

/** No more than is needed to pay: the payer may be anybody who knows the code. HoTenNguoiNop is masked ("N. V. An"). */
export interface UnpaidBill {
  readonly MaTraCuuTT: string;
  readonly MaHoSo: string;
  readonly SoTien: string;
  readonly NoiDung: string;
  readonly HoTenNguoiNop: string;
  readonly TenTTHC: string;
  readonly TenDonVi: string;
  readonly TenTKThuHuong: string;
  readonly PhiLePhi: readonly PlatformDue[];
}

const text = (maxLength: number, minLength = 0) => ({ type: "string", minLength, maxLength });
const amount = { type: "string", pattern: "^[1-9][0-9]{0,11}$" };
const code = { type: "string", pattern: "^[0-9A-Za-z]{16,64}$" };
const record = (properties: Record<string, unknown>) => ({
  type: "object",
  required: Object.keys(properties),
  properties,
});

const ajv = new Ajv2020();
const isQuestion = ajv.compile<UnpaidFeeQuestion>(record({ MaHoSo: text(60, 1) }));
const isOpening = ajv.compile<OpenUnpaidFee>(
  record({
    MaTraCuuTT: code,
    KhoiTao: { const: "1" },
    MaYeuCau: { type: "string", pattern: "^[0-9a-f-]{36}$" },
    Ip: text(64),
  }),
);
const isAnswer = ajv.compile<UnpaidFeeAnswer>(record({ error_code: { enum: [1, 0, -1] }, message: text(20_000) }));
const isBill = ajv.compile<UnpaidBill>(
  record({
    MaTraCuuTT: code,
    MaHoSo: text(60, 1),
    SoTien: amount,
    NoiDung: text(500),
    HoTenNguoiNop: text(200),
    TenTTHC: text(1000),
    TenDonVi: text(500),
    TenTKThuHuong: text(300),
    PhiLePhi: {
      type: "array",
      minItems: 1,
      maxItems: 50,
      items: record({ LoaiPhiLePhi: text(10), MaPhiLePhi: text(50), TenPhiLePhi: text(500), SoTien: amount }),
    },
  }),
);
const isOpened = ajv.compile<{ UrlThanhToan: string }>(record({ UrlThanhToan: text(1000, 1) }));

/** What the agency was asked; undefined: neither of the two. */
export function readUnpaidFeeMessage(body: unknown): UnpaidFeeQuestion | OpenUnpaidFee | undefined {
  if (isOpening(body)) return body;
  return isQuestion(body) ? body : undefined;
}

export interface UnpaidFeePartner {
  readonly url: string;
  readonly token: string;
}

/** The bill, or undefined when nothing is unpaid. Errors: `unavailable` (no answer, −1, or one that is not the protocol's). */
export async function askUnpaidFee(partner: UnpaidFeePartner, dossier: string): Promise<UnpaidBill | undefined> {
  const answer = await ask(partner, { MaHoSo: dossier } satisfies UnpaidFeeQuestion);
  if (answer.error_code === 0) return undefined;
  const bill: unknown = parseJson(answer.message);
  if (!isBill(bill)) throw unreadable(partner.url);
  const sum = bill.PhiLePhi.reduce((total, due) => total + Number(due.SoTien), 0);
  if (sum !== Number(bill.SoTien)) throw unreadable(partner.url);
  return bill;
}

/** The page to pay at; undefined: there is nothing to pay any more. Errors as above. */
export async function openUnpaidFee(
  partner: UnpaidFeePartner,
  message: Omit<OpenUnpaidFee, "KhoiTao">,
): Promise<string | undefined> {
  const answer = await ask(partner, { ...message, KhoiTao: "1" } satisfies OpenUnpaidFee);
  if (answer.error_code === 0) return undefined;
  const opened: unknown = parseJson(answer.message);
  if (!isOpened(opened)) throw unreadable(partner.url);
  return opened.UrlThanhToan;
}

const TIMEOUT_MS = 12_000;
const ANSWER_MAX = 100_000;

async function ask(partner: UnpaidFeePartner, message: object): Promise<UnpaidFeeAnswer> {
  let body: unknown;
  try {
    const response = await fetch(partner.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        authorization: `Bearer ${partner.token}`,
      },
      body: JSON.stringify(message),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = parseJson((await response.text()).slice(0, ANSWER_MAX));
  } catch (cause) {
    throw new AppError("unavailable", {
      reason: "unreachable",
      message: `no answer from ${new URL(partner.url).origin}`,
      cause,
    });
  }
  if (!isAnswer(body) || body.error_code === -1) throw unreadable(partner.url);
  return body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one of the ways in which an answer is unreadable; the schema check that follows says so.
    return undefined;
  }
}

function unreadable(url: string): AppError {
  return new AppError("unavailable", {
    reason: "unreadable",
    message: `answer of ${new URL(url).origin} is not the protocol's`,
  });
}
