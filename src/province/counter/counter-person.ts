/** Who stands at the counter, from the form: checked like an account, because dossiers join the account by it. Pure. */
import type { PlainDate } from "#kit/calendar.ts";
import type { Lang } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import {
  checkDate,
  checkEmail,
  checkIdentityNumber,
  checkMobile,
  checkPersonName,
  cleanText,
} from "#kit/vietnamese.ts";
import type { Applicant, PostArrival } from "#province/dossiers/index.ts";
import { messages } from "./messages.ts";

/** As typed. */
export interface TypedPerson {
  readonly identityNumber: string;
  readonly name: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly email: string;
  readonly address: string;
  readonly agency: string;
  readonly way: string;
  readonly itemCode: string;
  readonly arrivedOn: string;
  readonly postmarkedOn: string;
}

export const NOBODY: TypedPerson = {
  identityNumber: "",
  name: "",
  birthDate: "",
  phone: "",
  email: "",
  address: "",
  agency: "",
  way: "counter",
  itemCode: "",
  arrivedOn: "",
  postmarkedOn: "",
};

export interface CounterPerson {
  readonly person: Omit<Applicant, "sub">;
  readonly channel: "counter" | "post";
  readonly post?: PostArrival;
}

export function readCounterPerson(
  typed: TypedPerson,
  today: PlainDate,
  lang: Lang,
):
  | { readonly ok: true; readonly value: CounterPerson }
  | { readonly ok: false; readonly errors: readonly PageError[] } {
  const t = messages[lang].errors;
  const errors: PageError[] = [];
  const bad = (field: keyof TypedPerson, message: string): "" => {
    errors.push({ field, message });
    return "";
  };
  const birth = checkDate(typed.birthDate, { notAfter: today });
  const birthDate = birth.ok ? birth.value : bad("birthDate", t.birthDate);
  const identity = checkIdentityNumber(typed.identityNumber, birth.ok ? (birth.value as PlainDate) : undefined);
  const identityNumber = identity.ok ? identity.value : bad("identityNumber", t.identity[identity.reason]);
  const name = checkPersonName(typed.name);
  const personName = name.ok ? name.value : bad("name", t.name);
  const phone = typed.phone === "" ? undefined : checkMobile(typed.phone);
  if (phone && !phone.ok) bad("phone", t.phone);
  const email = typed.email === "" ? undefined : checkEmail(typed.email);
  if (email && !email.ok) bad("email", t.email);
  const address = cleanText(typed.address).slice(0, 300);
  const channel = typed.way === "post" ? "post" : "counter";
  const arrived = channel === "post" ? checkDate(typed.arrivedOn, { notAfter: today }) : undefined;
  if (arrived && !arrived.ok) bad("arrivedOn", t.arrivedOn);
  const postmarked =
    channel === "post" && typed.postmarkedOn !== ""
      ? checkDate(typed.postmarkedOn, { notAfter: arrived?.ok ? arrived.value : today })
      : undefined;
  if (postmarked && !postmarked.ok) bad("postmarkedOn", t.postmarkedOn);
  const itemCode = cleanText(typed.itemCode).toUpperCase();
  if (channel === "post" && !/^[A-Z0-9-]{5,40}$/.test(itemCode)) bad("itemCode", t.itemCode);
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    value: {
      person: {
        name: personName,
        identityNumber,
        identityKind: identityNumber.length === 12 ? "cccd" : "cmnd",
        birthDate,
        ...(phone?.ok ? { phone: phone.value } : {}),
        ...(email?.ok ? { email: email.value } : {}),
        ...(address ? { address } : {}),
      },
      channel,
      ...(arrived?.ok
        ? {
            post: { itemCode, arrivedOn: arrived.value, ...(postmarked?.ok ? { postmarkedOn: postmarked.value } : {}) },
          }
        : {}),
    },
  };
}
