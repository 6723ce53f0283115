/** Scope that carries the national claims, besides openid profile email phone address. */
export const NATIONAL_SCOPE = "dvcqg";
export const SIGN_IN_SCOPES = `openid profile email phone address ${NATIONAL_SCOPE}`;

/** Names of OpenID Connect Core 1.0 §5.1. */
export interface StandardClaims {
  readonly sub: string;
  readonly name: string;
  /** YYYY-MM-DD */
  readonly birthdate: string;
  readonly gender?: "male" | "female";
  readonly email?: string;
  readonly email_verified?: boolean;
  /** E.164: +84… */
  readonly phone_number: string;
  readonly phone_number_verified: boolean;
  readonly address?: {
    readonly formatted: string;
    readonly street_address?: string;
    readonly country: "VN";
    /** Unit codes of the General Statistics Office (an addition of ours). */
    readonly commune_code?: string;
    readonly district_code?: string;
    readonly province_code?: string;
  };
  /** Seconds since 1970. */
  readonly updated_at: number;
}

/** Names that the national portal uses. */
export interface NationalClaims {
  /** "1" citizen, "2" business */
  readonly LoaiTaiKhoan: "1" | "2";
  /** CCCD of 12 digits; empty when the account has a CMND only. */
  readonly SoDinhDanh: string;
  /** CMND of 9 digits; empty when the account has a CCCD. */
  readonly SoCMND: string;
  readonly HoVaTen: string;
  /** dd/MM/yyyy */
  readonly NgayThangNamSinh: string;
  /** "1" male, "0" female, "" unknown */
  readonly GioiTinh: "1" | "0" | "";
  readonly SoDienThoai: string;
  readonly ThuDienTu: string;
  readonly DiaChi: string;
  /** The account's lasting id; equals `sub`. */
  readonly TechID: string;
  readonly loAs: "2" | "3";
  readonly IAL: "2" | "3";
}

export type PersonClaims = StandardClaims & NationalClaims;

/** What an account must tell to be signed in elsewhere. */
export interface ClaimsSource {
  readonly id: string;
  readonly kind: "citizen" | "business";
  readonly identityNumber: string;
  readonly name: string;
  readonly birthDate: string;
  readonly sex: "male" | "female" | null;
  readonly phone: string;
  readonly email: string | null;
  readonly address: {
    readonly formatted: string;
    readonly street?: string;
    readonly commune?: string;
    readonly district?: string;
    readonly province?: string;
  } | null;
  readonly assurance: 2 | 3;
  readonly updatedAt: Date;
}

export function claimsOf(account: ClaimsSource): PersonClaims {
  const [year = "", month = "", day = ""] = account.birthDate.split("-");
  const isCmnd = account.identityNumber.length === 9;
  const level = account.assurance === 3 ? "3" : "2";
  return {
    sub: account.id,
    name: account.name,
    birthdate: account.birthDate,
    ...(account.sex ? { gender: account.sex } : {}),
    ...(account.email ? { email: account.email, email_verified: false } : {}),
    phone_number: `+84${account.phone.slice(1)}`,
    // The register said the number is the person's, and a code sent to it was answered.
    phone_number_verified: true,
    ...(account.address ? { address: addressClaim(account.address) } : {}),
    updated_at: Math.floor(account.updatedAt.getTime() / 1_000),
    LoaiTaiKhoan: account.kind === "business" ? "2" : "1",
    SoDinhDanh: isCmnd ? "" : account.identityNumber,
    SoCMND: isCmnd ? account.identityNumber : "",
    HoVaTen: account.name,
    NgayThangNamSinh: `${day}/${month}/${year}`,
    GioiTinh: account.sex === "male" ? "1" : account.sex === "female" ? "0" : "",
    SoDienThoai: account.phone,
    ThuDienTu: account.email ?? "",
    DiaChi: account.address?.formatted ?? "",
    TechID: account.id,
    loAs: level,
    IAL: level,
  };
}

function addressClaim(address: NonNullable<ClaimsSource["address"]>): NonNullable<StandardClaims["address"]> {
  return {
    formatted: address.formatted,
    ...(address.street ? { street_address: address.street } : {}),
    country: "VN",
    ...(address.commune ? { commune_code: address.commune } : {}),
    ...(address.district ? { district_code: address.district } : {}),
    ...(address.province ? { province_code: address.province } : {}),
  };
}
