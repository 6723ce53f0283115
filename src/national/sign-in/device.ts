/** What a person recognises a session by: the browser's and system's names, the network without its last part. */
const BROWSERS = [
  [/\bEdg\//, "Edge"],
  [/\b(OPR|Opera)\b/, "Opera"],
  [/coc_coc_browser/i, "Cốc Cốc"],
  [/\bZalo\b/i, "Zalo"],
  [/\bSamsungBrowser\b/, "Samsung Internet"],
  [/\bFirefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const;
const SYSTEMS = [
  [/\bAndroid\b/, "Android"],
  [/\b(iPhone|iPad)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
] as const;

/** "Chrome, Android"; "" when the browser does not say. */
export function deviceOf(userAgent: string | undefined): string {
  const text = (userAgent ?? "").slice(0, 400);
  const names = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(text))?.[1]);
  return names.filter(Boolean).join(", ");
}

/** "203.0.113.x", "2001:db8:1::" */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/, "");
  if (plain.includes(".")) return `${plain.split(".").slice(0, 3).join(".")}.x`;
  return plain === "::1" ? "::1" : `${plain.split(":").slice(0, 3).join(":")}::`;
}
