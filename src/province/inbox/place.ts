/** Where in which list the officer opened a dossier from: next and previous follow that list without going back to it. */
import type { FastifyRequest } from "fastify";
import { html, type Html } from "#kit/html.ts";
import { messages } from "./messages.ts";

export interface Place {
  readonly dossierId: string;
  /** The list as an address, and the row's key in it. */
  readonly list: string;
  readonly key: string;
}

const PLACE = "inbox-place";

export function rowHref(dossierId: string, list: string, key: string): string {
  return `/ho-so/${dossierId}?${new URLSearchParams({ ds: list, k: key }).toString()}`;
}

/** Keeps the place named in the dossier's address. */
export function keepPlace(request: FastifyRequest, dossierId: string): void {
  const { ds, k } = request.query as Record<string, unknown>;
  if (typeof ds !== "string" || typeof k !== "string" || ds.length > 500 || k.length > 200) return;
  request.session.set(PLACE, { dossierId, list: ds, key: k } satisfies Place);
}

export function placeOf(request: FastifyRequest, dossierId: unknown): Place | undefined {
  const place = request.session.get<Place>(PLACE);
  return place?.dossierId === dossierId ? place : undefined;
}

/** Links to the dossiers beside this one; null when it was not opened from a list. */
export function besideNav(request: FastifyRequest, dossierId: string): Html | null {
  const place = placeOf(request, dossierId);
  if (!place) return null;
  const t = messages[request.lang];
  const list = new URLSearchParams(place.list).toString();
  return html`<desk-beside><nav class="beside" aria-label="${t.title}"><a class="govuk-link" data-key="p" href="/ho-so/${dossierId}/ke-tiep?huong=truoc">${t.previous}</a><a class="govuk-link" data-key="n" href="/ho-so/${dossierId}/ke-tiep?huong=sau">${t.next}</a><a class="govuk-link" data-key="u" href="/?${list}">${t.toList}</a></nav></desk-beside>`;
}
