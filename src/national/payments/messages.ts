import type { FailureWord } from "./decline-word.ts";
import type { UnmatchedReason } from "./payment.ts";
import type { ChannelKind } from "./providers/provider.ts";

interface Messages {
  readonly chooseTitle: string;
  readonly chooseBank: string;
  readonly chooseAccount: string;
  readonly chooseWallet: string;
  readonly chooseTransfer: string;
  readonly pay: string;
  readonly back: string;
  readonly orderTitle: string;
  readonly order: string;
  readonly supplier: string;
  readonly method: string;
  readonly methodOf: Record<ChannelKind, (name: string) => string>;
  readonly transactionFee: string;
  readonly total: string;
  readonly payee: string;
  readonly lines: string;
  readonly zero: string;
  readonly next: string;
  readonly chooseFirst: string;
  readonly amountFrom: (least: string) => string;
  readonly amountTo: (most: string) => string;
  readonly noChannelTitle: string;
  readonly noChannelText: string;
  readonly leaving: (provider: string) => string;
  readonly leavingTransfer: string;
  readonly transferTitle: string;
  readonly transferLead: string;
  readonly transferAmount: string;
  readonly transferContent: string;
  readonly transferAccount: string;
  readonly transferBank: string;
  readonly transferHolder: string;
  readonly transferUntil: string;
  readonly transferExact: string;
  readonly transferDone: string;
  readonly transferApp: string;
  readonly transferOtherTitle: string;
  readonly transferOther: (amount: string, time: string) => string;
  readonly transferOpenTitle: string;
  readonly transferOpenText: string;
  readonly transferSee: string;
  readonly unmatchedReasons: Record<UnmatchedReason, string>;
  readonly unmatchedSee: string;
  readonly qrLabel: (amount: string, content: string) => string;
  readonly backTo: (merchant: string) => string;
  readonly paidTitle: string;
  readonly paidText: string;
  readonly disputedTitle: string;
  readonly disputedText: (provider: string) => string;
  readonly takenBackTitle: string;
  readonly takenBackText: (provider: string) => string;
  readonly returnedTitle: string;
  readonly returnedText: string;
  readonly failedTitle: string;
  readonly failedKept: string;
  readonly reasons: Record<FailureWord, string>;
  readonly tryAgain: string;
  readonly verifyingTitle: string;
  readonly verifyingText: (provider: string) => string;
  readonly verifyingWait: string;
  readonly openTitle: string;
  readonly openText: (provider: string) => string;
  readonly continueAt: (provider: string) => string;
  readonly otherWay: string;
  readonly lookAgain: string;
  readonly stillUnknown: string;
  readonly unfinishedTitle: string;
  readonly unfinishedText: string;
  readonly seeUnfinished: string;
  readonly expiredTitle: string;
  readonly expiredText: string;
  readonly lastFailed: (time: string, reason: string) => string;
  readonly transaction: string;
  readonly time: string;
  readonly safeToLeave: string;
}

