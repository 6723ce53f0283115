const vi = {
  title: "Tìm thủ tục hành chính",
  description: "Tìm thủ tục hành chính của mọi tỉnh, thành phố đã kết nối.",
  label: "Tên thủ tục",
  where: "Tỉnh, thành phố",
  everywhere: "Tất cả các tỉnh",
  button: "Tìm kiếm",
  provinces: "Theo tỉnh",
  all: "Tất cả",
  found: (count: number) => `Có ${count} thủ tục`,
  meant: "Đã tìm theo:",
  none: "Không tìm thấy thủ tục nào",
  noneText: "Thử gõ ít từ hơn hoặc chọn tất cả các tỉnh.",
  file: "Nộp trên mạng",
  guide: "Xem hướng dẫn",
  first: "Về đầu danh sách",
  leads: "Kết quả dẫn đến trang của tỉnh, nơi nộp hồ sơ.",
};

const en: typeof vi = {
  title: "Find a procedure",
  description: "Search the procedures of every connected province.",
  label: "Name of the procedure",
  where: "Province",
  everywhere: "All provinces",
  button: "Search",
  provinces: "By province",
  all: "All",
  found: (count: number) => (count === 1 ? "1 procedure" : `${count} procedures`),
  meant: "Searched for:",
  none: "No procedure found",
  noneText: "Try fewer words, or all provinces.",
  file: "Online",
  guide: "Guidance",
  first: "Back to the first",
  leads: "Each result leads to the province's own page, where the dossier is filed.",
};

export const messages = { vi, en };
