/** What can be edited of each kind of thing, field by field, in the order of the page. A table. */
import type { Text } from "#kit/i18n.ts";
import type { Kind } from "./content.ts";
import { FORM_FIELDS } from "./form-field-specs.ts";
import { SUPPLEMENT_FIELDS } from "./supplement-specs.ts";

export type FieldSpec = {
  /** Where the value stands in the thing: "amount.unit" is the part `unit` of the part `amount`. */
  readonly key: string;
  readonly label: Text;
  readonly hint?: Text;
  /** An empty field takes the part away instead of leaving it empty. */
  readonly optional?: boolean;
  /** Only for items of these types, or fees of these kinds of amount. */
  readonly only?: readonly string[];
} & (
  | { readonly kind: "words" | "wordsList"; readonly long?: boolean }
  | { readonly kind: "line" | "day" | "number" | "dong" | "condition" | "choices" | "tiers" | "lines" }
  | { readonly kind: "json"; readonly shape: JsonShape }
  /** A list of records, each a row of these fields; `row` is what one is called. */
  | { readonly kind: "records"; readonly row: Text; readonly parts: readonly FieldSpec[] }
  | { readonly kind: "flag"; readonly unset?: boolean }
  | { readonly kind: "item" }
  | { readonly kind: "parent" }
  | { readonly kind: "select" | "boxes"; readonly options: readonly Option[]; readonly numeric?: boolean }
);

/** What typed JSON must be: a figure's expression, or a plain value. */
export type JsonShape = "expression" | "value";

export interface Option {
  readonly value: string;
  readonly label: Text;
}

const option = (value: string, vi: string, en: string): Option => ({ value, label: { vi, en } });
const text = (vi: string, en: string): Text => ({ vi, en });

const WAYS = [
  option("online", "Trực tuyến", "Online"),
  option("counter", "Trực tiếp", "At the counter"),
  option("post", "Bưu chính", "By post"),
];
const LEVELS = [
  option("full", "Toàn trình", "Wholly online"),
  option("partial", "Một phần", "Partly online"),
  option("information", "Thông tin", "Information"),
];
const WHEN = text("Áp dụng khi", "Applies when");

