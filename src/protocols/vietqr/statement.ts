/**
 * The statement feed of a bank account: JSON lines, oldest first. No two banks have the same one; this is the shape that
 * a bank's adapter gives us, and the demo's bank speaks it as it is.
 */
export interface StatementLine {
  /** The bank's own number of the booking: grows, never used twice on one account. */
  readonly id: string;
  readonly account: string;
  readonly direction: "in" | "out";
  /** đồng */
  readonly amount: number;
  /** "Nội dung chuyển khoản", as the bank passes it on. */
  readonly content: string;
  readonly bookedAt: Date;
}

/** Reads JSON lines; a line that is none makes the whole answer unreadable, because skipping one would lose money. */
export function readStatement(text: string): StatementLine[] | undefined {
  const out: StatementLine[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const read = readLine(line);
    if (!read) return undefined;
    out.push(read);
  }
  return out;
}

function readLine(line: string): StatementLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { id, account, direction, amount, content, bookedAt } = value as Record<string, unknown>;
  if (typeof id !== "string" || !/^[0-9A-Za-z_-]{1,64}$/.test(id) || typeof account !== "string") return undefined;
  if (direction !== "in" && direction !== "out") return undefined;
  if (typeof amount !== "number" || !Number.isSafeInteger(amount) || amount <= 0) return undefined;
  if (typeof content !== "string" || content.length > 1_000 || typeof bookedAt !== "string") return undefined;
  const at = new Date(bookedAt);
  if (Number.isNaN(at.getTime())) return undefined;
  return { id, account, direction, amount, content, bookedAt: at };
}
