/**
 * A dossier's code or number as people type it: spaces, dots and dashes as they come. `000.20.31.H53-200722-0001` keeps its
 * shape; "HS 363.815", "363815" become the number. Undefined for anything else. Pure.
 */
export function readAsked(typed: string): { readonly code?: string; readonly number?: number } | undefined {
  const text = typed.normalize("NFC").toUpperCase().replace(/\s+/g, "").slice(0, 60);
  const digits = text.replace(/^HS/, "").replace(/\./g, "");
  if (/^\d{1,12}$/.test(digits)) return { number: Number(digits) };
  const code = text.replace(/[\u2010-\u2015]/g, "-");
  return /^[0-9A-Z]+(?:\.[0-9A-Z]+)*-\d{6}-\d{4,6}$/.test(code) ? { code } : undefined;
}

/** 9 or 12 digits of an identity paper, or its last four; undefined for anything else. */
export function readPaper(typed: string): string | undefined {
  const digits = typed.replace(/[\s.-]/g, "");
  return /^(\d{4}|\d{9}|\d{12})$/.test(digits) ? digits : undefined;
}
