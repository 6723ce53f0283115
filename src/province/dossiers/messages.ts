/** Words of the dossiers room. `vi` defines the set, `en` satisfies it in full. */
import type { Lang } from "#kit/i18n.ts";
import { accountMessages } from "./account-messages.ts";
import type { Dossier, DossierState, Refusal } from "./dossier.ts";
import type { ReasonFault } from "./reason-quality.ts";

const vi = {
  states: {
    draft: "Bản nháp",
    filed: "Hồ sơ đã gửi",
    received: "Đã tiếp nhận",
    declined: "Không được tiếp nhận",
    processing: "Hồ sơ đang được xử lý",
    "supplement-requested": "Yêu cầu bổ sung hồ sơ",
    "fee-due": "Yêu cầu thực hiện nghĩa vụ tài chính",
    withdrawn: "Đã rút hồ sơ",
    stopped: "Dừng xử lý",
    "result-ready": "Đã xử lý xong",
    returned: "Đã trả kết quả",
  } satisfies Record<DossierState, string>,
  refused: "Bị từ chối giải quyết",
  refusals: {
    "not-found": "Không tìm thấy hồ sơ này trong tài khoản của bạn.",
    "not-yours": "Hồ sơ này thuộc về tài khoản khác.",
    conflict: "Hồ sơ vừa được người khác thay đổi. Nội dung dưới đây là bản mới nhất; hãy xem lại rồi thực hiện tiếp.",
    "wrong-state": "Hồ sơ không còn ở bước cho phép việc này. Hãy xem trạng thái hiện tại của hồ sơ.",
    "wrong-actor": "Việc này không thuộc quyền của bạn đối với hồ sơ.",
    "stale-draft": "Bản nháp đã được lưu ở nơi khác sau khi bạn mở trang này. Hãy tải lại để không ghi đè lên bản mới.",
    "already-filed": "Hồ sơ này đã được gửi rồi, không cần gửi lại.",
    "submission-reused": "Lần gửi này đã dùng cho nội dung khác. Hãy mở lại trang kiểm tra rồi gửi.",
    "files-changed": "Giấy tờ đính kèm đã thay đổi sau khi bạn mở trang kiểm tra. Hãy xem lại danh sách rồi gửi.",
    "too-many-drafts": "Bạn đã có 50 bản nháp. Xóa bớt bản nháp cũ rồi bắt đầu hồ sơ mới.",
    "too-many-files": "Hồ sơ đã đủ số tệp cho phép. Hãy gộp các trang của một giấy tờ vào một tệp PDF.",
    "too-many-bytes":
      "Hồ sơ đã đủ dung lượng (300 MB; tất cả bản nháp của bạn 1 GB). Hãy giảm dung lượng ảnh hoặc xóa bản nháp cũ.",
    "file-not-found": "Tệp này không còn trong hồ sơ.",
    "not-opened": "Phần này không được yêu cầu bổ sung nên không sửa được.",
    "nothing-asked": "Hãy chọn ít nhất một mục cần bổ sung.",
    "reason-too-short":
      "Lý do chưa đủ rõ để người dân làm theo. Hãy nói sai ở đâu và cần làm gì, ví dụ: “Ảnh giấy chứng sinh bị mờ ở ngày sinh, đề nghị chụp lại đủ bốn góc”.",
    "incomplete-answer": "Vẫn còn mục được yêu cầu chưa có nội dung hoặc chưa có tệp. Hãy bổ sung đủ rồi gửi.",
    "nobody-chosen": "Hãy chọn người hoặc đơn vị nhận hồ sơ.",
    "result-missing": "Chưa có tệp kết quả để thực hiện việc này.",
    "result-unsigned": "Kết quả chưa được ký số.",
    "result-decided": "Kết quả đã được ký nên không còn rút, dừng hoặc từ chối được.",
    "fee-unpaid": "Hồ sơ còn khoản phí, lệ phí chưa nộp nên chưa trả kết quả được.",
    "fee-nothing-due": "Hồ sơ không có khoản phí, lệ phí nào đang chờ nộp.",
    "handled-in-parts":
      "Đây là hồ sơ liên thông: từng phần do cơ quan của phần đó tiếp nhận và giải quyết. Hãy mở phần cần làm.",
    "waits-for-part": "Phần này chờ kết quả của phần trước trong hồ sơ liên thông nên chưa tiếp nhận được.",
    "returned-together":
      "Người nộp chọn nhận kết quả cùng một lần: kết quả này được trả khi các phần còn lại của hồ sơ liên thông đã xong.",
    "no-rule-for-due-time": "Thủ tục chưa có quy định thời hạn cho cách nộp này nên chưa tính được ngày hẹn trả.",
    "days-out-of-range": "Số ngày gia hạn từ 1 đến 60.",
    "already-rescheduled": "Hồ sơ đã được gia hạn một lần; theo quy định không gia hạn thêm.",
    "too-late-to-reschedule":
      "Chỉ gia hạn được trước ngày hẹn trả ít nhất một ngày. Nếu vẫn cần, lãnh đạo nêu lý do gia hạn muộn.",
  } satisfies Record<Refusal, string>,
  reasonFaults: {
    empty: "Hãy nhập lý do để người dân biết cần làm gì.",
    "too-short": "Lý do quá ngắn. Hãy nói sai ở đâu và cần làm gì (từ 10 ký tự có nghĩa trở lên).",
    "says-nothing": "Câu này chưa nói sai ở đâu. Hãy nêu rõ giấy tờ hoặc thông tin nào và cách sửa.",
  } satisfies Record<ReasonFault, string>,
  actions: {
    start: "Bắt đầu bản nháp",
    file: "Gửi hồ sơ",
    "file-part": "Gửi trong hồ sơ liên thông",
    "open-part": "Phần trước đã có kết quả, phần này được chuyển đến cơ quan giải quyết",
    "release-part": "Các phần liên thông đã xong, kết quả được trả",
    "follow-parts": "Hồ sơ liên thông chuyển trạng thái theo các phần",
    receive: "Tiếp nhận hồ sơ",
    decline: "Không tiếp nhận",
    "request-supplement": "Yêu cầu bổ sung hồ sơ",
    "answer-supplement": "Gửi phần bổ sung",
    "remind-supplement": "Nhắc bổ sung hồ sơ",
    "expire-supplement": "Quá thời hạn bổ sung",
    forward: "Chuyển thụ lý",
    claim: "Cán bộ nhận xử lý",
    assign: "Giao cho cán bộ",
    route: "Tự động giao cho cán bộ",
    reschedule: "Xin lỗi và hẹn lại ngày trả kết quả",
    "move-deadline": "Ngày hẹn trả được tính lại",
    "require-fee": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "mark-fee-paid": "Đã nhận đủ phí, lệ phí",
    "refund-fee": "Đã trả lại tiền cho người nộp",
    "payment-disputed": "Khoản đã nộp bị khiếu nại",
    "payment-kept": "Khiếu nại kết thúc, khoản đã nộp được giữ",
    "payment-reversed": "Khoản đã nộp bị ngân hàng hoặc ví thu hồi",
    "record-result": "Đã có dự thảo kết quả",
    "sign-result": "Ký số kết quả",
    "return-result": "Trả kết quả",
    refuse: "Từ chối giải quyết",
    stop: "Dừng xử lý",
    withdraw: "Rút hồ sơ",
    "post-order": "Đặt bưu chính công ích",
    "post-collected": "Bưu chính đã nhận bưu gửi",
    "post-failed": "Bưu chính phát không được",
    "post-delivered": "Bưu chính đã phát",
    "post-returned": "Bưu gửi đã về lại bộ phận một cửa",
    "post-lost": "Bưu chính báo thất lạc",
    "post-refused": "Bưu chính không nhận đơn",
    "post-cancelled": "Hủy đơn bưu chính",
    "papers-arrived": "Giấy tờ gửi qua bưu chính đã đến",
  },
};

