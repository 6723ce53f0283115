import type { Choice } from "./form.ts";

/** The 54 groups in the order and with the codes of the statistical list (QĐ 121-TCTK/PPCĐ, 1979), then who is none of them. */
const NAMES =
  "Kinh, Tày, Thái, Hoa, Khơ-me, Mường, Nùng, Hmông, Dao, Gia-rai, Ngái, Ê-đê, Ba-na, Xơ-đăng, Sán Chay, Cơ-ho, Chăm, Sán Dìu, Hrê, Mnông, Ra-glai, Xtiêng, Bru-Vân Kiều, Thổ, Giáy, Cơ-tu, Gié-Triêng, Mạ, Khơ-mú, Co, Ta-ôi, Chơ-ro, Kháng, Xinh-mun, Hà Nhì, Chu-ru, Lào, La Chi, La Ha, Phù Lá, La Hủ, Lự, Lô Lô, Chứt, Mảng, Pà Thẻn, Cơ Lao, Cống, Bố Y, Si La, Pu Péo, Brâu, Ơ Đu, Rơ-măm".split(
    ", ",
  );

export const OTHER_ETHNIC_GROUP = "99";

export const ETHNIC_GROUPS: readonly Choice[] = [
  ...NAMES.map((name, index) => ({ value: String(index + 1).padStart(2, "0"), label: { vi: name, en: name } })),
  { value: OTHER_ETHNIC_GROUP, label: { vi: "Dân tộc khác (tự ghi)", en: "Another group (write it)" } },
];
