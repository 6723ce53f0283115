/** Fields of what a form is made of. */
import type { Text } from "#kit/i18n.ts";
import type { ItemType } from "#province/forms/index.ts";
import type { Kind } from "./content.ts";
import type { FieldSpec, Option } from "./field-specs.ts";

const text = (vi: string, en: string): Text => ({ vi, en });

/** Types of questions in words. */
export const ITEM_TYPE_WORDS: Readonly<Record<ItemType, Text>> = {
  text: text("Một dòng chữ", "A line of text"),
  longText: text("Đoạn văn", "Longer text"),
  choice: text("Chọn một", "One of several"),
  choices: text("Chọn nhiều", "Several of several"),
  yesNo: text("Có hoặc không", "Yes or no"),
  date: text("Ngày", "Day"),
  partialDate: text("Ngày, có thể chỉ tháng hoặc năm", "Day, month or year"),
  integer: text("Số nguyên", "Whole number"),
  decimal: text("Số thập phân", "Decimal number"),
  money: text("Số tiền", "Amount of money"),
  personName: text("Họ tên người", "Person's name"),
  organisationName: text("Tên tổ chức", "Organisation's name"),
  identityNumber: text("Số giấy tờ tùy thân", "Identity number"),
  phone: text("Số điện thoại", "Phone number"),
  email: text("Thư điện tử", "E-mail"),
  taxCode: text("Mã số thuế", "Tax code"),
  address: text("Địa chỉ", "Address"),
  place: text("Địa danh", "Place"),
  ethnicGroup: text("Dân tộc", "Ethnic group"),
  nationality: text("Quốc tịch", "Nationality"),
  vehiclePlate: text("Biển số xe", "Number plate"),
  bankAccount: text("Tài khoản ngân hàng", "Bank account"),
  mapPoint: text("Điểm trên bản đồ", "Point on the map"),
  signature: text("Chữ ký", "Signature"),
  file: text("Tệp giấy tờ", "File"),
};

const TYPES: readonly Option[] = Object.entries(ITEM_TYPE_WORDS).map(([value, label]) => ({ value, label }));
const NUMBERS: readonly string[] = ["integer", "decimal", "money"];
const DAYS: readonly string[] = ["date", "partialDate"];