const PROCEDURE: readonly FieldSpec[] = [
  { key: "name", kind: "words", label: text("Tên thủ tục", "Name") },
  { key: "shortName", kind: "words", label: text("Tên thường gọi", "Short name") },
  { key: "summary", kind: "words", long: true, label: text("Tóm tắt", "Summary") },
  {
    key: "keywords",
    kind: "lines",
    optional: true,
    label: text("Từ khóa tìm kiếm", "Search words"),
    hint: text("Mỗi dòng một từ.", "One a line."),
  },
  { key: "field.code", kind: "line", label: text("Mã lĩnh vực", "Code of the field") },
  { key: "field.name", kind: "words", label: text("Lĩnh vực", "Field") },
  {
    key: "levels",
    kind: "boxes",
    label: text("Cấp thực hiện", "Levels"),
    options: [
      option("province", "Cấp tỉnh", "Province"),
      option("district", "Cấp huyện", "District"),
      option("commune", "Cấp xã", "Commune"),
    ],
  },
  { key: "issuer", kind: "words", label: text("Cơ quan ban hành", "Issuer") },
  { key: "decision", kind: "line", label: text("Quyết định công bố", "Decision that published it") },
  { key: "audience", kind: "wordsList", label: text("Đối tượng thực hiện", "For whom") },
  { key: "validFrom", kind: "day", label: text("Có hiệu lực từ", "Valid from") },
  { key: "validTo", kind: "day", optional: true, label: text("Hết hiệu lực sau ngày", "Valid to") },
  {
    key: "serviceLevels.decree-43-2011",
    kind: "select",
    numeric: true,
    label: text("Mức độ (Nghị định 43/2011)", "Level (Decree 43/2011)"),
    options: ["1", "2", "3", "4"].map((value) => option(value, `Mức độ ${value}`, `Level ${value}`)),
  },
  {
    key: "serviceLevels.decree-42-2022",
    kind: "select",
    label: text("Mức độ (Nghị định 42/2022)", "Level (Decree 42/2022)"),
    options: LEVELS,
  },
  {
    key: "serviceLevels.decree-224-2026",
    kind: "select",
    label: text("Mức độ (Nghị định 224/2026)", "Level (Decree 224/2026)"),
    options: LEVELS,
  },
  {
    key: "serviceLevelReason",
    kind: "words",
    optional: true,
    label: text("Lý do chưa toàn trình", "Why not wholly online"),
  },
  { key: "fileable", kind: "flag", label: text("Nộp được trên cổng", "Can be filed on the portal") },
  { key: "onlinePayment", kind: "flag", label: text("Thanh toán trực tuyến", "Online payment") },
  { key: "timeText", kind: "words", optional: true, label: text("Thời hạn bằng lời", "Time limit in words") },
  { key: "feeText", kind: "words", optional: true, label: text("Mức thu bằng lời", "Fees in words") },
  { key: "notes", kind: "wordsList", label: text("Lưu ý", "Notes") },
  { key: "conditions", kind: "wordsList", label: text("Yêu cầu, điều kiện", "Conditions") },
  { key: "related", kind: "lines", optional: true, label: text("Mã thủ tục liên quan", "Codes of related procedures") },
  { key: "linked", kind: "lines", optional: true, label: text("Mã thủ tục liên thông", "Codes of linked procedures") },
  {
    key: "offers",
    kind: "records",
    label: text("Nơi tiếp nhận", "Offered by"),
    hint: text(
      "Mỗi dòng một quy tắc: các loại đơn vị, hoặc từng đơn vị theo mã; có thể chỉ riêng một số tỉnh.",
      "One rule a row: kinds of offices, or single offices by code; for some provinces only if that is said.",
    ),
    row: text("Quy tắc", "Rule"),
    parts: [
      {
        key: "types",
        kind: "boxes",
        optional: true,
        label: text("Loại đơn vị", "Kinds of offices"),
        options: [
          option("department", "Sở, ngành", "Departments"),
          option("management-board", "Ban quản lý", "Management boards"),
          option("district-committee", "UBND cấp huyện", "District committees"),
          option("commune-committee", "UBND cấp xã", "Commune committees"),
          option("service-centre", "Trung tâm hành chính công", "Service centre"),
        ],
      },
      {
        key: "agencies",
        kind: "lines",
        optional: true,
        label: text("Mã đơn vị, mỗi dòng một mã", "Codes of offices, one a line"),
      },
      {
        key: "tenants",
        kind: "lines",
        optional: true,
        label: text("Chỉ ở các tỉnh (mã, mỗi dòng một mã)", "Only in the provinces (codes, one a line)"),
      },
    ],
  },
  {
    key: "substates",
    kind: "records",
    optional: true,
    label: text("Bước chi tiết", "Substates"),
    hint: text(
      "Lời chính xác hơn cho trạng thái, cán bộ chọn và công dân thấy.",
      "More precise words for a state, chosen by officers and shown to citizens.",
    ),
    row: text("Bước", "Substate"),
    parts: [
      { key: "code", kind: "line", label: text("Mã", "Code") },
      {
        key: "of",
        kind: "select",
        label: text("Trong trạng thái", "Within the state"),
        options: [
          option("received", "Đã tiếp nhận", "Received"),
          option("processing", "Đang xử lý", "Being processed"),
          option("result-ready", "Đã xử lý xong", "Decided"),
        ],
      },
      { key: "name", kind: "words", label: text("Tên", "Name") },
    ],
  },
  ...SUPPLEMENT_FIELDS,
];

const TIME: readonly FieldSpec[] = [
  { key: "ways", kind: "boxes", label: text("Cách nộp", "Ways of filing"), options: WAYS },
  {
    key: "rule.type",
    kind: "select",
    label: text("Cách tính", "Counted in"),
    options: [
      option("working_days", "Ngày làm việc", "Working days"),
      option("calendar_days", "Ngày", "Calendar days"),
      option("working_hours", "Giờ làm việc", "Working hours"),
      option("months", "Tháng", "Months"),
      option("same_day_with_cutoff", "Trong ngày, trước giờ", "Same day, until an hour"),
    ],
  },
  { key: "rule.days", kind: "number", only: ["working_days", "calendar_days"], label: text("Số ngày", "Days") },
  { key: "rule.hours", kind: "number", only: ["working_hours"], label: text("Số giờ làm việc", "Working hours") },
  { key: "rule.months", kind: "number", only: ["months"], label: text("Số tháng", "Months") },
  {
    key: "rule.cutoff",
    kind: "line",
    only: ["same_day_with_cutoff"],
    label: text("Nhận trước giờ (15:00)", "Received before (15:00)"),
  },
  { key: "note", kind: "words", optional: true, label: text("Ghi chú", "Note") },
];

