import type { PlainDate } from "#kit/calendar.ts";
import type { SlipKind } from "./slip.ts";

/** A statutory form as its circular prescribes it. */
export interface SlipForm {
  /** "Mẫu số 01"; empty where the circular has no form for it */
  readonly formNumber: string;
  readonly title: string;
  /** Symbol after the slip's number: "12/TNHS" */
  readonly symbol: string;
  /** File name of the download, without extension */
  readonly fileName: string;
}

/** One generation of the forms. Which one holds is picked by date and by the tenant's own era. */
export interface SlipRuleSet {
  readonly id: string;
  /** The regulation as printed at the foot */
  readonly basis: string;
  /** First and last day of issue (inclusive); open where missing */
  readonly from?: PlainDate;
  readonly until?: PlainDate;
  readonly forms: Readonly<Record<SlipKind, SlipForm>>;
  /** Register of dossiers, of a unit and period */
  readonly register: SlipForm;
}

const UNCHANGED = {
  receipt: {
    formNumber: "Mẫu số 01",
    title: "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    symbol: "TNHS",
    fileName: "giay-tiep-nhan-va-hen-tra-ket-qua",
  },
  supplement: {
    formNumber: "Mẫu số 02",
    title: "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    symbol: "HDHS",
    fileName: "phieu-yeu-cau-bo-sung-hoan-thien-ho-so",
  },
  refusal: {
    formNumber: "Mẫu số 03",
    title: "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    symbol: "TCHS",
    fileName: "phieu-tu-choi-tiep-nhan-giai-quyet-ho-so",
  },
} as const;

const STOP = {
  title: "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
  symbol: "TB-DHS",
  fileName: "thong-bao-dung-giai-quyet-ho-so",
} as const;

const CONTROL = {
  title: "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
  symbol: "KSHS",
  fileName: "phieu-kiem-soat-qua-trinh-giai-quyet-ho-so",
} as const;

const REGISTER = { title: "SỔ THEO DÕI HỒ SƠ", symbol: "STD", fileName: "so-theo-doi-ho-so" } as const;

const FORMS_2018: SlipRuleSet["forms"] = {
  ...UNCHANGED,
  apology: {
    formNumber: "Mẫu số 04",
    title: "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
    symbol: "XLHL",
    fileName: "phieu-xin-loi-va-hen-lai-ngay-tra-ket-qua",
  },
  // That circular has no form for it; the notice is written all the same, so that the citizen has it in hand.
  stop: { ...STOP, formNumber: "" },
  control: { ...CONTROL, formNumber: "Mẫu số 05" },
};

const FORMS_2025: SlipRuleSet["forms"] = {
  ...UNCHANGED,
  apology: {
    formNumber: "Mẫu số 04",
    title: "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
    symbol: "XLGH",
    fileName: "van-ban-xin-loi-va-gia-han",
  },
  stop: { ...STOP, formNumber: "Mẫu số 05" },
  control: { ...CONTROL, formNumber: "Mẫu số 06" },
};

/**
 * Forms 01–03 kept their numbers and names from TT 01/2018/TT-VPCP to TT 03/2025/TT-VPCP (in force 15/9/2025; its full
 * text has not been seen, only the list of its annex), which renamed 04 and added 05. Newest first.
 */
export const SLIP_RULE_SETS: readonly SlipRuleSet[] = [
  {
    id: "circular-03-2025",
    basis: "Thông tư số 03/2025/TT-VPCP",
    from: "2025-09-15",
    forms: FORMS_2025,
    register: { ...REGISTER, formNumber: "Mẫu số 07" },
  },
  {
    id: "circular-01-2018",
    basis: "Thông tư số 01/2018/TT-VPCP",
    until: "2025-09-14",
    forms: FORMS_2018,
    register: { ...REGISTER, formNumber: "Mẫu số 06" },
  },
];

/**
 * The rule set of a day, unless the tenant lives in an earlier era by its own settings (`pinned`).
 * Throws RangeError for an id that does not exist: that is a mistake in the tenant's data.
 */
export function slipRuleSet(on: PlainDate, pinned?: string): SlipRuleSet {
  const found = SLIP_RULE_SETS.find((set) =>
    pinned === undefined ? (set.from ?? "") <= on && on <= (set.until ?? "9999-12-31") : set.id === pinned,
  );
  if (!found) throw new RangeError(`no slip rule set "${pinned ?? on}"`);
  return found;
}
