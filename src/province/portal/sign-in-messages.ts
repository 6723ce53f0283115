const vi = {
  title: "Đăng nhập",
  lead: "Đăng nhập để nộp hồ sơ, thanh toán và theo dõi kết quả. Xem thủ tục thì không cần đăng nhập.",
  national: "Đăng nhập với DVC Quốc gia",
  nationalText: "Dùng tài khoản của Cổng Dịch vụ công quốc gia. Thông tin của bạn được điền sẵn vào hồ sơ.",
  local: "Tài khoản của tỉnh",
  localText: "Tài khoản xác nhận qua email của tỉnh. Chưa mở ở đây.",
  notOpen: "Chưa mở",
  noAccount: "Chưa có tài khoản?",
  register: "Đăng ký tại Cổng Dịch vụ công quốc gia",
  failedTitle: "Chưa đăng nhập được",
  failed: {
    unavailable:
      "Cổng Dịch vụ công quốc gia đang không trả lời. Hồ sơ và bản nháp ở đây vẫn còn nguyên. Hãy thử lại sau ít phút.",
    over: "Lần đăng nhập này đã quá hạn, đã dùng xong hoặc được mở ở trình duyệt khác.",
    refused: "Cổng Dịch vụ công quốc gia không hoàn tất đăng nhập. Không có thông tin nào được chuyển.",
    person: "Tài khoản này chưa có đủ họ tên và số giấy tờ nên chưa dùng được ở đây.",
  },
  again: "Đăng nhập lại",
  home: "Về trang chủ",
  reference: "Mã tham chiếu",
};

const en: typeof vi = {
  title: "Sign in",
  lead: "Sign in to file, pay and follow dossiers. Reading about procedures needs no account.",
  national: "Sign in with the National Public Service Portal",
  nationalText: "With your national account. Your details are filled in for you.",
  local: "The province's own account",
  localText: "Confirmed by a link sent by email. Not open here yet.",
  notOpen: "Not open yet",
  noAccount: "No account yet?",
  register: "Register at the National Public Service Portal",
  failedTitle: "Could not sign in",
  failed: {
    unavailable:
      "The National Public Service Portal does not answer. Your dossiers and drafts here are safe. Try again in a few minutes.",
    over: "This sign-in has expired, was finished, or was opened in another browser.",
    refused: "The National Public Service Portal did not finish the sign-in. Nothing about you was sent.",
    person: "This account lacks a name or an identity number and cannot be used here yet.",
  },
  again: "Sign in again",
  home: "Home page",
  reference: "Reference",
};

export const signInMessages = { vi, en };
export type SignInFailure = keyof typeof vi.failed;
