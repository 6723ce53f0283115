import { createHash, timingSafeEqual } from "node:crypto";

/**
 * MaXacThuc of the national platform's messages 1.0.6, written for the stand-in: SHA-256 in lower hex over the values
 * joined by `|`, the secret last. The product has its own implementation; the known example proves both.
 */
const VALUES = {
  INIT: [
    "LoaiBanTin",
    "PhienBan",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "LoaiHinhThanhToan",
    "MaKenhThanhToan",
    "MaThietBi",
    "NgonNgu",
    "MaTienTe",
    "MaNganHang",
    "ThongTinGiaoDich",
    "ThoiGianGD",
    "Ip",
  ],
  QUERY: ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"],
  CONFIRM: [
    "LoaiBanTin",
    "MaLoi",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "MaTienTe",
    "MaGiaoDich",
    "MaNganHang",
    "ThoiGianGD",
    "ThongTinGiaoDich",
  ],
  queryAnswer: [
    "LoaiBanTin",
    "PhienBan",
    "MaLoi",
    "MoTaLoi",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "MaTienTe",
    "TrangThaiGD",
    "ThoiGianGD",
  ],
  confirmAnswer: ["MaLoi", "MoTaLoi", "MaDoiTac", "ThoiGianGD"],
} as const;

export type Fields = Readonly<Record<string, unknown>>;

export function platformMac(message: keyof typeof VALUES, fields: Fields, secret: string): string {
  const text = [...VALUES[message].map((name) => String(fields[name] ?? "")), secret].join("|");
  return createHash("sha256").update(text, "utf8").digest("hex");
}

export function isPlatformMac(message: keyof typeof VALUES, fields: Fields, secret: string): boolean {
  const given = fields.MaXacThuc;
  if (typeof given !== "string" || !/^[0-9a-f]{64}$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given, "hex"), Buffer.from(platformMac(message, fields, secret), "hex"));
}
