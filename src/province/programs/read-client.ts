/** The form that lets a program in. Pure. */
import {
  checkDate,
  checkEmail,
  checkIdentityNumber,
  checkMobile,
  checkPersonName,
  cleanText,
} from "#kit/vietnamese.ts";
import { type Owner, type Scope, SCOPES } from "./client.ts";

export interface TypedClient {
  readonly name: string;
  readonly ownerName: string;
  readonly identityNumber: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly email: string;
  readonly address: string;
  readonly scopes: readonly string[];
}

export type ClientFault = "name" | "ownerName" | "identityNumber" | "birthDate" | "phone" | "email" | "scopes";

export function readClient(
  typed: TypedClient,
):
  | { readonly ok: true; readonly name: string; readonly owner: Owner; readonly scopes: readonly Scope[] }
  | { readonly ok: false; readonly faults: readonly ClientFault[] } {
  const faults: ClientFault[] = [];
  const name = cleanText(typed.name);
  if (name.length < 2 || name.length > 200) faults.push("name");
  const person = checkPersonName(typed.ownerName);
  if (!person.ok) faults.push("ownerName");
  const day = checkDate(typed.birthDate);
  if (!day.ok) faults.push("birthDate");
  const identity = checkIdentityNumber(typed.identityNumber, day.ok ? day.value : undefined);
  if (!identity.ok || identity.value.length !== 12) faults.push("identityNumber");
  const phone = typed.phone ? checkMobile(typed.phone) : undefined;
  if (phone && !phone.ok) faults.push("phone");
  const email = typed.email ? checkEmail(typed.email) : undefined;
  if (email && !email.ok) faults.push("email");
  const scopes = SCOPES.filter((scope) => typed.scopes.includes(scope));
  if (scopes.length === 0) faults.push("scopes");
  if (faults.length > 0 || !person.ok || !day.ok || !identity.ok) return { ok: false, faults };
  const address = cleanText(typed.address).slice(0, 300);
  const owner: Owner = {
    name: person.value,
    identityNumber: identity.value,
    identityKind: "cccd",
    birthDate: day.value,
    ...(phone?.ok ? { phone: phone.value } : {}),
    ...(email?.ok ? { email: email.value } : {}),
    ...(address ? { address } : {}),
  };
  return { ok: true, name, owner, scopes };
}
