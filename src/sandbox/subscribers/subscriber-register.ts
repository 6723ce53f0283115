import { fold } from "#kit/vietnamese.ts";

/** One line of the operators' register: who holds a mobile number. */
export interface Subscriber {
  readonly phone: string;
  readonly identityNumber: string;
  readonly name: string;
}

export type Ownership = "yes" | "no" | "unknown";

/**
 * Is this the holder of the number ("chính chủ")? unknown: the number is in no register. The name is compared without
 * accents and case, because operators' registers were often typed without them.
 */
export function checkOwner(register: readonly Subscriber[], asked: Subscriber): Ownership {
  const phone = asked.phone.replace(/[\s.]/g, "").replace(/^\+?84/, "0");
  const holder = register.find((one) => one.phone === phone);
  if (!holder) return "unknown";
  const sameName = fold(holder.name) === fold(asked.name.trim().replace(/\s+/g, " "));
  return holder.identityNumber === asked.identityNumber.trim() && sameName ? "yes" : "no";
}