type Messages = typeof vi;

const en: Messages = {
  states: {
    draft: "Draft",
    filed: "Sent",
    received: "Received",
    declined: "Not accepted",
    processing: "Being processed",
    "supplement-requested": "More is needed from you",
    "fee-due": "Waiting for your payment",
    withdrawn: "Withdrawn",
    stopped: "Stopped",
    "result-ready": "Decided",
    returned: "Result returned",
  },
  refused: "Refused",
  refusals: {
    "not-found": "This dossier is not in your account.",
    "not-yours": "This dossier belongs to another account.",
    conflict: "Somebody else has just changed this dossier. What you see now is the newest; check it, then go on.",
    "wrong-state": "The dossier has moved on and this can no longer be done. See where it stands now.",
    "wrong-actor": "You may not do this with the dossier.",
    "stale-draft":
      "This draft was saved somewhere else after you opened the page. Load it again so that nothing newer is lost.",
    "already-filed": "This dossier has already been sent. You need not send it again.",
    "submission-reused": "This submission was used for other content. Open the check page again and send from there.",
    "files-changed": "The attached papers changed after you opened the check page. Look at the list again, then send.",
    "too-many-drafts": "You have 50 drafts. Delete an old one, then begin a new dossier.",
    "too-many-files": "The dossier has as many files as it may have. Put the pages of one paper into one PDF.",
    "too-many-bytes":
      "The dossier is full (300 MB; 1 GB in all your drafts). Make the pictures smaller or delete old drafts.",
    "file-not-found": "This file is no longer in the dossier.",
    "not-opened": "You were not asked to change this part, so it stays as it is.",
    "nothing-asked": "Choose at least one thing that is needed.",
    "reason-too-short":
      "The reason is not clear enough to act on. Say what is wrong and what to do, for example: “The birth date on the photo is blurred; please take it again with all four corners”.",
    "incomplete-answer": "Something you were asked for is still empty. Add it, then send.",
    "nobody-chosen": "Choose the person or unit that receives the dossier.",
    "result-missing": "There is no result file yet.",
    "result-unsigned": "The result has not been signed.",
    "result-decided": "The result is signed, so the dossier can no longer be withdrawn, stopped or refused.",
    "fee-unpaid": "A fee of this dossier is unpaid, so the result cannot be returned yet.",
    "fee-nothing-due": "No fee of this dossier is waiting to be paid.",
    "handled-in-parts":
      "This is a linked filing: each part is received and handled by its own agency. Open the part you work on.",
    "waits-for-part": "This part waits for the result of an earlier part of the linked filing and cannot be received yet.",
    "returned-together":
      "The applicant chose to receive all results at once: this one is returned when the other parts of the linked filing are done.",
    "no-rule-for-due-time": "The procedure gives no time limit for this way of filing, so no appointment can be made.",
    "days-out-of-range": "An answer is put off by 1 to 60 days.",
    "already-rescheduled": "The answer was put off once already; the rules allow no second time.",
    "too-late-to-reschedule":
      "An answer can be put off until one day before it is due. If it must be, a leader gives the reason for being late.",
  },
  reasonFaults: {
    empty: "Enter a reason so that the person knows what to do.",
    "too-short": "The reason is too short. Say what is wrong and what to do (at least 10 meaningful characters).",
    "says-nothing": "This does not say what is wrong. Name the paper or the fact, and how to put it right.",
  },
  actions: {
    start: "Draft begun",
    file: "Sent",
    "file-part": "Sent within a linked filing",
    "open-part": "The part before it has its result; this part goes to its agency",
    "release-part": "All linked parts are done; the result is returned",
    "follow-parts": "The linked filing moved with its parts",
    receive: "Received",
    decline: "Not accepted",
    "request-supplement": "More was asked for",
    "answer-supplement": "Supplement sent",
    "remind-supplement": "Reminder to answer",
    "expire-supplement": "Term of the answer passed",
    forward: "Passed on for processing",
    claim: "Taken by an officer",
    assign: "Assigned to an officer",
    route: "Assigned by rule",
    reschedule: "Apology and new date",
    "move-deadline": "Due date worked out anew",
    "require-fee": "Payment asked for",
    "mark-fee-paid": "Payment received",
    "refund-fee": "Money given back to the payer",
    "payment-disputed": "The payment is disputed",
    "payment-kept": "The dispute has ended, the payment stands",
    "payment-reversed": "The bank or wallet took the payment back",
    "record-result": "Result drafted",
    "sign-result": "Result signed",
    "return-result": "Result returned",
    refuse: "Refused",
    stop: "Stopped",
    withdraw: "Withdrawn",
    "post-order": "Ordered from the public post",
    "post-collected": "The post has the letter",
    "post-failed": "The post could not deliver",
    "post-delivered": "The post has delivered",
    "post-returned": "The letter is back at the one-stop unit",
    "post-lost": "The post says it is lost",
    "post-refused": "The post refused the order",
    "post-cancelled": "The post's order is cancelled",
    "papers-arrived": "The papers sent by post have arrived",
  },
};

export const messages = { vi: { ...vi, ...accountMessages.vi }, en: { ...en, ...accountMessages.en } } as const;

/** The state in words; a refused dossier and a stopped one share a national code but not a word. */
export function stateText(dossier: Pick<Dossier, "state" | "ending">, lang: Lang): string {
  return dossier.ending === "refused" ? messages[lang].refused : messages[lang].states[dossier.state];
}

export function refusalText(reason: Refusal, lang: Lang): string {
  return messages[lang].refusals[reason];
}
