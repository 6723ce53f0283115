/** Words of the forms room. `vi` defines the set, `en` satisfies it in full. */
const vi = {
  known: "Đã có sẵn, không phải nhập",
  addRow: "Thêm dòng",
  removeRow: "Xóa dòng",
  update: "Cập nhật câu hỏi",
  updateHint: "Bấm sau khi trả lời, nếu trang có câu hỏi tùy theo câu trả lời.",
  detail: "Số nhà, đường, ấp, khu phố hoặc tên cơ sở",
  area: "Xã/phường, huyện, tỉnh",
  areaHint: "Ví dụ: Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
  dateHint: "Ngày/tháng/năm, ví dụ 22/07/2020",
  partialDateHint: "Ngày/tháng/năm; nếu không rõ ngày, chỉ ghi năm",
  yes: "Có",
  no: "Không",
  notAnswered: "Không khai",
  change: "Sửa",
};

const en: typeof vi = {
  known: "Already known, nothing to type",
  addRow: "Add a row",
  removeRow: "Remove this row",
  update: "Update questions",
  updateHint: "Press after answering, when the page has questions that depend on your answers.",
  detail: "House number, street, hamlet, or name of the place",
  area: "Commune or ward, district, province",
  areaHint: "For example: Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
  dateHint: "Day/month/year, for example 22/07/2020",
  partialDateHint: "Day/month/year; the year alone when the day is not known",
  yes: "Yes",
  no: "No",
  notAnswered: "Not given",
  change: "Change",
};

export const messages = { vi, en } as const;
