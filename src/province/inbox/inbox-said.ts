import type { FastifyRequest } from "fastify";

export interface Said {
  readonly tone: "success" | "danger";
  readonly text: string;
}

const FLASH = "inbox-said";

/** Said once on the list, after the redirect. */
export function sayNext(request: FastifyRequest, said: Said): void {
  request.session.set(FLASH, said);
}

export function takeSaid(request: FastifyRequest): Said | undefined {
  return request.session.take<Said>(FLASH);
}
