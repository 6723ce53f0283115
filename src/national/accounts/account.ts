/** Types of the accounts room. */
import type { PlainDate } from "#kit/calendar.ts";

/** 2: mobile subscriber (IAL2, "trung bình"); 3: verified in person or by digital signature (IAL3, "cao"). */
export type AssuranceLevel = 2 | 3;

export interface PostalAddress {
  readonly street: string;
  /** Unit codes of the General Statistics Office, as in force when the address was given. */
  readonly commune?: string;
  readonly district?: string;
  readonly province?: string;
  /** The address in one line, as people write it. */
  readonly formatted: string;
}

export interface Account {
  /** TechID; the `sub` of OpenID Connect. */
  readonly id: string;
  readonly kind: "citizen" | "business";
  /** CCCD of 12 digits, or CMND of 9. */
  readonly identityNumber: string;
  readonly name: string;
  readonly birthDate: PlainDate;
  readonly sex: "male" | "female" | null;
  readonly phone: string;
  readonly email: string | null;
  readonly address: PostalAddress | null;
  readonly assurance: AssuranceLevel;
  readonly state: "active" | "locked";
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface RegistrationInput {
  readonly identityNumber: string;
  readonly name: string;
  readonly birthDate: PlainDate;
  readonly phone: string;
  readonly email: string | null;
}

export interface Registration extends RegistrationInput {
  readonly id: string;
  readonly state: "otp" | "password" | "done" | "has-account";
  readonly accountId: string | null;
  readonly expiresAt: Date;
}
