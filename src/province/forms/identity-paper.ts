import type { IdentityPaper } from "./form.ts";

/** The kind of paper a number belongs to by its shape; undefined when it is none of them. */
export function identityPaperOf(number: string): IdentityPaper | undefined {
  if (/^\d{12}$/.test(number)) return "cccd";
  if (/^\d{9}$/.test(number)) return "cmnd";
  if (/^[A-Z]{1,2}\d{6,8}$/.test(number)) return "passport";
  return undefined;
}
