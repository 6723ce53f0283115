import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const mother: Answers = {
  xoaCho: "thanhVien",
  lyDoXoa: "chet",
  nxHoTen: "Lê Thị Hai",
  nxNgaySinh: "1948",
  nxSoDinhDanh: "072148000123",
  noiThuongTru: HOME,
  ngayXayRa: "2026-11-15",
};
const emigrant: Answers = { xoaCho: "banThan", lyDoXoa: "nuocNgoai", noiThuongTru: HOME, ngayXayRa: "2026-11-01" };

judgeForm(import.meta.dirname, {
  questions: 8,
  official: {
    form: "ct01",
    // The person leaves the household: who heads it, and who moves along, is not asked.
    elsewhere: ["hoTenChuHo", "quanHeChuHo", "soDinhDanhChuHo", "noiDung", "thanhVien"],
  },
  filed: {
    "a son after his mother's death": { answers: mother, papers: [], due: 0 },
    "somebody who settles abroad": { answers: emigrant, papers: ["end-proof"], due: 0 },
    "an owner whose old tenant left two years ago": {
      answers: { ...mother, lyDoXoa: "hetThue", ngayXayRa: "2024-10-01" },
      papers: ["end-proof"],
      due: 0,
    },
  },
  refused: [
    ["a son after his mother's death", { lyDoXoa: "" }, "lyDoXoa: required-choice"],
    ["a son after his mother's death", { nxHoTen: "" }, "nxHoTen: required-text"],
    ["a son after his mother's death", { nxHoTen: "Lê Thị 2" }, "nxHoTen: name-characters"],
    ["a son after his mother's death", { nxSoDinhDanh: "072149000123" }, "nxSoDinhDanh: identity-birth"],
    ["a son after his mother's death", { nxSoDinhDanh: "0721" }, "nxSoDinhDanh: identity-length"],
    ["a son after his mother's death", { ngayXayRa: "2026-12-01" }, "ngayXayRa: date-future"],
    ["a son after his mother's death", { nxNgaySinh: "1948", ngayXayRa: "" }, "ngayXayRa: required-date"],
    [
      "a son after his mother's death",
      { noiThuongTru: { detail: "12", area: "Bến Cầu" } },
      "noiThuongTru.area: area-parts",
    ],
    ["a son after his mother's death", { soTrichLucKhaiTu: "9".repeat(61) }, "soTrichLucKhaiTu: text-too-long"],
    ["somebody who settles abroad", { lyDoXoa: "chet" }, "xoaCho: rule:tuXoaDaChet"],
    ["somebody who settles abroad", { lyDoXoa: "vangMat" }, "ngayXayRa: rule:chuaDuMuoiHaiThang"],
    [
      "an owner whose old tenant left two years ago",
      { nxNgaySinh: "2025", nxSoDinhDanh: "072325000123" },
      "ngayXayRa: rule:xayRaTruocKhiSinh",
    ],
  ],
});
