import { doReadNumber, ReadingConfig } from "read-vietnamese-number";
import { invariant } from "./errors.ts";

/** Money is a whole number of đồng, never a fraction and never a float of something else. */
export type Dong = number;

/** The largest amount that we let through: far above any fee, far below 2^53. */
export const DONG_MAX: Dong = 999_999_999_999;

export function isDong(value: unknown): value is Dong {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= DONG_MAX;
}

/** `800.000 đ`, as documents and pages write it. */
export function formatDong(amount: Dong): string {
  return `${formatInteger(amount)} đ`;
}

/** `800.000` */
export function formatInteger(amount: number): string {
  const sign = amount < 0 ? "-" : "";
  return sign + String(Math.abs(Math.trunc(amount))).replace(/\B(?=(\d{3})+$)/g, ".");
}

/** The amount in words, as receipts must say it (NĐ 254/2026/NĐ-CP Đ23.2): "Tám trăm nghìn đồng". */
export function dongInWords(amount: Dong): string {
  invariant(isDong(amount), `amount ${amount} is not a whole number of đồng`);
  const config = new ReadingConfig();
  config.unit = ["đồng"];
  const words = doReadNumber(String(amount), config);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
