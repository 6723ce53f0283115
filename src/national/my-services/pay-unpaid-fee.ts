/**
 * "Thanh toán lệ phí hồ sơ" (N4): the fee of a dossier of any province, found by its code and paid here, also after the
 * result and by somebody who is not the applicant. The hub asks the province; the province opens the order as always.
 */
import type { Config } from "#kit/config.ts";
import type { Db } from "#kit/db.ts";
import { demoProvinces } from "#kit/demo.ts";
import { AppError } from "#kit/errors.ts";
import { askUnpaidFee, openUnpaidFee, type UnpaidBill, type UnpaidFeePartner } from "#protocols/payment-order/index.ts";
import { listIndexedDossiers } from "#national/dossier-index/index.ts";

export interface FeeProvince extends UnpaidFeePartner {
  readonly code: string;
  readonly name: string;
  /** H53: stands in every official code of the province. */
  readonly identifier: string;
}

/** The provinces that can be asked: those with an account at the hub. */
export function feeProvincesFromConfig(config: Config): readonly FeeProvince[] {
  return config.origins.provinces.flatMap(({ code, name, portal }) => {
    const merchant = config.secrets.merchants[code];
    const identifier = demoProvinces.find((province) => province.code === code)?.identifier;
    return merchant && identifier
      ? [{ code, name, identifier, url: `${portal}/thanh-toan/tra-cuu`, token: merchant.token }]
      : [];
  });
}

/** Official codes: 000.20.31.H53-200610-0007, of any generation that names its province. */
const OFFICIAL_CODE = /^\d{3}(?:\.\d{2,3}){0,3}\.(H\d{2})(?:\.\d{3})?-\d{6}-\d{4,6}$/i;

/** The province of an exact official code; undefined when the text is something else. */
export function provinceOfCode(provinces: readonly FeeProvince[], text: string): FeeProvince | undefined {
  const identifier = OFFICIAL_CODE.exec(text)?.[1]?.toUpperCase();
  return identifier ? provinces.find((province) => province.identifier === identifier) : undefined;
}

export type FoundFee =
  | { readonly kind: "bill"; readonly province: FeeProvince; readonly bill: UnpaidBill }
  | { readonly kind: "nothing" | "silent"; readonly province: FeeProvince };

/** What a dossier named by its exact code owes; undefined when the text names no dossier of a province we know. */
export async function findUnpaidFee(provinces: readonly FeeProvince[], text: string): Promise<FoundFee | undefined> {
  const province = provinceOfCode(provinces, text);
  if (!province) return undefined;
  try {
    const bill = await askUnpaidFee(province, text.toUpperCase());
    return bill ? { kind: "bill", province, bill } : { kind: "nothing", province };
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") return { kind: "silent", province };
    throw error;
  }
}

export interface PayUnpaidFee {
  readonly province: string;
  /** Official code, or the number of a dossier of the person's own. */
  readonly dossier: string;
  readonly techId: string;
  /** Made with the page: pressing twice is one order. */
  readonly requestId: string;
  readonly payerIp: string;
}

/** Answers the order's page at the hub; `nothing`: no such dossier, not theirs to name by number, or nothing unpaid. */
export async function payUnpaidFee(
  deps: { readonly database: Db; readonly provinces: readonly FeeProvince[]; readonly origin: string },
  input: PayUnpaidFee,
): Promise<{ readonly kind: "redirect"; readonly payUrl: string } | { readonly kind: "nothing" | "silent" }> {
  const province = deps.provinces.find((one) => one.code === input.province);
  if (!province) return { kind: "nothing" };
  const exact = provinceOfCode(deps.provinces, input.dossier)?.code === province.code;
  if (!exact && !(await isOwn(deps.database, input))) return { kind: "nothing" };
  try {
    const bill = await askUnpaidFee(province, input.dossier);
    if (!bill) return { kind: "nothing" };
    const payUrl = await openUnpaidFee(province, {
      MaTraCuuTT: bill.MaTraCuuTT,
      MaYeuCau: input.requestId,
      Ip: input.payerIp,
    });
    if (!payUrl) return { kind: "nothing" };
    // A province may name a page of this hub and of nobody else.
    if (!payUrl.startsWith(`${deps.origin}/thanh-toan/`)) return { kind: "silent" };
    return { kind: "redirect", payUrl };
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") return { kind: "silent" };
    throw error;
  }
}

/** Numbers are guessed easily: only one's own dossiers are named by them. */
async function isOwn(db: Db, { techId, dossier, province }: PayUnpaidFee): Promise<boolean> {
  if (!/^\d{1,12}$/.test(dossier)) return false;
  const { dossiers } = await listIndexedDossiers(db, { techId, text: dossier });
  return dossiers.some((one) => one.number === dossier && one.province === province);
}
