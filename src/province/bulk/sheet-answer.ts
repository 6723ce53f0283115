/** Answers about sheets: why one is not taken, and one that is given. */
import type { FastifyReply } from "fastify";
import { contentDisposition } from "#kit/files.ts";
import type { Lang } from "#kit/i18n.ts";
import { messages } from "./messages.ts";
import type { SheetTaken } from "./open-batch.ts";
import type { SheetKind } from "./sheet-template.ts";

/** In the person's words, with the cell where it lies. */
export function sheetFault(taken: Extract<SheetTaken, { ok: false }>, lang: Lang): string {
  const t = messages[lang];
  return t.faults[taken.problem] + (taken.at ? t.atCell(taken.at) : "");
}

const TYPES = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
} as const;

export function sendSheet(reply: FastifyReply, name: string, bytes: Buffer, kind: SheetKind): FastifyReply {
  return reply
    .headers({
      "content-disposition": contentDisposition("attachment", name.replaceAll("/", "-")),
      "cache-control": "private, no-store",
    })
    .type(TYPES[kind])
    .send(bytes);
}