const PAPER: readonly FieldSpec[] = [
  { key: "name", kind: "words", label: text("Tên giấy tờ", "Name of the paper") },
  {
    key: "kind",
    kind: "select",
    label: text("Loại", "Kind"),
    options: [
      option("paper", "Giấy tờ nộp kèm", "A paper"),
      option("e-form", "Mẫu điện tử thay tờ khai", "The e-form stands for it"),
    ],
  },
  { key: "originals", kind: "number", label: text("Số bản chính", "Originals") },
  { key: "copies", kind: "number", label: text("Số bản sao", "Copies") },
  {
    key: "ways",
    kind: "boxes",
    optional: true,
    label: text("Chỉ khi nộp (bỏ trống: mọi cách)", "Only when filed (none: every way)"),
    options: WAYS,
  },
  { key: "case", kind: "line", optional: true, label: text("Mã trường hợp", "Code of its case") },
  { key: "asked", kind: "condition", optional: true, label: text("Hỏi đến khi", "Asked when") },
  { key: "required", kind: "condition", label: text("Bắt buộc khi", "Required when") },
  { key: "presentOnly", kind: "flag", unset: true, optional: true, label: text("Chỉ xuất trình", "Shown only") },
  { key: "digitise", kind: "flag", label: text("Số hóa", "Digitised") },
  { key: "hint", kind: "words", long: true, optional: true, label: text("Hướng dẫn", "Hint") },
  { key: "form", kind: "words", optional: true, label: text("Mẫu đơn", "Blank form") },
  {
    key: "replacedBy",
    kind: "records",
    optional: true,
    label: text("Cơ sở dữ liệu thay thế", "Replaced by databases"),
    hint: text("Khi một dòng áp dụng, giấy tờ này không phải nộp.", "When a row applies, the paper is not handed in."),
    row: text("Cơ sở dữ liệu", "Database"),
    parts: [
      { key: "source", kind: "words", label: text("Tên cơ sở dữ liệu", "Name of the database") },
      { key: "basis", kind: "words", label: text("Căn cứ", "Basis") },
      { key: "when", kind: "condition", optional: true, label: WHEN },
    ],
  },
];

