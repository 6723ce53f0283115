import { formatCompact } from "#kit/calendar.ts";
import { crashPoint } from "#kit/crash-points.ts";
import { AppError } from "#kit/errors.ts";
import type { Text } from "#kit/i18n.ts";
import { type InitMessage, makeReference, PLATFORM_VERSION, sendInit } from "#protocols/payment-order/index.ts";
import { firstAskAt } from "./ask-hub-schedule.ts";
import { type Fees, type Obligation, orderText, type PayableDossier, type PaymentRequest } from "./fee.ts";
import { findRequest, markAsked, markOpened, putGroupRequest, putRequest, type RequestWord } from "./fee-store.ts";
import { findObligationById, findPayableDossier, listPartsOfRequest, listPayableDossiers } from "./fee-view.ts";
import { requestAfter } from "./request-lifecycle.ts";

export interface OpenPayment {
  readonly dossier: PayableDossier;
  /** Made with the page: pressing twice is one request. */
  readonly requestId: string;
  readonly payerIp: string;
}

export type OpenedPayment =
  /** Off to the hub's page. */
  | { readonly kind: "redirect"; readonly payUrl: string }
  | { readonly kind: "paid" | "nothing-due" | "dossier-over" }
  /** The hub gave no answer. The request stays; the next press sends the same INIT. */
  | { readonly kind: "hub-silent" }
  | { readonly kind: "refused"; readonly why: string };

/**
 * "Thanh toán trên Cổng DVCQG": writes the request down, sends INIT, leads to the hub's page. The request is committed
 * before the hub hears of it; an unfinished one is used again, so that a citizen never has two open orders for one fee.
 */
export async function openPayment(fees: Fees, input: OpenPayment): Promise<OpenedPayment> {
  const now = fees.clock.now();
  const { dossier } = input;
  const answer = await putRequest(fees.database, {
    tenant: fees.tenant,
    dossierId: dossier.id,
    id: input.requestId,
    reference: referenceOf(dossier, now),
    firstAskAt: firstAskAt(now),
  });
  return goOn(fees, answer, input.payerIp, (paid) => paid.some((one) => one.dossierId === dossier.id));
}

/** One payment for obligations of one or many dossiers, whoever pays; at most 1,000. */
export async function openGroupPayment(
  fees: Fees,
  input: { readonly obligations: readonly string[]; readonly requestId: string; readonly payerIp: string },
): Promise<OpenedPayment> {
  const db = fees.database.forTenant(fees.tenant);
  const now = fees.clock.now();
  const first = input.obligations[0] ? await findObligationById(db, input.obligations[0]) : undefined;
  const dossier = first && (await findPayableDossier(db, first.dossierId));
  if (!dossier || input.obligations.length > GROUP_MAX) return { kind: "nothing-due" };
  const answer = await putGroupRequest(fees.database, {
    tenant: fees.tenant,
    obligations: input.obligations,
    id: input.requestId,
    reference: referenceOf(dossier, now),
    firstAskAt: firstAskAt(now),
  });
  return goOn(fees, answer, input.payerIp, (paid) => paid.some((one) => input.obligations.includes(one.id)));
}

const GROUP_MAX = 1_000;
/** The platform takes 50 lines in an order. */
const LINES_MAX = 50;

function referenceOf(dossier: PayableDossier, now: Date): string {
  return makeReference(dossier.code ?? String(dossier.number ?? dossier.id), formatCompact(now));
}

async function goOn(
  fees: Fees,
  { word, requestId }: { word: RequestWord; requestId: string | null },
  payerIp: string,
  belongs: (paid: readonly Obligation[]) => boolean,
): Promise<OpenedPayment> {
  if (word === "paid" || word === "nothing-due" || word === "dossier-over") return { kind: word };
  const db = fees.database.forTenant(fees.tenant);
  const request = requestId ? await findRequest(db, requestId) : undefined;
  const parts = request ? await listPartsOfRequest(db, request.id) : [];
  if (!request || parts.length === 0) throw new AppError("internal", { message: "the request is gone" });
  if (!belongs(parts)) throw new AppError("conflict", { message: "this request id belongs to another dossier" });
  if (request.payUrl && request.state !== "closed") return { kind: "redirect", payUrl: request.payUrl };
  if (request.state === "closed") return { kind: "refused", why: "closed" };
  // F1 of the province: the request is committed, the hub has not been called.
  crashPoint("F1-province");
  return callHub(fees, { request, parts, dossiers: await dossiersOf(fees, parts), payerIp });
}

