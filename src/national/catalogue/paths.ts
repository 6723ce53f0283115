/** Addresses of this room on the national portal. */
import type { ItemCursor } from "./catalogue-view.ts";

export function searchPath(asked: {
  readonly words: string;
  readonly province?: string | undefined;
  readonly after?: ItemCursor;
}): string {
  const query = new URLSearchParams();
  if (asked.words) query.set("q", asked.words);
  if (asked.province) query.set("tinh", asked.province);
  if (asked.after) query.set("sau", `${asked.after.rank}~${asked.after.code}~${asked.after.province}`);
  const text = query.toString();
  return text === "" ? "/tim-kiem" : `/tim-kiem?${text}`;
}

export function readCursor(text: unknown): ItemCursor | undefined {
  const [, rank, code, province] = /^(-?\d{1,6})~([\dA-Za-z.]{3,40})~([a-z0-9-]{1,40})$/.exec(String(text ?? "")) ?? [];
  return rank !== undefined && code !== undefined && province !== undefined
    ? { rank: Number(rank), code, province }
    : undefined;
}
