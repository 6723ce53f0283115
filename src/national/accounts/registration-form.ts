/** The registration form as pure rules: what was typed → what is registered, or reasons by field. */
import type { PlainDate } from "#kit/calendar.ts";
import {
  checkDate,
  checkEmail,
  checkIdentityNumber,
  checkMobile,
  checkPersonName,
  type DateReason,
  type EmailReason,
  type IdentityReason,
  type NameReason,
  type PhoneReason,
} from "#kit/vietnamese.ts";
import type { RegistrationInput } from "./account.ts";

export const REGISTRATION_FIELDS = [
  "identityNumber",
  "name",
  "birthDate",
  "phone",
  "email",
  "agree",
  "captcha",
] as const;
export type RegistrationField = (typeof REGISTRATION_FIELDS)[number];

export type RegistrationFault =
  | IdentityReason
  | NameReason
  | DateReason
  | PhoneReason
  | EmailReason
  | "phone-not-owner"
  | "agree-missing"
  | "captcha-missing"
  | "captcha-wrong"
  | "captcha-expired";

export type RegistrationFaults = Partial<Record<RegistrationField, RegistrationFault>>;

/** As typed: put back into the fields when something is wrong. */
export interface RegistrationTyped {
  readonly identityNumber: string;
  readonly name: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly email: string;
  readonly agree: boolean;
}

export const EMPTY_REGISTRATION: RegistrationTyped = {
  identityNumber: "",
  name: "",
  birthDate: "",
  phone: "",
  email: "",
  agree: false,
};

export function readRegistration(
  typed: RegistrationTyped,
  today: PlainDate,
): { readonly faults: RegistrationFaults; readonly input: RegistrationInput | undefined } {
  const birthDate = checkDate(typed.birthDate, { notAfter: today });
  const identity = checkIdentityNumber(typed.identityNumber, birthDate.ok ? birthDate.value : undefined);
  const name = checkPersonName(typed.name);
  const phone = checkMobile(typed.phone);
  const email = typed.email.trim() === "" ? ({ ok: true, value: "" } as const) : checkEmail(typed.email);
  const faults: RegistrationFaults = {
    ...(identity.ok ? {} : { identityNumber: identity.reason }),
    ...(name.ok ? {} : { name: name.reason }),
    ...(birthDate.ok ? {} : { birthDate: birthDate.reason }),
    ...(phone.ok ? {} : { phone: phone.reason }),
    ...(email.ok ? {} : { email: email.reason }),
    ...(typed.agree ? {} : { agree: "agree-missing" as const }),
  };
  if (!identity.ok || !name.ok || !birthDate.ok || !phone.ok || !email.ok || !typed.agree)
    return { faults, input: undefined };
  return {
    faults,
    input: {
      identityNumber: identity.value,
      name: name.value,
      birthDate: birthDate.value,
      phone: phone.value,
      email: email.value === "" ? null : email.value,
    },
  };
}
