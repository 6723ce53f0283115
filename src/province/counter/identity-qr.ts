/**
 * The QR code on the identity card, as a scanner types it: seven fields parted by bars, "CCCD|CMND|name|birth|sex|address|
 * issued" with days as ddMMyyyy. Cards since 2024 add fields at the end, which are not needed here. Pure.
 */
import { isPlainDate, type PlainDate } from "#kit/calendar.ts";
import { checkIdentityNumber, checkPersonName, cleanText } from "#kit/vietnamese.ts";

export interface CardFacts {
  /** 12 digits */
  readonly identityNumber: string;
  /** The number that the person had before, when the card tells */
  readonly formerNumber?: string;
  readonly name: string;
  readonly birthDate: PlainDate;
  readonly address: string;
}

export type CardReading =
  | { readonly ok: true; readonly card: CardFacts }
  | { readonly ok: false; readonly reason: "not-a-card" | "number" | "name" | "birth" };

const FIELDS_LEAST = 6;
const LENGTH_MAX = 600;

export function readIdentityQr(text: string): CardReading {
  const parts = text.slice(0, LENGTH_MAX).normalize("NFC").trim().split("|").map(cleanText);
  if (parts.length < FIELDS_LEAST) return { ok: false, reason: "not-a-card" };
  const [number = "", former = "", typedName = "", birth = "", , address = ""] = parts;
  const birthDate = dayOf(birth);
  if (!birthDate) return { ok: false, reason: "birth" };
  const identity = checkIdentityNumber(number, birthDate);
  if (!identity.ok || identity.value.length !== 12) return { ok: false, reason: "number" };
  const name = checkPersonName(typedName);
  if (!name.ok) return { ok: false, reason: "name" };
  return {
    ok: true,
    card: {
      identityNumber: identity.value,
      ...(/^\d{9}$/.test(former) ? { formerNumber: former } : {}),
      name: name.value,
      birthDate,
      address,
    },
  };
}

function dayOf(text: string): PlainDate | undefined {
  const [, day, month, year] = /^(\d{2})(\d{2})(\d{4})$/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  return isPlainDate(date) ? date : undefined;
}
