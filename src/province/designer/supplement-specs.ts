/** What can be edited of how a procedure asks for supplements and what its slips are. A table. */
import type { Text } from "#kit/i18n.ts";
import type { FieldSpec, Option } from "./field-specs.ts";

const option = (value: string, vi: string, en: string): Option => ({ value, label: { vi, en } });
const text = (vi: string, en: string): Text => ({ vi, en });

export const SUPPLEMENT_FIELDS: readonly FieldSpec[] = [
  {
    key: "pauses.supplement",
    kind: "select",
    optional: true,
    label: text("Sau khi bổ sung, thời hạn", "After a supplement the time limit"),
    options: [option("restart", "tính lại từ đầu", "begins anew"), option("continue", "tính tiếp", "goes on")],
  },
  {
    key: "pauses.restartWithinDays",
    kind: "number",
    optional: true,
    label: text("Tính lại nếu yêu cầu trong mấy ngày làm việc", "Anew when asked within so many working days"),
  },
  {
    key: "supplement.answer.days",
    kind: "number",
    optional: true,
    label: text("Số ngày công dân có để bổ sung", "Days a citizen has to answer"),
    hint: text("Để trống thì theo quy định chung của tỉnh.", "Left empty, the province's own rule holds."),
  },
  {
    key: "supplement.answer.type",
    kind: "select",
    optional: true,
    label: text("Ngày bổ sung tính theo", "Counted in"),
    options: [
      option("working_days", "Ngày làm việc", "Working days"),
      option("calendar_days", "Ngày", "Calendar days"),
    ],
  },
  {
    key: "supplement.remindDays",
    kind: "number",
    optional: true,
    label: text("Nhắc trước mấy ngày", "Reminder so many days before the end"),
  },
  {
    key: "supplement.onExpiry",
    kind: "select",
    optional: true,
    label: text("Quá hạn mà không bổ sung", "Without an answer in time"),
    options: [
      option("stop", "dừng giải quyết", "the handling stops"),
      option("wait", "cán bộ quyết định", "the officer decides"),
    ],
  },
  {
    key: "supplementReasons",
    kind: "records",
    optional: true,
    label: text("Lý do yêu cầu bổ sung", "Reasons for supplements"),
    hint: text(
      "Cán bộ chọn từ danh sách này khi yêu cầu bổ sung; các lý do chung theo loại giấy tờ và câu hỏi có sẵn.",
      "Officers choose from these; the usual reasons for a kind of paper or question are there already.",
    ),
    row: text("Lý do", "Reason"),
    parts: [
      { key: "code", kind: "line", label: text("Mã", "Code") },
      { key: "text", kind: "words", long: true, label: text("Sai ở đâu, cần làm gì", "What is wrong, what to do") },
      {
        key: "for",
        kind: "lines",
        label: text("Cho giấy tờ, câu hỏi (mã, mỗi dòng một mã)", "For papers and questions (codes, one a line)"),
      },
      { key: "example", kind: "words", optional: true, label: text("Ví dụ đúng", "A good example") },
    ],
  },
  {
    key: "slips.receipt",
    kind: "select",
    optional: true,
    label: text("Mẫu giấy tiếp nhận của ngành", "The sector's reception slip"),
    options: [option("CT04", "CT04 (cư trú)", "CT04 (residence)")],
  },
  {
    key: "slips.supplement",
    kind: "select",
    optional: true,
    label: text("Mẫu phiếu bổ sung của ngành", "The sector's supplement slip"),
    options: [option("CT05", "CT05 (cư trú)", "CT05 (residence)")],
  },
  {
    key: "slips.refusal",
    kind: "select",
    optional: true,
    label: text("Mẫu phiếu từ chối của ngành", "The sector's refusal slip"),
    options: [option("CT06", "CT06 (cư trú)", "CT06 (residence)")],
  },
];
