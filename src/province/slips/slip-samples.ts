import type { SlipContents } from "./slip.ts";

/** One content of each kind, with the longest names and marks that real papers have: for tests and previews. */
const agency = {
  superior: "UBND tỉnh Tây Ninh",
  name: "Sở Nông nghiệp và Phát triển nông thôn",
  oneStopUnit: "Trung tâm Phục vụ hành chính công tỉnh Tây Ninh",
  place: "Tây Ninh",
  phone: "0276 3 822 333",
  contact: "Điện thoại 0276 3 822 333 · dichvucong.tayninh.gov.vn",
};

const dossier = {
  id: "0190a0a0-0000-7000-8000-000000000001",
  code: "000.20.31.H53-200610-0007",
  number: 363815,
  procedureName: "Cấp Giấy chứng nhận đủ điều kiện buôn bán thuốc bảo vệ thực vật",
  applicantName: "Nguyễn Thị Ngọc Ẩn",
  holderName: "Hộ kinh doanh Vật tư nông nghiệp Bảy Rưỡi",
  address: "Số 12 đường 30 Tháng 4, phường 1, thành phố Tây Ninh, tỉnh Tây Ninh",
  identityNumber: "072190000001",
  phone: "0900000001",
  email: "ngoc.an@example.vn",
  channel: "provincial-portal",
} as const;

export const slipSamples: SlipContents = {
  receipt: {
    agency,
    dossier,
    officerName: "Trần Văn Đữ",
    components: [
      { name: "Đơn đề nghị cấp Giấy chứng nhận đủ điều kiện buôn bán thuốc bảo vệ thực vật theo mẫu", electronic: 1 },
      { name: "Bản thuyết minh điều kiện buôn bán thuốc bảo vệ thực vật theo mẫu", electronic: 1, originals: 1 },
      { name: "Bản sao chứng thực giấy tờ chứng minh trình độ chuyên môn của người trực tiếp bán", certified: 2 },
    ],
    sets: 1,
    timeLimit: "21 ngày làm việc",
    receivedAt: "2020-06-10T01:19:00Z",
    dueAt: "2020-07-09T10:00:00Z",
    receiveResultAt: "Trực tuyến, tại tài khoản trên Cổng Dịch vụ công; bản giấy tại Trung tâm",
  },
  supplement: {
    agency,
    dossier: { ...dossier, code: undefined },
    officerName: "Trần Văn Đữ",
    items: [
      {
        label: "Bản thuyết minh điều kiện buôn bán",
        reason: "Trang 2 bị mờ, không đọc được diện tích kho. Đề nghị chụp lại rõ cả trang.",
        example: "Kho 24 m², cách giếng nước 35 m, nền bê tông chống thấm, có 02 bình chữa cháy MFZ4.",
      },
      {
        label: "Số giấy chứng nhận đăng ký hộ kinh doanh",
        reason: "Số đã khai không trùng với giấy đính kèm (45A8012345 và 45A8012354).",
      },
    ],
    reason: "",
    answerBy: "2020-07-10T10:00:00Z",
    guide: { name: "Trần Văn Đữ", phone: "0276 3 822 333" },
  },
  refusal: {
    agency,
    dossier,
    officerName: "Trần Văn Đữ",
    reason:
      "Địa điểm buôn bán thuộc địa bàn tỉnh Bình Dương, không thuộc thẩm quyền giải quyết của Sở Nông nghiệp và Phát triển nông thôn tỉnh Tây Ninh. Đề nghị ông/bà nộp hồ sơ tại tỉnh Bình Dương.",
  },
  apology: {
    agency,
    dossier,
    officerName: "Trần Văn Đữ",
    reason:
      "Việc kiểm tra thực tế kho chứa phải hoãn do mưa lũ tại xã Long Thuận từ ngày 29/06/2020 đến ngày 03/07/2020, đoàn kiểm tra chưa lập được biên bản.",
    receivedAt: "2020-06-10T01:19:00Z",
    dueAt: "2020-07-09T10:00:00Z",
    newDueAt: "2020-07-16T10:00:00Z",
  },
  control: {
    agency,
    dossier,
    officerName: "Trần Văn Đữ",
    dueAt: "2020-07-09T10:00:00Z",
    steps: [
      { giver: "Nguyễn Thị Ngọc Ẩn", receiver: "Trần Văn Đữ", at: "2020-06-10T01:19:00Z", note: "Tiếp nhận hồ sơ" },
      {
        giver: "Trần Văn Đữ",
        receiver: "Phan Thị Thu Nguyệt",
        at: "2020-06-10T03:05:00Z",
        note: "Chuyển thụ lý. Đã kiểm tra đủ thành phần, đề nghị kiểm tra thực tế kho chứa tại xã Long Thuận.",
      },
      { giver: "Phan Thị Thu Nguyệt", receiver: "Lãnh đạo ký", at: "2020-07-07T08:30:00Z", note: "Nhập kết quả" },
      {
        giver: "Lê Hoàng Ưng",
        receiver: "Bộ phận Một cửa",
        at: "2020-07-08T02:00:00Z",
        result: "early",
        note: "Ký số kết quả",
      },
    ],
  },
  stop: {
    agency,
    dossier,
    officerName: "Trần Văn Đữ",
    reason:
      "Người nộp hồ sơ đã chuyển nhượng cơ sở kinh doanh và có văn bản đề nghị dừng giải quyết ngày 15/06/2020, khi chưa có kết quả giải quyết.",
  },
};
