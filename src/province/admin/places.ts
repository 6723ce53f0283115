import type { Text } from "#kit/i18n.ts";
import type { IconName } from "#kit/ui/index.ts";

interface AdminPlaceRow {
  readonly name: string;
  readonly href: `/quan-tri/${string}`;
  readonly icon: IconName;
  readonly title: Text;
  readonly about: Text;
}

/** What an administrator finds under `/quan-tri`, in the order of the navigation; a row for each room that mounts pages. */
export const PLACES = [
  {
    name: "procedures",
    href: "/quan-tri/thu-tuc",
    icon: "file",
    title: { vi: "Thủ tục", en: "Procedures" },
    about: {
      vi: "Mọi thủ tục của danh mục với các phiên bản; so sánh phiên bản, đề xuất bãi bỏ.",
      en: "Every procedure of the catalogue with its versions; compare versions, propose to withdraw one.",
    },
  },
  {
    name: "designer",
    href: "/quan-tri/soan",
    icon: "pen",
    title: { vi: "Soạn thủ tục", en: "Designer" },
    about: {
      vi: "Bản soạn của phiên bản sau: nội dung, biểu mẫu, mức thu; xem thử, kiểm tra, nhập và xuất tệp, đề xuất công bố.",
      en: "Working copies of next versions: content, form, fees; preview, checks, import and export, propose to publish.",
    },
  },
  {
    name: "publishing",
    href: "/quan-tri/cong-bo",
    icon: "stamp",
    title: { vi: "Công bố", en: "Publishing" },
    about: {
      vi: "Phiên bản thủ tục chờ công bố: xem nội dung thay đổi, duyệt, hẹn ngày hiệu lực, bãi bỏ.",
      en: "Versions of procedures that wait: see what changes, approve, set the day they take effect, withdraw.",
    },
  },
  {
    name: "processes",
    href: "/quan-tri/quy-trinh",
    icon: "arrow",
    title: { vi: "Quy trình nội bộ", en: "Internal procedures" },
    about: {
      vi: "Ai làm bước nào, trong bao nhiêu giờ: vẽ, kiểm tra, công bố, chọn thủ tục nào đi theo quy trình nào.",
      en: "Who does which step, in how many hours: draw, check, publish, choose which procedure runs through which.",
    },
  },
  {
    name: "search-words",
    href: "/quan-tri/tu-tim-kiem",
    icon: "search",
    title: { vi: "Từ tìm kiếm", en: "Search words" },
    about: {
      vi: "Lời nói hằng ngày của người dân và từ của danh mục mà nó muốn nói; thử tìm ngay.",
      en: "What people say every day and which words of the catalogue they mean; try a search at once.",
    },
  },
  {
    name: "holidays",
    href: "/quan-tri/ngay-nghi",
    icon: "clock",
    title: { vi: "Ngày nghỉ", en: "Days off" },
    about: {
      vi: "Ngày nghỉ, làm bù, hoán đổi theo văn bản của tỉnh; xem trước hồ sơ nào đổi ngày hẹn trả.",
      en: "Days off, days worked in exchange and swaps; see beforehand which dossiers get another date.",
    },
  },
  {
    name: "limits",
    href: "/quan-tri/nhac-han",
    icon: "warning",
    title: { vi: "Nhắc hạn", en: "Limits" },
    about: {
      vi: "Cán bộ được nhắc khi nào trước hạn; bản tổng hợp hằng ngày cho lãnh đạo.",
      en: "When officers are warned before a limit passes; the daily digest for heads.",
    },
  },
  {
    name: "notices",
    href: "/quan-tri/thong-bao",
    icon: "mail",
    title: { vi: "Lời thông báo", en: "Notices" },
    about: {
      vi: "Lời gửi công dân khi hồ sơ có thay đổi, hai thứ tiếng; xem trước, kiểm tra; giờ yên tĩnh.",
      en: "What citizens are told when a dossier changes, in two languages; preview, checks; quiet hours.",
    },
  },
  {
    name: "assignment",
    href: "/quan-tri/phan-cong",
    icon: "person",
    title: { vi: "Phân công", en: "Assignment" },
    about: {
      vi: "Hồ sơ mới tự đến cán bộ nào; ai vắng mặt, ai làm thay.",
      en: "To which officers new dossiers go by themselves; who is away and who stands in.",
    },
  },
  {
    name: "provinces",
    href: "/quan-tri/lien-tinh",
    icon: "send",
    title: { vi: "Liên thông tỉnh khác", en: "Other provinces" },
    about: {
      vi: "Tin của hồ sơ liên thông chưa đến tỉnh khác hoặc chưa xử lý được: từ bao giờ, vì sao, gửi lại.",
      en: "Messages of linked filings that have not arrived or could not be acted on: since when, why, send again.",
    },
  },
  {
    name: "programs",
    href: "/quan-tri/ung-dung",
    icon: "send",
    title: { vi: "Ứng dụng", en: "Programs" },
    about: {
      vi: "Phần mềm của tổ chức được nộp hồ sơ qua giao diện lập trình: cấp quyền, thu hồi.",
      en: "Software of organisations that may file through the programming interface: let in, revoke.",
    },
  },
] as const satisfies readonly AdminPlaceRow[];

export type AdminPlace = (typeof PLACES)[number]["name"];
