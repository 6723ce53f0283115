const vi = {
  title: "Đăng nhập",
  lead: "Dùng tài khoản cán bộ do đơn vị cấp. Người dân nộp hồ sơ tại cổng dịch vụ công của tỉnh.",
  username: "Tên đăng nhập",
  password: "Mật khẩu",
  button: "Đăng nhập",
  codeTitle: "Xác thực hai bước",
  codeLead: "Mở ứng dụng xác thực trên điện thoại và nhập mã 6 chữ số đang hiện cho tài khoản này.",
  code: "Mã xác thực",
  codeHint: "Mã đổi sau mỗi 30 giây và chỉ dùng được một lần.",
  confirm: "Xác nhận",
  other: "Đăng nhập bằng tài khoản khác",
  usernameEmpty: "Hãy nhập tên đăng nhập.",
  passwordEmpty: "Hãy nhập mật khẩu.",
  wrong: "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại.",
  wrongCode: "Mã xác thực không đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trên ứng dụng.",
  used: "Mã này đã được dùng. Hãy chờ mã mới (tối đa 30 giây) rồi nhập lại.",
  expired: "Bước đăng nhập này đã hết hạn. Hãy nhập lại tên đăng nhập và mật khẩu.",
  againTitle: "Phiên làm việc đã kết thúc",
  againLead:
    "Chưa có gì được lưu, và những gì đã nhập vẫn còn ở trang này. Hãy đăng nhập ở thẻ mới, rồi quay lại đây và bấm gửi lại.",
  againFiles:
    "Chưa có gì được lưu. Hãy đăng nhập ở thẻ mới, rồi dùng nút quay lại của trình duyệt để trở về biểu mẫu đang nhập.",
  againSignIn: "Đăng nhập ở thẻ mới",
  againSend: "Gửi lại",
  locked: (until: string) =>
    `Tài khoản đang tạm khóa vì nhập sai nhiều lần. Hãy thử lại sau ${until}, hoặc liên hệ quản trị của đơn vị.`,
  networkWaits: (minutes: number) =>
    `Từ mạng này đã có quá nhiều lần đăng nhập sai. Hãy thử lại sau ${minutes} phút, hoặc liên hệ quản trị của đơn vị.`,
};

const en: typeof vi = {
  title: "Sign in",
  lead: "Use the officer account issued by your agency. Citizens file at the province's public service portal.",
  username: "User name",
  password: "Password",
  button: "Sign in",
  codeTitle: "Second step",
  codeLead: "Open the authenticator on your phone and type the 6 digits it shows for this account.",
  code: "Authentication code",
  codeHint: "The code changes every 30 seconds and works once.",
  confirm: "Confirm",
  other: "Sign in with another account",
  usernameEmpty: "Enter your user name.",
  passwordEmpty: "Enter your password.",
  wrong: "User name or password is wrong. Check them and try again.",
  wrongCode: "The code is wrong or too old. Type the one that is showing now.",
  used: "This code has been used. Wait for the next one (at most 30 seconds).",
  expired: "This sign-in has expired. Enter user name and password again.",
  againTitle: "The session has ended",
  againLead:
    "Nothing was saved, and what you typed is still on this page. Sign in in a new tab, come back and send it again.",
  againFiles: "Nothing was saved. Sign in in a new tab, then use the browser's back button to return to the form.",
  againSignIn: "Sign in in a new tab",
  againSend: "Send again",
  locked: (until: string) =>
    `The account is locked after too many failures. Try again after ${until}, or ask your administrator.`,
  networkWaits: (minutes: number) =>
    `Too many failed sign-ins from this network. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}, or ask your administrator.`,
};

export const messages = { vi, en };
