export interface SubscriberQuery {
  /** 0 and nine digits. */
  readonly phone: string;
  /** CCCD of 12 digits or CMND of 9. */
  readonly identityNumber: string;
  /** Full name, NFC. The register compares without capitals and repeated blanks, but with marks. */
  readonly name: string;
}

export interface SubscriberAnswer {
  /** yes: all three belong together; no: the number is another's; unknown: the number is in no register. */
  readonly owner: "yes" | "no" | "unknown";
}

export function isSubscriberQuery(value: unknown): value is SubscriberQuery {
  if (typeof value !== "object" || value === null) return false;
  const query = value as Record<string, unknown>;
  return (
    typeof query["phone"] === "string" &&
    /^0\d{9}$/.test(query["phone"]) &&
    typeof query["identityNumber"] === "string" &&
    /^(\d{9}|\d{12})$/.test(query["identityNumber"]) &&
    typeof query["name"] === "string" &&
    query["name"].length <= 200
  );
}

export function isSubscriberAnswer(value: unknown): value is SubscriberAnswer {
  if (typeof value !== "object" || value === null) return false;
  const { owner } = value as Record<string, unknown>;
  return owner === "yes" || owner === "no" || owner === "unknown";
}
