const vi = {
  neighbours: "Thủ tục đi kèm",
  linked: "Làm cùng một hồ sơ (liên thông)",
  linkedText: "Các thủ tục này được giải quyết cùng nhau từ một hồ sơ:",
  related: "Liên quan",
  relatedText: "Người làm thủ tục này thường cần thêm:",
  source: "Nguồn thông tin",
  sourceText: "Nội dung lấy từ Cơ sở dữ liệu quốc gia về thủ tục hành chính.",
  bodies: "Cơ quan thực hiện theo danh mục quốc gia",
  feeText: "Danh mục quốc gia ghi về phí, lệ phí",
  elsewhere: "Không nộp ở cơ quan của tỉnh",
  elsewhereText: "Cơ quan của tỉnh không giải quyết thủ tục này. Cơ quan giải quyết:",
  elsewhereLink: "Xem tại Cổng Dịch vụ công quốc gia",
  levelUnknown: "Chưa rõ nơi nộp",
  levelUnknownText:
    "Danh mục quốc gia chưa ghi cấp nào giải quyết thủ tục này. Hỏi bộ phận một cửa hoặc cơ quan ban hành:",
  elsewhereFound: "Ngoài danh mục của tỉnh",
  elsewhereFoundText:
    "Do cơ quan trung ương hoặc cơ quan ngành dọc (thuế, hải quan…) giải quyết, hoặc danh mục quốc gia chưa ghi nơi nộp; mỗi trang cho biết cụ thể.",
};

const en: typeof vi = {
  neighbours: "What goes with it",
  linked: "From one dossier (linked)",
  linkedText: "These are carried out together from one dossier:",
  related: "Related",
  relatedText: "People who do this often also need:",
  source: "Where this comes from",
  sourceText: "Taken from the national database of administrative procedures, whose texts are in Vietnamese.",
  bodies: "Carried out by, in the national catalogue",
  feeText: "What the national catalogue says of fees",
  elsewhere: "Not filed with the province",
  elsewhereText: "No office of the province carries this out. It is done by:",
  elsewhereLink: "See the National Public Service Portal",
  levelUnknown: "Where to file is not known",
  levelUnknownText:
    "The national catalogue does not say who carries this out. Ask the one-stop office, or who published it:",
  elsewhereFound: "Outside the province's own catalogue",
  elsewhereFoundText:
    "Carried out by central bodies or their local offices (tax, customs…), or the national catalogue does not say where it is filed; each page says which.",
};

/** Words of the sections beside a procedure's own. */
export const moreMessages = { vi, en };
