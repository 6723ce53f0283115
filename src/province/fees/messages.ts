interface Messages {
  readonly dueTitle: string;
  readonly dossier: string;
  readonly what: string;
  readonly quantity: string;
  readonly amount: string;
  readonly total: string;
  readonly basis: string;
  readonly exempt: string;
  readonly kind: Record<"fee" | "charge", string>;
  readonly payeeTitle: string;
  readonly holder: string;
  readonly bank: string;
  readonly account: string;
  readonly dueBefore: string;
  readonly payText: string;
  readonly nothingDueTitle: string;
  readonly nothingDueText: string;
  readonly paidTitle: string;
  readonly paidAt: (time: string) => string;
  readonly overTitle: string;
  readonly overText: string;
  readonly verifyingTitle: string;
  readonly verifyingText: string;
  readonly unpaidTitle: string;
  readonly unpaidText: string;
  readonly failedTitle: string;
  readonly failedText: string;
  readonly lookAgain: string;
  readonly continueThere: string;
  readonly hubSilentTitle: string;
  readonly hubSilentText: string;
  readonly refusedTitle: string;
  readonly refusedText: string;
  readonly backToDossier: string;
  readonly toTransactions: string;
  readonly toAccount: string;
  readonly tryAgain: string;
  readonly transactionsTitle: string;
  readonly transactionsOfDossier: string;
  readonly dossierCode: string;
  readonly payDay: string;
  readonly paidAmount: string;
  readonly paid: string;
  readonly receipt: string;
  /** Tags of a success that somebody wants back, or has back. */
  readonly disputed: string;
  readonly takenBack: string;
  readonly disputedText: string;
  readonly states: Record<"failed" | "succeeded" | "verifying", string>;
  readonly toBeReturned: string;
  readonly receiptSoon: string;
  readonly receiptData: string;
  readonly receiptOf: Record<"fee" | "charge", string>;
  readonly forDossier: (number: string) => string;
  readonly none: string;
  readonly noneText: string;
  readonly returnUnknown: string;
}

const vi: Messages = {
  dueTitle: "Thanh toán phí, lệ phí",
  dossier: "Hồ sơ",
  what: "Khoản phải nộp",
  quantity: "Số lượng",
  amount: "Số tiền",
  total: "Tổng cộng",
  basis: "Căn cứ",
  exempt: "Được miễn",
  kind: { fee: "Phí", charge: "Lệ phí" },
  payeeTitle: "Tài khoản thụ hưởng",
  holder: "Chủ tài khoản",
  bank: "Ngân hàng",
  account: "Số tài khoản",
  dueBefore: "Nộp trước",
  payText:
    "Việc thanh toán diễn ra trên Cổng Dịch vụ công Quốc gia: chọn ngân hàng hoặc ví điện tử ở đó rồi được đưa trở lại trang này.",
  nothingDueTitle: "Hồ sơ này không phải nộp phí, lệ phí",
  nothingDueText: "Không cần làm gì thêm về thanh toán.",
  paidTitle: "Đã thanh toán",
  paidAt: (time) => `Ghi nhận lúc ${time}.`,
  overTitle: "Hồ sơ đã kết thúc, không phải nộp nữa",
  overText: "Nếu khoản tiền của hồ sơ này vẫn đến sau khi hồ sơ kết thúc, khoản đó được đưa vào danh sách hoàn trả.",
  verifyingTitle: "Đang xác minh",
  verifyingText:
    "Có một lần thanh toán của hồ sơ này chưa có kết quả. Nếu đã xác nhận ở ngân hàng hoặc ví thì không cần làm gì: kết quả sẽ tự hiện ra, có thể rời trang này. Nếu chưa xác nhận, hãy tiếp tục trên Cổng Dịch vụ công Quốc gia.",
  unpaidTitle: "Chưa có khoản thanh toán nào",
  unpaidText: "Cổng Dịch vụ công Quốc gia chưa ghi nhận lần thanh toán nào cho yêu cầu này. Hồ sơ vẫn giữ nguyên.",
  failedTitle: "Thanh toán không thành công",
  failedText: "Hồ sơ và khoản phải nộp vẫn giữ nguyên. Có thể thanh toán lại bằng ngân hàng hoặc ví khác.",
  lookAgain: "Xem lại trạng thái",
  continueThere: "Tiếp tục trên Cổng DVCQG",
  hubSilentTitle: "Cổng Dịch vụ công Quốc gia chưa trả lời",
  hubSilentText: "Yêu cầu thanh toán đã được ghi lại, chưa có khoản nào bị trừ. Hãy bấm thanh toán lại sau ít phút.",
  refusedTitle: "Chưa mở được trang thanh toán",
  refusedText:
    "Cổng Dịch vụ công Quốc gia không nhận yêu cầu này. Hồ sơ vẫn giữ nguyên; hãy thử lại, nếu vẫn không được hãy gọi đường dây hỗ trợ ở cuối trang.",
  backToDossier: "Xem hồ sơ",
  toTransactions: "Lịch sử giao dịch",
  toAccount: "Thông tin tài khoản",
  tryAgain: "Thanh toán lại",
  transactionsTitle: "Lịch sử giao dịch",
  transactionsOfDossier: "Thông tin thanh toán",
  dossierCode: "Mã hồ sơ",
  payDay: "Ngày thanh toán",
  paidAmount: "Số tiền thanh toán",
  paid: "Đã thanh toán",
  receipt: "In biên lai",
  disputed: "Đang bị yêu cầu thu hồi",
  takenBack: "Đã bị thu hồi",
  disputedText:
    "Ngân hàng hoặc ví đang xem xét thu hồi khoản này. Không thanh toán lại: nếu phải nộp lại, khoản phải nộp sẽ hiện ở đây.",
  states: { failed: "Thanh toán không thành công", succeeded: "Thanh toán thành công", verifying: "Đang xác minh" },
  toBeReturned: "Nộp trùng, chờ hoàn trả",
  receiptSoon: "Biên lai đang được lập",
  receiptData: "Tệp XML",
  receiptOf: { fee: "phí", charge: "lệ phí" },
  forDossier: (number) => `hồ sơ ${number}`,
  none: "Chưa có giao dịch nào",
  noneText: "Khi thanh toán phí, lệ phí cho một hồ sơ, giao dịch sẽ hiện ở đây cùng biên lai.",
  returnUnknown: "Hãy đăng nhập để xem kết quả thanh toán của hồ sơ.",
};

