/** Words of linked filings. `vi` defines the set, `en` satisfies it in full. */
const vi = {
  title: "Hồ sơ liên thông",
  lead: (parts: number) =>
    `Một lần nộp, ${parts} phần. Mỗi phần do cơ quan của mình giải quyết, có mã và ngày hẹn riêng.`,
  together: "Bạn chọn nhận tất cả kết quả cùng một lần.",
  asReady: "Bạn chọn nhận kết quả của từng phần ngay khi có.",
  deskTogether: "Người nộp chọn nhận tất cả kết quả cùng một lần.",
  deskAsReady: "Người nộp chọn nhận kết quả của từng phần ngay khi có.",
  waits: (names: string) => `Chờ kết quả: ${names}`,
  waitsWhy: (names: string) =>
    `Phần này cần kết quả của phần trước (${names}). Có kết quả, dữ liệu tự chuyển sang, bạn không phải khai lại.`,
  held: "Đã có kết quả, trả cùng các phần còn lại",
  sent: (province: string) => `Đang chuyển đến ${province}, chờ tỉnh xác nhận`,
  elsewhere: (province: string) => `Cơ quan của ${province} giải quyết`,
  openElsewhere: (province: string) => `Xem tại Cổng Dịch vụ công ${province}`,
  number: "Số",
  wholeNumber: "số",
  due: "Hẹn trả",
  officer: "Đang giữ",
  view: "Xem phần này",
  answer: "Bổ sung",
  pay: "Nộp phí, lệ phí",
  download: "Tải kết quả",
  ofWhole: (number: number | string) => `Phần của hồ sơ liên thông số ${number}`,
  openWhole: "Xem cả hồ sơ liên thông",
  ofProvince: (province: string, number: number) => `Phần của hồ sơ liên thông số ${number}, nộp tại ${province}`,
  here: "phần này",
  moneyInParts: "Phí, lệ phí nằm ở từng phần.",
  ended: {
    withdrawn: "Người nộp đã rút hồ sơ liên thông.",
    because: (part: string, reason: string) =>
      `Phần “${part}” không có kết quả${reason ? ` (lý do: ${reason})` : ""} nên phần này, vốn cần kết quả đó, không thể bắt đầu. Khi đủ điều kiện, bạn nộp lại hồ sơ liên thông hoặc nộp riêng thủ tục này.`,
  },
  notTaken: (province: string, procedure: string) =>
    `${province} chưa tiếp nhận thủ tục ${procedure} trên hệ thống. Hãy nộp trực tiếp tại cơ quan của tỉnh.`,
  mark: "Liên thông",
};

const en: typeof vi = {
  title: "Linked filing",
  lead: (parts) => `Filed once, ${parts} parts. Each is handled by its own agency, with its own code and date.`,
  together: "You chose to receive all results at once.",
  asReady: "You chose to receive each result as soon as it is there.",
  deskTogether: "The applicant chose to receive all results at once.",
  deskAsReady: "The applicant chose to receive each result as soon as it is there.",
  waits: (names) => `Waits for: ${names}`,
  waitsWhy: (names) =>
    `This part needs the result of an earlier one (${names}). Once it is there its data come over by themselves; you type nothing again.`,
  held: "Its result is ready and comes with the others",
  sent: (province) => `On its way to ${province}, not confirmed yet`,
  elsewhere: (province) => `Handled by an agency of ${province}`,
  openElsewhere: (province) => `Open at the portal of ${province}`,
  number: "No.",
  wholeNumber: "no.",
  due: "Due",
  officer: "With",
  view: "Open this part",
  answer: "Supplement",
  pay: "Pay the fee",
  download: "Download the result",
  ofWhole: (number) => `Part of the linked filing no. ${number}`,
  openWhole: "Open the whole linked filing",
  ofProvince: (province, number) => `Part of the linked filing no. ${number}, filed in ${province}`,
  here: "this part",
  moneyInParts: "Fees and charges stand with each part.",
  ended: {
    withdrawn: "The applicant withdrew the linked filing.",
    because: (part, reason) =>
      `The part “${part}” gave no result${reason ? ` (reason: ${reason})` : ""}, and this part, which needs it, cannot begin. File again when it can be put right, or file this procedure by itself.`,
  },
  notTaken: (province, procedure) =>
    `${province} does not take procedure ${procedure} in its system yet. Hand it in at the province's agency.`,
  mark: "Linked",
};

export const messages = { vi, en } as const;
