import type { WhyUnsettled } from "./accounting-view.ts";
import type { DisputeRow } from "./dispute-view.ts";

const vi = {
  toHub: "Đang gửi tới cổng quốc gia",
  atHub: "Đang xác minh: cổng quốc gia đang xử lý",
  refused: "Cổng quốc gia không hoàn: xử lý tiếp",
  hubTitle: "Hoàn qua cổng quốc gia",
  toHubText: "Đã duyệt. Hệ thống đang gửi đề nghị hoàn tới cổng quốc gia.",
  atHubText:
    "Cổng quốc gia đã nhận đề nghị; hai người vận hành ở đó quyết định. Khi có kết quả, sổ cái, danh sách này và nhật ký hồ sơ tự cập nhật. Không trả bằng cách khác trong lúc chờ.",
  refusedTitle: "Cổng quốc gia không hoàn khoản này",
  refusedText: (reason: string) => `Lý do: ${reason}`,
  notSpoken: "Hệ thống thanh toán này không nhận đề nghị hoàn.",
  refusedNext: "Người nộp vẫn được trả. Có thể gửi lại đề nghị, hoặc trả bằng cách khác rồi ghi nhận ở đây.",
  askAgain: "Gửi lại đề nghị",
  askedAgain: "Đã gửi lại đề nghị hoàn tới cổng quốc gia.",
  notRefused: "Đề nghị này không còn ở trạng thái bị từ chối. Hãy tải lại trang.",
  byHub: "Khoản này đang được cổng quốc gia hoàn; không ghi nhận trả bằng tay.",
  disputesTitle: "Khoản bị khiếu nại hoặc bị thu hồi",
  disputesLead:
    "Ngân hàng hoặc ví của người nộp đòi lại tiền. Khi khoản bị thu hồi, phí, lệ phí của hồ sơ phải nộp lại hoặc được ghi giảm; biên lai đã lập không bị xóa.",
  payment: "Mã giao dịch",
  amount: "Số tiền",
  reason: "Lý do",
  state: "Trạng thái",
  since: "Từ lúc",
  dossiers: "Hồ sơ",
  states: { open: "Đang giải quyết", kept: "Giữ được tiền", lost: "Bị thu hồi" } satisfies Record<
    DisputeRow["state"],
    string
  > as Record<DisputeRow["state"], string>,
  consequences: {
    reopened: "phải nộp lại",
    returned: "người nộp đã nhận lại tiền",
    "written-off": "hồ sơ đã kết thúc, ghi giảm thu",
    "by-hand": "chỉ bị thu hồi một phần: kế toán xem và xử lý",
  } satisfies Record<NonNullable<DisputeRow["consequence"]>, string>,
  dueAgain: (transaction: string) =>
    `Ngân hàng hoặc ví đã thu hồi khoản đã nộp (giao dịch ${transaction}). Phí, lệ phí này cần nộp lại.`,
};

const en: typeof vi = {
  toHub: "On its way to the national portal",
  atHub: "Being verified: the national portal is working on it",
  refused: "The national portal refused: go on",
  hubTitle: "Refund through the national portal",
  toHubText: "Approved. The request is being sent to the national portal.",
  atHubText:
    "The national portal has the request; two operators decide there. When they have, the ledger, this list and the dossier's history follow by themselves. Do not return the money another way meanwhile.",
  refusedTitle: "The national portal refused this refund",
  refusedText: (reason) => `Reason: ${reason}`,
  notSpoken: "This payment system takes no refund requests.",
  refusedNext:
    "The payer is still owed it. Send the request again, or return the money another way and record it here.",
  askAgain: "Send again",
  askedAgain: "The request was sent to the national portal again.",
  notRefused: "This request is not refused any more. Load the page again.",
  byHub: "The national portal is refunding this; it cannot be recorded as returned by hand.",
  disputesTitle: "Payments disputed or taken back",
  disputesLead:
    "The payer's bank or wallet wants the money back. When it is taken, the dossier's fee is due again or written off; receipts stay as they are.",
  payment: "Transaction",
  amount: "Amount",
  reason: "Reason",
  state: "State",
  since: "Since",
  dossiers: "Dossiers",
  states: { open: "Being decided", kept: "Money kept", lost: "Taken back" },
  consequences: {
    reopened: "due again",
    returned: "the payer has the money back",
    "written-off": "the dossier had ended: written off",
    "by-hand": "only a part was taken: an accountant must look",
  },
  dueAgain: (transaction) =>
    `The bank or wallet took back what was paid (transaction ${transaction}). This fee is due again.`,
};

export const waitingMessages = { vi, en };

/** Waits for a process, not for a person. */
export function isForSystem(why: WhyUnsettled): boolean {
  return why === "no-receipt" || why === "dossier-not-told";
}