async function dossiersOf(fees: Fees, parts: readonly Obligation[]): Promise<readonly PayableDossier[]> {
  const db = fees.database.forTenant(fees.tenant);
  const ids = [...new Set(parts.map((part) => part.dossierId))];
  const found = new Map((await listPayableDossiers(db, ids)).map((dossier) => [dossier.id, dossier]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

interface HubCall {
  readonly request: PaymentRequest;
  /** What the request pays; of one or several dossiers, the first one names the order. */
  readonly parts: readonly Obligation[];
  readonly dossiers: readonly PayableDossier[];
  readonly payerIp: string;
}

async function callHub(fees: Fees, call: HubCall): Promise<OpenedPayment> {
  const db = fees.database.forTenant(fees.tenant);
  const { request } = call;
  try {
    const outcome = await sendInit(fees.hub, initMessage(fees, call));
    crashPoint("F2-province");
    if (outcome.accepted) {
      await markOpened(db, request.id, outcome.payUrl);
      return { kind: "redirect", payUrl: outcome.payUrl };
    }
    fees.log.error({ reference: request.reference, code: outcome.code, why: outcome.why }, "the hub refuses INIT");
    await markAsked(db, request.id, requestAfter(request.state, "close"), undefined);
    return { kind: "refused", why: outcome.code };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
    fees.log.warn({ err: error, reference: request.reference }, "the hub does not answer INIT");
    return { kind: "hub-silent" };
  }
}

/** As they are; where an order cannot hold them, one line for everything that is due under the same code. */
function linesOf(
  parts: readonly Obligation[],
): readonly Pick<Obligation["lines"][number], "code" | "name" | "amount">[] {
  const lines = parts.flatMap((part) => part.lines).filter((line) => line.amount > 0);
  if (lines.length <= LINES_MAX) return lines;
  const sums = new Map<string, { code: string; name: Text; amount: number }>();
  for (const { code, name, amount } of lines) {
    sums.set(code, { code, name, amount: (sums.get(code)?.amount ?? 0) + amount });
  }
  return [...sums.values()];
}

function initMessage(fees: Fees, { request, parts, dossiers, payerIp }: HubCall): Omit<InitMessage, "MaXacThuc"> {
  const [dossier] = dossiers;
  if (!dossier) throw new AppError("internal", { message: "a request without a dossier" });
  const payee = fees.payeeOf(dossier.agency.id);
  const lines = linesOf(parts);
  const name = dossier.procedure.name.vi.slice(0, 250);
  return {
    LoaiBanTin: "INIT",
    PhienBan: PLATFORM_VERSION,
    MaDoiTac: fees.hub.partnerCode,
    MaThamChieu: request.reference,
    SoTien: String(request.amount),
    LoaiHinhThanhToan: "PAY",
    MaKenhThanhToan: "1",
    MaThietBi: "1",
    NgonNgu: "vi-VN",
    MaTienTe: "VND",
    MaNganHang: "PAYMENT",
    ThongTinGiaoDich: orderText(...dossiers),
    ThoiGianGD: formatCompact(request.createdAt),
    Ip: payerIp,
    ThongTinBienLai: {
      MaDichVu: "2",
      MaDVC: `${dossier.procedure.code}.01`,
      TenDVC: name,
      MaTTHC: dossier.procedure.code,
      TenTTHC: name,
      MaDonVi: dossier.agency.identifier,
      TenDonVi: dossier.agency.name,
      MaHoSo: dossier.code ?? String(dossier.number ?? ""),
      TKThuHuong: payee.account,
      MaNHThuHuong: payee.bankCode,
      TenTKThuHuong: payee.holder,
      NoiDungThanhToan: orderText(...dossiers),
      HoTenNguoiNop: dossier.applicant.name,
      SoCMNDNguoiNop: dossier.applicant.identityNumber,
      DiaChiNguoiNop: dossier.applicant.address ?? "",
      HuyenNguoiNop: "",
      TinhNguoiNop: fees.provinceName,
      PhiLePhi: lines.map((line) => ({
        LoaiPhiLePhi: "1",
        MaPhiLePhi: line.code,
        TenPhiLePhi: line.name.vi,
        SoTien: String(line.amount),
      })),
      DSKhoanNop: lines.map((line) => ({ NoiDung: line.name.vi, SoTien: String(line.amount) })),
    },
  };
}
