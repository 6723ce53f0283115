/** Addresses of the verification pages, as they stand in QR codes for years. */
export const verificationPaths = {
  start: "/xac-minh",
  pattern: "/xac-minh/:code",
  file: "/xac-minh/tep",
} as const;

/** `/xac-minh/ABCD…` of a document's code. */
export function verificationPath(code: string): string {
  return `${verificationPaths.start}/${encodeURIComponent(code)}`;
}

/** `ABCD-EFGH-JKMN-PQRS`: a code in groups that people can read and type. */
export function groupCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

/** What a person typed or a QR code carried (the address of its page), as the code that is stored; undefined when it cannot be one. */
export function readCode(text: string): string | undefined {
  const [, inAddress = text] = /^\s*https?:\/\/[^\s?#]*\/xac-minh\/([^\s/?#]+)/i.exec(text) ?? [];
  const code = inAddress.toUpperCase().replaceAll(/[\s.\-–]/g, "");
  return /^[2-9A-HJ-NP-Z]{16}$/.test(code) ? code : undefined;
}