const FEE: readonly FieldSpec[] = [
  { key: "name", kind: "words", label: text("Tên khoản thu", "Name") },
  {
    key: "kind",
    kind: "select",
    label: text("Loại", "Kind"),
    options: [option("fee", "Phí", "Fee (phí)"), option("charge", "Lệ phí", "Charge (lệ phí)")],
  },
  {
    key: "amount.type",
    kind: "select",
    label: text("Cách tính", "How it is counted"),
    options: [
      option("fixed", "Một số tiền", "A fixed amount"),
      option("per_unit", "Theo số lượng", "By quantity"),
      option("per_page", "Theo trang của bản gốc", "By page"),
      option("free", "Không thu", "Free"),
      option("by_provincial_resolution", "Hội đồng nhân dân tỉnh quy định", "Set by the province's council"),
    ],
  },
  { key: "amount.amount", kind: "dong", only: ["fixed", "per_unit"], label: text("Số tiền (đồng)", "Amount (đồng)") },
  {
    key: "amount.quantityItem",
    kind: "item",
    only: ["per_unit"],
    label: text("Câu hỏi cho biết số lượng", "Question with the quantity"),
  },
  { key: "amount.rowsItem", kind: "line", only: ["per_page"], label: text("Mã phần lặp", "Repeated section") },
  {
    key: "amount.pagesItem",
    kind: "item",
    only: ["per_page"],
    label: text("Câu hỏi số trang", "Question with the pages"),
  },
  {
    key: "amount.copiesItem",
    kind: "item",
    only: ["per_page"],
    label: text("Câu hỏi số bản", "Question with the copies"),
  },
  {
    key: "amount.labelItem",
    kind: "item",
    optional: true,
    only: ["per_page"],
    label: text("Câu hỏi tên giấy tờ", "Question with the paper's name"),
  },
  {
    key: "amount.tiers",
    kind: "tiers",
    only: ["per_page"],
    label: text("Bậc giá", "Tiers"),
    hint: text("Mỗi dòng “từ trang: số tiền”, ví dụ 1: 2000", "One a line, “from page: amount”, such as 1: 2000"),
  },
  {
    key: "amount.capPerCopy",
    kind: "dong",
    only: ["per_page"],
    label: text("Tối đa một bản (đồng)", "At most a copy (đồng)"),
  },
  {
    key: "amount.unit",
    kind: "words",
    optional: true,
    only: ["fixed", "per_unit", "per_page"],
    label: text("Đơn vị", "Unit"),
  },
  { key: "amount.reason", kind: "words", only: ["free"], label: text("Lý do không thu", "Why it is free") },
  { key: "when", kind: "condition", optional: true, label: WHEN },
  {
    key: "ways",
    kind: "boxes",
    optional: true,
    label: text("Chỉ khi nộp (bỏ trống: mọi cách)", "Only when filed (none: every way)"),
    options: WAYS,
  },
  { key: "basis", kind: "line", label: text("Căn cứ pháp lý", "Legal basis") },
  { key: "validFrom", kind: "day", label: text("Thu từ ngày", "From") },
  { key: "validTo", kind: "day", optional: true, label: text("Đến hết ngày", "To") },
  {
    key: "collect",
    kind: "select",
    label: text("Thu khi", "Collected"),
    options: [option("on-filing", "Nộp hồ sơ", "On filing"), option("on-result", "Nhận kết quả", "With the result")],
  },
  {
    key: "refundable",
    kind: "flag",
    unset: true,
    optional: true,
    label: text("Trả lại khi từ chối", "Given back when refused"),
  },
  {
    key: "exemptions",
    kind: "records",
    optional: true,
    label: text("Miễn, giảm", "Exemptions"),
    row: text("Diện miễn", "Exemption"),
    parts: [
      { key: "code", kind: "line", label: text("Mã", "Code") },
      { key: "who", kind: "words", label: text("Ai được miễn", "Who pays nothing") },
      { key: "reason", kind: "words", label: text("Lý do", "Why") },
      { key: "basis", kind: "line", label: text("Căn cứ pháp lý", "Legal basis") },
      {
        key: "when",
        kind: "condition",
        optional: true,
        label: text(
          "Tự áp dụng khi (không có: cán bộ quyết định)",
          "Applied by itself when (without it an officer decides)",
        ),
      },
    ],
  },
  { key: "note", kind: "words", optional: true, label: text("Ghi chú", "Note") },
];

export const FIELDS: Readonly<Record<Kind, readonly FieldSpec[]>> = {
  procedure: PROCEDURE,
  time: TIME,
  case: [
    { key: "name", kind: "words", label: text("Tên trường hợp", "Name of the case") },
    { key: "when", kind: "condition", optional: true, label: WHEN },
  ],
  paper: PAPER,
  fee: FEE,
  result: [
    { key: "name", kind: "words", label: text("Tên kết quả", "Name of the result") },
    { key: "validity", kind: "words", optional: true, label: text("Giá trị sử dụng", "Validity") },
  ],
  basis: [
    { key: "number", kind: "line", label: text("Số hiệu", "Number") },
    { key: "name", kind: "words", label: text("Tên văn bản", "Name") },
  ],
  step: [
    { key: "title", kind: "words", label: text("Tên bước", "Title") },
    { key: "text", kind: "words", long: true, label: text("Nội dung", "Text") },
  ],
  ...FORM_FIELDS,
};

/** The part of a thing that decides which fields it has: the type of an item, of an amount, of a time limit. */
export function typeOf(kind: Kind, thing: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => {
    const { type } = (value ?? {}) as { type?: unknown };
    return typeof type === "string" ? type : "";
  };
  if (kind === "fee") return part(thing["amount"]);
  return kind === "time" ? part(thing["rule"]) : part(thing);
}

/** Fields of this thing now. */
export function fieldsFor(kind: Kind, type: string): readonly FieldSpec[] {
  return FIELDS[kind].filter(({ only }) => !only || only.includes(type));
}
