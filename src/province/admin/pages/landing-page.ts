import { html, type Html } from "#kit/html.ts";
import { icon } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import { PLACES } from "../places.ts";
import { type AdminFramed, adminFrame } from "./frame.ts";

/** `/quan-tri`: every place with one sentence about it. */
export function landingPage(framed: AdminFramed): Html {
  const t = messages[framed.lang];
  return adminFrame(framed, {
    title: t.title,
    path: "/quan-tri",
    body: html`<p class="lead">${t.lead}</p><ul class="admin-places">${PLACES.map(
      (place) =>
        html`<li class="admin-places__place">${icon(place.icon)}<div><h2 class="govuk-heading-m"><a class="govuk-link" href="${place.href}">${place.title[framed.lang]}</a></h2><p>${place.about[framed.lang]}</p></div></li>`,
    )}</ul>`,
  });
}
