const vi = {
  guide: {
    title: "Hướng dẫn nộp hồ sơ từng bước",
    lead: "Từ lúc tìm thủ tục đến khi có kết quả trong tay. Có thể gửi trang này cho người thân qua Zalo.",
    steps: [
      [
        "find",
        "Tìm thủ tục",
        "Gõ tên việc cần làm theo cách nói hằng ngày, có dấu hay không dấu đều được. Xem trước giấy tờ, phí và thời hạn.",
      ],
      [
        "signIn",
        "Đăng nhập",
        "Bấm “Đăng nhập với DVC Quốc gia”, nhập số giấy tờ và mật khẩu, rồi mã gồm sáu chữ số gửi đến điện thoại chính chủ.",
      ],
      [
        "fill",
        "Kê khai và đính kèm giấy tờ",
        "Thông tin đã có được điền sẵn. Chụp giấy tờ bằng điện thoại, đủ bốn góc và rõ chữ. Bấm “Lưu” để làm tiếp lúc khác.",
      ],
      [
        "pay",
        "Thanh toán",
        "Bấm “Thanh toán trên Cổng DVCQG”, chọn ngân hàng hoặc ví điện tử. Tắt trình duyệt giữa chừng không mất tiền: hệ thống hỏi lại ngân hàng.",
      ],
      [
        "follow",
        "Theo dõi hồ sơ",
        "Vào “Thông tin tài khoản” xem hồ sơ đang ở đâu và ngày hẹn. Khi cần bổ sung, bạn nhận tin nhắn và thấy rõ phải sửa chỗ nào.",
      ],
      [
        "receive",
        "Nhận kết quả",
        "Tải kết quả đã ký số và biên lai trong tài khoản, hoặc nhận tại một cửa hay qua bưu chính như đã chọn.",
      ],
    ] as readonly (readonly [string, string, string])[],
    events: "Chọn theo việc của bạn",
    help: "Cần người giúp",
    helpText: "Bộ phận một cửa giúp nộp hồ sơ miễn phí. Mang theo giấy tờ tùy thân và điện thoại.",
    units: "Liên hệ của từng đơn vị",
    call: "Tổng đài và liên hệ",
    hours: (text: string) => `Giờ làm việc: ${text}, từ thứ hai đến thứ sáu.`,
    print: "In trang này",
  },
  events: {
    procedures: "Thủ tục cần làm",
    title: "Việc trong đời",
    lead: "Mỗi việc cần những thủ tục nào, theo thứ tự nên làm.",
    all: "Tất cả các việc",
    none: "Tỉnh chưa công bố thủ tục nào cho việc này.",
    count: (count: number) => `${count} thủ tục`,
    how: "Hướng dẫn nộp hồ sơ từng bước",
  },
  blank: {
    note: "Mẫu để điền tay. Nộp trên cổng dịch vụ công thì không cần mẫu này.",
    code: (code: string) => `Mã thủ tục ${code}`,
    sign: "Người khai",
    signHint: "(Ký, ghi rõ họ tên)",
    row: (name: string, index: number) => `${name} ${index}`,
    yes: "Có",
    no: "Không",
    when: "nếu có",
    date: "ngày …… tháng …… năm ………",
    place: "…………………, ngày …… tháng …… năm ………",
    to: "Kính gửi:",
  },
};

const en: typeof vi = {
  guide: {
    title: "How to file, step by step",
    lead: "From finding the procedure to holding the result. The page can be sent to others.",
    steps: [
      [
        "find",
        "Find the procedure",
        "Type what you need in everyday words, with or without marks. See papers, fees and time limits first.",
      ],
      [
        "signIn",
        "Sign in",
        "Press “Đăng nhập với DVC Quốc gia”, enter your identity number and password, then the six digits sent to your own phone.",
      ],
      [
        "fill",
        "Fill in and attach papers",
        "What is known is filled in. Photograph papers with your phone: all four corners, letters readable. “Lưu” keeps it for later.",
      ],
      [
        "pay",
        "Pay",
        "Press “Thanh toán trên Cổng DVCQG” and choose a bank or wallet. Closing the browser loses no money: the system asks the bank again.",
      ],
      [
        "follow",
        "Follow the dossier",
        "“Thông tin tài khoản” shows where it is and the appointed day. When something is missing you get a message that says exactly what.",
      ],
      [
        "receive",
        "Receive the result",
        "Download the signed result and the receipt from your account, or take them at the desk or by post as you chose.",
      ],
    ],
    events: "Choose by what happens",
    help: "If you need help",
    helpText: "The one-stop unit helps to file, free of charge. Bring your identity paper and your phone.",
    units: "Contacts of each office",
    call: "Hotline and contacts",
    hours: (text: string) => `Office hours: ${text}, Monday to Friday.`,
    print: "Print this page",
  },
  events: {
    procedures: "Procedures to go through",
    title: "Life events",
    lead: "Which procedures each event needs, in the order to do them.",
    all: "All events",
    none: "The province publishes no procedure for this event yet.",
    count: (count: number) => (count === 1 ? "1 procedure" : `${count} procedures`),
    how: "How to file, step by step",
  },
  blank: {
    note: "Form to fill by hand. Filing on the portal does not need it.",
    code: (code: string) => `Procedure ${code}`,
    sign: "Signature",
    signHint: "(Sign and write your full name)",
    row: (name: string, index: number) => `${name} ${index}`,
    yes: "Yes",
    no: "No",
    when: "if any",
    date: "day …… month …… year ………",
    place: "…………………, day …… month …… year ………",
    to: "To:",
  },
};

export const messages = { vi, en };
