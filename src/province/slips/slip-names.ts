import type { Text } from "#kit/i18n.ts";
import type { SlipKind } from "./slip.ts";

/** Names of the slips as pages say them (the printed forms have their own titles, in capitals, by regulation). */
export const SLIP_NAMES: Readonly<Record<SlipKind, Text>> = {
  receipt: { vi: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", en: "Receipt and appointment slip" },
  supplement: { vi: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", en: "Request to supplement the dossier" },
  refusal: { vi: "Phiếu từ chối tiếp nhận giải quyết hồ sơ", en: "Notice of refusal" },
  apology: { vi: "Phiếu xin lỗi và hẹn lại ngày trả kết quả", en: "Apology with a new date" },
  control: { vi: "Phiếu kiểm soát quá trình giải quyết hồ sơ", en: "Control slip" },
  stop: { vi: "Thông báo dừng giải quyết hồ sơ", en: "Notice that the handling has stopped" },
};
