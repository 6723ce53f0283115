import { formatCompact } from "#kit/calendar.ts";
import { crashPoint } from "#kit/crash-points.ts";
import { AppError } from "#kit/errors.ts";
import { type InitMessage, makeReference, PLATFORM_VERSION, sendInit } from "#protocols/payment-order/index.ts";
import { firstAskAt } from "./ask-hub-schedule.ts";
import { type Fees, type Obligation, orderText, type PayableDossier, type PaymentRequest } from "./fee.ts";
import { findRequest, markAsked, markOpened, putRequest } from "./fee-store.ts";
import { findObligation } from "./fee-view.ts";
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
  const reference = makeReference(dossier.code ?? String(dossier.number ?? dossier.id), formatCompact(now));
  const { word, requestId } = await putRequest(fees.database, {
    tenant: fees.tenant,
    dossierId: dossier.id,
    id: input.requestId,
    reference,
    firstAskAt: firstAskAt(now),
  });
  if (word === "paid" || word === "nothing-due" || word === "dossier-over") return { kind: word };
  const db = fees.database.forTenant(fees.tenant);
  const request = requestId ? await findRequest(db, requestId) : undefined;
  const obligation = await findObligation(db, dossier.id);
  if (!request || !obligation) throw new AppError("internal", { message: "the request is gone" });
  if (request.dossierId !== dossier.id)
    throw new AppError("conflict", { message: "this request id belongs to another dossier" });
  if (request.payUrl && request.state !== "closed") return { kind: "redirect", payUrl: request.payUrl };
  if (request.state === "closed") return { kind: "refused", why: "closed" };
  // F1 of the province: the request is committed, the hub has not been called.
  crashPoint("F1-province");
  return callHub(fees, { request, dossier, obligation, payerIp: input.payerIp });
}

interface HubCall {
  readonly request: PaymentRequest;
  readonly dossier: PayableDossier;
  readonly obligation: Obligation;
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

function initMessage(fees: Fees, { request, dossier, obligation, payerIp }: HubCall): Omit<InitMessage, "MaXacThuc"> {
  const payee = fees.payeeOf(dossier.agency.id);
  const lines = obligation.lines.filter((line) => line.amount > 0);
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
    ThongTinGiaoDich: orderText(dossier),
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
      NoiDungThanhToan: orderText(dossier),
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