const vi: Messages = {
  chooseTitle: "Chọn ngân hàng hoặc ví điện tử",
  chooseBank: "Chọn ngân hàng (thẻ nội địa)",
  chooseAccount: "Tài khoản ngân hàng, thẻ quốc tế",
  chooseWallet: "Chọn ví điện tử",
  chooseTransfer: "Chuyển khoản bằng mã QR",
  pay: "Thanh toán",
  back: "Quay lại",
  orderTitle: "Thông tin đơn hàng",
  order: "Đơn hàng",
  supplier: "Nhà cung cấp",
  method: "Hình thức",
  methodOf: {
    bank: (name) => `Thẻ nội địa ${name}`,
    "internet-banking": (name) => `Tài khoản ngân hàng (${name})`,
    international: (name) => `Thẻ quốc tế (${name})`,
    wallet: (name) => `Ví điện tử ${name}`,
    transfer: (name) => name,
  },
  transactionFee: "Phí giao dịch",
  total: "Giá trị thanh toán",
  payee: "Đơn vị thụ hưởng",
  lines: "Các khoản phải nộp",
  zero: "0 VND",
  next: "Tiếp tục",
  chooseFirst: "Hãy chọn một ngân hàng hoặc một ví điện tử.",
  amountFrom: (least) => `Chỉ nhận từ ${least}`,
  amountTo: (most) => `Chỉ nhận đến ${most}`,
  noChannelTitle: "Chưa thanh toán trực tuyến được khoản này",
  noChannelText:
    "Số tiền nằm ngoài hạn mức của mọi ngân hàng và ví đang liên kết. Có thể nộp bằng tiền mặt hoặc chuyển khoản tại bộ phận một cửa nơi nhận hồ sơ.",
  leaving: (provider) =>
    `Bước sau diễn ra trên trang của ${provider}. Cổng Dịch vụ công không thấy và không giữ số thẻ hay mật khẩu ví.`,
  leavingTransfer: "Bước sau hiện mã QR để chuyển khoản bằng ứng dụng của bất kỳ ngân hàng nào.",
  transferTitle: "Chuyển khoản bằng mã QR",
  transferLead:
    "Mở ứng dụng ngân hàng, quét mã này và xác nhận. Trang tự cập nhật khi tiền đến; đóng trang cũng không mất gì.",
  transferAmount: "Số tiền",
  transferContent: "Nội dung chuyển khoản",
  transferAccount: "Số tài khoản",
  transferBank: "Ngân hàng",
  transferHolder: "Chủ tài khoản",
  transferUntil: "Chuyển trước",
  transferExact:
    "Giữ nguyên số tiền và nội dung: khoản chuyển được nhận ra nhờ hai điều này. Chuyển sai thì chưa được tính là đã nộp và được chuyển cho người phụ trách xem xét hoàn lại.",
  transferDone: "Đã chuyển khoản, xem kết quả",
  transferApp: "Mở ứng dụng ngân hàng",
  transferOtherTitle: "Có một khoản chuyển không khớp",
  transferOther: (amount, time) =>
    `Đã nhận ${amount} lúc ${time} với nội dung này, nhưng khác số tiền phải nộp hoặc là lần chuyển thứ hai. Khoản đó được giữ riêng và chuyển cho người phụ trách; việc nộp lệ phí vẫn cần đúng số tiền bên dưới.`,
  transferOpenTitle: "Chưa thấy khoản chuyển",
  transferOpenText:
    "Tiền thường đến trong vài giây, có khi vài phút. Nếu đã chuyển, chỉ cần chờ: kết quả tự cập nhật; không chuyển lần nữa.",
  transferSee: "Xem lại mã QR",
  unmatchedReasons: {
    "unknown-content": "Nội dung không có mã thanh toán nào đang biết.",
    "several-references": "Nội dung có nhiều mã thanh toán.",
    "amount-differs": "Số tiền khác số phải nộp.",
    "paid-twice": "Lần thanh toán này đã được trả bằng một khoản chuyển trước đó.",
  },
  unmatchedSee: "Xem lần thanh toán",
  qrLabel: (amount, content) => `Mã VietQR: ${amount}, nội dung ${content}`,
  backTo: (merchant) => `Quay lại ${merchant}`,
  paidTitle: "Thanh toán thành công",
  paidText: "Kết quả đã được gửi về cơ quan nhận hồ sơ. Biên lai nằm trong mục Lịch sử giao dịch của cổng tỉnh.",
  disputedTitle: "Khoản này đang bị yêu cầu thu hồi",
  disputedText: (provider) =>
    `${provider} hoặc ngân hàng của bạn đang xem xét thu hồi khoản đã nộp. Không thanh toán lại: cổng của tỉnh sẽ báo nếu phải nộp lại.`,
  takenBackTitle: "Khoản đã nộp đã bị thu hồi",
  takenBackText: (provider) =>
    `${provider} đã trả khoản này về cho người thanh toán. Nếu hồ sơ vẫn phải nộp phí, lệ phí, khoản phải nộp hiện lại ở cổng của tỉnh.`,
  returnedTitle: "Khoản này sẽ được hoàn lại",
  returnedText:
    "Đơn hàng đã được thanh toán trước đó bằng một giao dịch khác. Khoản vừa trả đã vào danh sách hoàn tiền.",
  failedTitle: "Thanh toán không thành công",
  failedKept: "Hồ sơ và khoản phải nộp vẫn giữ nguyên. Có thể thử lại hoặc chọn ngân hàng, ví khác.",
  reasons: {
    declined: "Ngân hàng hoặc ví từ chối giao dịch (số dư, hạn mức, thẻ bị khóa hoặc hết hạn).",
    cancelled: "Giao dịch đã được hủy theo yêu cầu trên trang của ngân hàng hoặc ví.",
    expired: "Đã hết thời gian thanh toán.",
    "given-up": "Đã chọn cách thanh toán khác.",
    rejected: "Ngân hàng hoặc ví không nhận yêu cầu này.",
    "no-funds": "Tài khoản, thẻ hoặc ví không đủ tiền.",
    "over-limit": "Số tiền vượt hạn mức thanh toán của thẻ, tài khoản hoặc ví.",
    locked: "Thẻ, tài khoản hoặc ví đang bị khóa.",
    "wrong-details": "Thông tin thẻ, mật khẩu hoặc mã OTP đã nhập không đúng.",
    "not-registered": "Thẻ hoặc tài khoản chưa đăng ký thanh toán trực tuyến ở ngân hàng.",
    maintenance: "Ngân hàng hoặc ví đang bảo trì.",
  },
  tryAgain: "Thử lại hoặc chọn cách khác",
  verifyingTitle: "Đang xác minh giao dịch",
  verifyingText: (provider) =>
    `Chưa có câu trả lời chắc chắn từ ${provider}. Kết quả sẽ tự cập nhật, kể cả khi đóng trang này.`,
  verifyingWait: "Trong lúc chờ, không thanh toán lần nữa để tránh bị trừ tiền hai lần.",
  openTitle: "Giao dịch chưa hoàn tất",
  openText: (provider) => `Bước xác nhận trên trang của ${provider} chưa xong.`,
  continueAt: (provider) => `Tiếp tục tại ${provider}`,
  otherWay: "Chọn cách thanh toán khác",
  lookAgain: "Xem lại trạng thái",
  stillUnknown:
    "Chưa thể đổi cách thanh toán: ngân hàng hoặc ví còn đang xử lý lần trước. Hãy chờ ít phút rồi xem lại.",
  unfinishedTitle: "Có một lần thanh toán chưa xong",
  unfinishedText: "Cần biết kết quả của lần đó trước khi thanh toán tiếp, để không bị trừ tiền hai lần.",
  seeUnfinished: "Xem lần thanh toán đó",
  expiredTitle: "Đơn hàng đã hết hạn",
  expiredText: "Hãy quay lại cổng tỉnh và bấm thanh toán để nhận đơn hàng mới. Không có khoản nào bị trừ cho đơn này.",
  lastFailed: (time, reason) => `Lần thanh toán lúc ${time} không thành công. ${reason}`,
  transaction: "Mã giao dịch",
  time: "Thời gian",
  safeToLeave: "Có thể rời trang này; không mất gì.",
};