const en: Messages = {
  dueTitle: "Pay fees and charges",
  dossier: "Dossier",
  what: "What is due",
  quantity: "Quantity",
  amount: "Amount",
  total: "Total",
  basis: "Legal basis",
  exempt: "Exempt",
  kind: { fee: "Fee", charge: "Charge" },
  payeeTitle: "Payee account",
  holder: "Account holder",
  bank: "Bank",
  account: "Account number",
  dueBefore: "Pay before",
  payText:
    "You pay at the National Public Service Portal: choose a bank or an e-wallet there and you are brought back to this page.",
  nothingDueTitle: "Nothing to pay for this dossier",
  nothingDueText: "You need not do anything about payment.",
  paidTitle: "Paid",
  paidAt: (time) => `Recorded at ${time}.`,
  overTitle: "The dossier has ended; nothing is to be paid any more",
  overText: "If money for this dossier still arrives after it ended, it goes to the refund list.",
  verifyingTitle: "Being checked",
  verifyingText:
    "A payment for this dossier has no result yet. If you confirmed it at the bank or wallet there is nothing to do: the result appears by itself and you may leave this page. If you did not, continue at the National Public Service Portal.",
  unpaidTitle: "No payment yet",
  unpaidText: "The National Public Service Portal has recorded no payment for this request. Your dossier is unchanged.",
  failedTitle: "Payment not successful",
  failedText: "Your dossier and the amount due are unchanged. You may pay again with another bank or wallet.",
  lookAgain: "Look again",
  continueThere: "Continue at the National Portal",
  hubSilentTitle: "The National Public Service Portal does not answer",
  hubSilentText: "Your request to pay has been kept and nothing was charged. Press pay again in a few minutes.",
  refusedTitle: "The payment page could not be opened",
  refusedText:
    "The National Public Service Portal did not accept the request. Your dossier is unchanged; try again, and if it still fails call the support line below.",
  backToDossier: "See the dossier",
  toTransactions: "Payment history",
  toAccount: "My account",
  tryAgain: "Pay again",
  transactionsTitle: "Payment history",
  transactionsOfDossier: "Payment information",
  dossierCode: "Dossier code",
  payDay: "Payment date",
  paidAmount: "Amount",
  paid: "Paid",
  receipt: "Print receipt",
  disputed: "Somebody wants it back",
  takenBack: "Taken back",
  disputedText:
    "The bank or wallet is looking into taking this payment back. Do not pay again: if you have to, it will be due here.",
  states: { failed: "Payment not successful", succeeded: "Payment successful", verifying: "Being checked" },
  toBeReturned: "Paid twice, to be returned",
  receiptSoon: "The receipt is being made",
  receiptData: "XML file",
  receiptOf: { fee: "fee", charge: "charge" },
  forDossier: (number) => `dossier ${number}`,
  none: "No transactions yet",
  noneText: "When you pay a fee or charge for a dossier, the transaction appears here with its receipt.",
  returnUnknown: "Sign in to see the result of the dossier's payment.",
};

export const messages = { vi, en };