const ITEM: readonly FieldSpec[] = [
  { key: "label", kind: "words", label: text("Câu hỏi", "Question") },
  { key: "type", kind: "select", label: text("Loại câu trả lời", "Kind of answer"), options: TYPES },
  { key: "hint", kind: "words", long: true, optional: true, label: text("Hướng dẫn", "Hint") },
  { key: "choices", kind: "choices", only: ["choice", "choices"], label: text("Các lựa chọn", "Choices") },
  { key: "required", kind: "condition", optional: true, label: text("Bắt buộc khi", "Required when") },
  { key: "when", kind: "condition", optional: true, label: text("Chỉ hỏi khi", "Asked only when") },
  {
    key: "purpose",
    kind: "words",
    optional: true,
    label: text("Hỏi để làm gì (dữ liệu cá nhân)", "What it is asked for (personal data)"),
  },
  { key: "min", kind: "number", optional: true, only: NUMBERS, label: text("Nhỏ nhất", "Least") },
  { key: "max", kind: "number", optional: true, only: NUMBERS, label: text("Lớn nhất", "Most") },
  {
    key: "maxLength",
    kind: "number",
    optional: true,
    only: ["text", "longText", "organisationName", "place", "personName"],
    label: text("Dài nhất (ký tự)", "Longest (characters)"),
  },
  {
    key: "earliest",
    kind: "number",
    optional: true,
    only: DAYS,
    label: text("Sớm nhất, tính bằng ngày so với hôm nay", "Earliest, in days from today"),
  },
  {
    key: "latest",
    kind: "number",
    optional: true,
    only: DAYS,
    label: text("Muộn nhất, tính bằng ngày so với hôm nay", "Latest, in days from today"),
  },
  { key: "unit", kind: "words", optional: true, only: NUMBERS, label: text("Đơn vị", "Unit") },
  {
    key: "papers",
    kind: "boxes",
    optional: true,
    only: ["identityNumber"],
    label: text("Giấy tờ được nhận", "Papers that count"),
    options: [
      { value: "cccd", label: text("Thẻ căn cước", "Identity card") },
      { value: "cmnd", label: text("Chứng minh nhân dân 9 số", "Nine-digit card") },
      { value: "passport", label: text("Hộ chiếu", "Passport") },
    ],
  },
  {
    key: "born",
    kind: "item",
    optional: true,
    only: ["identityNumber"],
    label: text("Đối chiếu với ngày sinh", "Held against the birth date"),
  },
  {
    key: "units",
    kind: "select",
    optional: true,
    only: ["address"],
    label: text("Chọn đơn vị hành chính", "Units chosen from lists"),
    options: [
      { value: "two-level", label: text("Hai cấp, từ 01/07/2025", "Two levels, since 1 July 2025") },
      { value: "three-level", label: text("Ba cấp, trước 01/07/2025", "Three levels, before 1 July 2025") },
      { value: "either", label: text("Người khai chọn", "The person says which") },
    ],
  },
  {
    key: "component",
    kind: "line",
    optional: true,
    only: ["file", "signature"],
    label: text("Mã giấy tờ của thủ tục", "Code of the procedure's paper"),
  },
  {
    key: "prefill.from",
    kind: "line",
    optional: true,
    label: text("Điền sẵn từ", "Filled in from"),
    hint: text(
      "Ví dụ: account.fullName, account.identityNumber, filing.agency",
      "For instance: account.fullName, account.identityNumber, filing.agency",
    ),
  },
  { key: "prefill.or", kind: "line", optional: true, label: text("Không có thì lấy từ", "Else from") },
  { key: "prefill.when", kind: "condition", optional: true, label: text("Chỉ điền sẵn khi", "Filled in only when") },
  {
    key: "prefill.readOnly",
    kind: "flag",
    unset: true,
    optional: true,
    label: text("Đã biết thì không hỏi lại", "Not asked when known"),
  },
  {
    key: "quiet",
    kind: "select",
    optional: true,
    label: text("Ẩn", "Hidden"),
    options: [
      { value: "page", label: text("Trên trang khai", "While filling in") },
      { value: "citizen", label: text("Với người khai", "From the person") },
    ],
  },
  {
    key: "derive",
    kind: "records",
    optional: true,
    label: text("Giá trị tự tính", "Worked out"),
    hint: text(
      "Quy tắc đầu tiên có giá trị thì dùng; khi ấy câu hỏi không phải trả lời.",
      "The first rule that gives a value counts; then the question is not asked.",
    ),
    row: text("Quy tắc", "Rule"),
    parts: [
      { key: "when", kind: "condition", optional: true, label: text("Áp dụng khi", "Applies when") },
      {
        key: "from",
        kind: "line",
        optional: true,
        label: text("Lấy từ câu hỏi hoặc dữ kiện", "Taken from the question or fact"),
      },
      {
        key: "compute",
        kind: "json",
        shape: "expression",
        optional: true,
        only: NUMBERS,
        label: text("Phép tính (JSON)", "Calculation (JSON)"),
        hint: text(
          'Ví dụ: { "product": ["soBan", 2000] }, { "sum": ["a", "b"] }',
          'For instance: { "product": ["copies", 2000] }, { "sum": ["a", "b"] }',
        ),
      },
      {
        key: "words",
        kind: "item",
        optional: true,
        label: text("Viết bằng chữ ngày ở câu hỏi", "The day of this question in words"),
      },
      {
        key: "identityKind",
        kind: "item",
        optional: true,
        label: text("Loại giấy tờ của số ở câu hỏi", "Kind of paper that this question's number is of"),
      },
      {
        key: "value",
        kind: "json",
        shape: "value",
        optional: true,
        label: text("Giá trị cố định (JSON)", "Fixed value (JSON)"),
        hint: text('Ví dụ: "VN", 5, true', 'For instance: "VN", 5, true'),
      },
    ],
  },
  { key: "parent", kind: "parent", label: text("Thuộc phần", "In the section") },
];

export const FORM_FIELDS: Readonly<
  Record<Extract<Kind, "form" | "page" | "section" | "item" | "rule">, readonly FieldSpec[]>
> = {
  form: [
    { key: "title", kind: "words", label: text("Tên biểu mẫu", "Title of the form") },
    { key: "legal", kind: "words", optional: true, label: text("Quy định ban hành mẫu", "Law that prescribes it") },
    {
      key: "holder",
      kind: "item",
      optional: true,
      label: text("Câu hỏi tên chủ hồ sơ", "Question that names whose matter it is"),
    },
  ],
  page: [
    { key: "title", kind: "words", label: text("Tên trang", "Title of the page") },
    { key: "intro", kind: "words", long: true, optional: true, label: text("Lời dẫn", "Introduction") },
  ],
  section: [
    { key: "title", kind: "words", label: text("Tên phần", "Title of the section") },
    { key: "hint", kind: "words", long: true, optional: true, label: text("Hướng dẫn", "Hint") },
    { key: "when", kind: "condition", optional: true, label: text("Chỉ hiện khi", "Shown only when") },
    {
      key: "repeat.row",
      kind: "words",
      optional: true,
      label: text("Lặp nhiều dòng: tên một dòng", "Repeated: what one row is called"),
      hint: text("Để trống khi phần này chỉ khai một lần.", "Empty when it is filled in once."),
    },
    { key: "repeat.min", kind: "number", optional: true, label: text("Ít nhất mấy dòng", "At least rows") },
    { key: "repeat.max", kind: "number", optional: true, label: text("Nhiều nhất mấy dòng", "At most rows") },
    { key: "parent", kind: "parent", label: text("Thuộc trang", "On the page") },
  ],
  item: ITEM,
  rule: [
    { key: "when", kind: "condition", label: text("Không nhận khi", "Refused when") },
    { key: "at", kind: "item", label: text("Báo tại câu hỏi", "Said at the question") },
    { key: "message", kind: "words", long: true, label: text("Lời báo", "Message") },
  ],
};
