/** "Nguyễn Văn An" → "N. V. An": enough to see that one pays for the right person, not enough to learn who it is. */
export function maskName(name: string): string {
  const parts = name.normalize("NFC").trim().split(/\s+/u);
  const last = parts.pop() ?? "";
  return [...parts.map((part) => `${[...part][0] ?? ""}.`), last].join(" ");
}