const en: Messages = {
  chooseTitle: "Choose a bank or an e-wallet",
  chooseBank: "Choose a bank (domestic card)",
  chooseAccount: "Bank account, international card",
  chooseWallet: "Choose an e-wallet",
  chooseTransfer: "Transfer by QR code",
  pay: "Pay",
  back: "Back",
  orderTitle: "Order information",
  order: "Order",
  supplier: "Supplier",
  method: "Method",
  methodOf: {
    bank: (name) => `${name} domestic card`,
    "internet-banking": (name) => `Bank account (${name})`,
    international: (name) => `International card (${name})`,
    wallet: (name) => `${name} e-wallet`,
    transfer: (name) => name,
  },
  transactionFee: "Transaction fee",
  total: "Amount to pay",
  payee: "Payee",
  lines: "What is due",
  zero: "0 VND",
  next: "Continue",
  chooseFirst: "Choose a bank or an e-wallet.",
  amountFrom: (least) => `From ${least} only`,
  amountTo: (most) => `Up to ${most} only`,
  noChannelTitle: "This amount cannot be paid online",
  noChannelText:
    "It is outside the limits of every bank and wallet here. Pay in cash or by transfer at the one-stop desk that has your dossier.",
  leaving: (provider) =>
    `The next step is on ${provider}'s own page. This portal never sees or keeps card numbers or wallet passwords.`,
  leavingTransfer: "The next step shows a QR code for a transfer by any bank's app.",
  transferTitle: "Transfer by QR code",
  transferLead:
    "Open your bank's app, scan this code and confirm. The page updates when the money arrives; closing it loses nothing.",
  transferAmount: "Amount",
  transferContent: "Content of the transfer",
  transferAccount: "Account number",
  transferBank: "Bank",
  transferHolder: "Account holder",
  transferUntil: "Transfer before",
  transferExact:
    "Leave amount and content as they are: the transfer is recognised by these two. A transfer with other ones does not count as paid and goes to an officer who looks at returning it.",
  transferDone: "I have transferred, show the result",
  transferApp: "Open the bank's app",
  transferOtherTitle: "A transfer does not fit",
  transferOther: (amount, time) =>
    `${amount} arrived at ${time} with this content, but it is another amount or a second transfer. It is kept apart and an officer looks at it; the fee still needs the exact amount below.`,
  transferOpenTitle: "The transfer has not arrived yet",
  transferOpenText:
    "Money usually arrives within seconds, sometimes minutes. If you have transferred, just wait: the result updates by itself; do not transfer again.",
  transferSee: "Show the QR code again",
  unmatchedReasons: {
    "unknown-content": "The content names no payment that is known.",
    "several-references": "The content names several payments.",
    "amount-differs": "It is another amount than was due.",
    "paid-twice": "This payment was made by an earlier transfer.",
  },
  unmatchedSee: "See the payment",
  qrLabel: (amount, content) => `VietQR code: ${amount}, content ${content}`,
  backTo: (merchant) => `Back to ${merchant}`,
  paidTitle: "Payment successful",
  paidText:
    "The agency that has your dossier has been told. The receipt is in the payment history of the province's portal.",
  disputedTitle: "Somebody wants this payment back",
  disputedText: (provider) =>
    `${provider} or your bank is looking into taking this payment back. Do not pay again: the province's portal says when you have to.`,
  takenBackTitle: "The payment was taken back",
  takenBackText: (provider) =>
    `${provider} has given this amount back to the payer. If the dossier still owes it, the province's portal shows it as due again.`,
  returnedTitle: "This amount will be returned",
  returnedText: "The order had been paid already by another transaction. What you paid now is in the refund list.",
  failedTitle: "Payment not successful",
  failedKept: "Your dossier and the amount due are unchanged. Try again, or choose another bank or wallet.",
  reasons: {
    declined: "The bank or wallet declined the transaction (balance, limit, card locked or expired).",
    cancelled: "The transaction was cancelled on the bank's or wallet's page.",
    expired: "The time to pay has run out.",
    "given-up": "Another way to pay was chosen.",
    rejected: "The bank or wallet did not accept the request.",
    "no-funds": "There is not enough money in the account, on the card or in the wallet.",
    "over-limit": "The amount is above the payment limit of the card, account or wallet.",
    locked: "The card, account or wallet is locked.",
    "wrong-details": "The card details, password or OTP code that were typed are not right.",
    "not-registered": "The card or account is not registered for online payment at the bank.",
    maintenance: "The bank or wallet is under maintenance.",
  },
  tryAgain: "Try again or choose another way",
  verifyingTitle: "Checking the transaction",
  verifyingText: (provider) =>
    `${provider} has not given a certain answer yet. The result will update by itself, even if you close this page.`,
  verifyingWait: "Do not pay again meanwhile, so that you are not charged twice.",
  openTitle: "Transaction not finished",
  openText: (provider) => `The confirmation on ${provider}'s page is not finished.`,
  continueAt: (provider) => `Continue at ${provider}`,
  otherWay: "Choose another way to pay",
  lookAgain: "Look again",
  stillUnknown:
    "You cannot change the way to pay yet: the bank or wallet is still working on the last one. Wait a few minutes and look again.",
  unfinishedTitle: "A payment is not finished yet",
  unfinishedText: "Its result must be known before you pay again, so that you are not charged twice.",
  seeUnfinished: "See that payment",
  expiredTitle: "This order has expired",
  expiredText: "Go back to the province's portal and press pay for a new order. Nothing was charged for this one.",
  lastFailed: (time, reason) => `The payment at ${time} was not successful. ${reason}`,
  transaction: "Transaction number",
  time: "Time",
  safeToLeave: "You can leave this page; nothing is lost.",
};

export const messages = { vi, en };
