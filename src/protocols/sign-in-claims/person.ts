import { isPlainDate } from "#kit/calendar.ts";
import { checkMobile } from "#kit/vietnamese.ts";

export interface PersonAddress {
  readonly formatted: string;
  readonly street?: string;
  /** Unit codes of the General Statistics Office. */
  readonly commune?: string;
  readonly district?: string;
  readonly province?: string;
}

/** A signed-in person as a province knows them. */
export interface Person {
  /** TechID: the same person has the same one in every province. */
  readonly sub: string;
  readonly name: string;
  /** CCCD of 12 digits, or CMND of 9. */
  readonly identityNumber: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly sex?: "male" | "female";
  /** 0 and nine digits; "" when the account has none. */
  readonly phone: string;
  readonly email?: string;
  readonly address?: PersonAddress;
  readonly ial: 2 | 3;
}

type Claims = Readonly<Record<string, unknown>>;

/** Reads a userinfo answer. Undefined when it lacks what identifies a person: sub, name and an identity number. */
export function readPerson(claims: Claims): Person | undefined {
  const sub = text(claims["sub"]) || text(claims["TechID"]);
  const name = text(claims["HoVaTen"]) || text(claims["name"]);
  const identityNumber = text(claims["SoDinhDanh"]) || text(claims["SoCMND"]);
  if (!sub || !name || !/^(\d{9}|\d{12})$/.test(identityNumber)) return undefined;
  const phone = checkMobile(text(claims["SoDienThoai"]) || text(claims["phone_number"]));
  const email = text(claims["ThuDienTu"]) || text(claims["email"]);
  const sex = readSex(claims);
  const address = readAddress(claims);
  return {
    sub,
    name,
    identityNumber,
    birthDate: readBirthDate(claims),
    ...(sex ? { sex } : {}),
    phone: phone.ok ? phone.value : "",
    ...(email ? { email } : {}),
    ...(address ? { address } : {}),
    ial: String(claims["IAL"] ?? claims["loAs"] ?? "2") === "3" ? 3 : 2,
  };
}

function readBirthDate(claims: Claims): string {
  const standard = text(claims["birthdate"]);
  if (isPlainDate(standard)) return standard;
  const national = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text(claims["NgayThangNamSinh"]));
  const date = national ? `${national[3]}-${national[2]}-${national[1]}` : "";
  return isPlainDate(date) ? date : "";
}

function readSex(claims: Claims): "male" | "female" | undefined {
  const gender = text(claims["gender"]);
  if (gender === "male" || gender === "female") return gender;
  const national = text(claims["GioiTinh"]);
  return national === "1" ? "male" : national === "0" ? "female" : undefined;
}

function readAddress(claims: Claims): PersonAddress | undefined {
  const claim = (
    typeof claims["address"] === "object" && claims["address"] !== null ? claims["address"] : {}
  ) as Claims;
  const formatted = text(claims["DiaChi"]) || text(claim["formatted"]);
  if (!formatted) return undefined;
  const street = text(claim["street_address"]);
  const commune = text(claim["commune_code"]);
  const district = text(claim["district_code"]);
  const province = text(claim["province_code"]);
  return {
    formatted,
    ...(street ? { street } : {}),
    ...(commune ? { commune } : {}),
    ...(district ? { district } : {}),
    ...(province ? { province } : {}),
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value.normalize("NFC").trim() : typeof value === "number" ? String(value) : "";
}
