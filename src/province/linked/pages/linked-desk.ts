/** The parts of a linked filing on an officer's page: who does what, and what this part waits for. */
import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { notice } from "#kit/ui/index.ts";
import { stateTag } from "#province/dossiers/index.ts";
import { placeName } from "#province/tenants/index.ts";
import type { LinkedPartView } from "../linked.ts";
import { messages } from "../messages.ts";
import type { Unfinished } from "../unfinished.ts";
import { unfinishedMessages } from "../unfinished-messages.ts";
import { isWaiting, waitedFor } from "./linked-panel.ts";

export interface LinkedDeskProps {
  readonly lang: Lang;
  readonly parts: readonly LinkedPartView[];
  readonly together: boolean;
  /** Messages to and from other provinces that are not done. */
  readonly late: readonly Unfinished[];
  readonly wholeNumber: number | null;
  readonly provinceName: (code: string) => string;
  readonly current: string;
  /** Units that the officer may open dossiers of. */
  readonly openTo: (agencyId: string) => boolean;
}

export function linkedDesk(props: LinkedDeskProps): Html {
  const { lang, parts } = props;
  const t = messages[lang];
  return html`<section class="case-side" aria-labelledby="side-linked"><h2 class="govuk-heading-s" id="side-linked">${t.title}${props.wholeNumber === null ? null : html` <span class="tabular">${t.wholeNumber} ${props.wholeNumber}</span>`}</h2><p class="muted">${props.together ? t.deskTogether : t.deskAsReady}</p>${lateNotes(props.late, lang, props.provinceName)}<ol class="linked__parts linked__parts--desk">${parts.map((part) => row(part, props))}</ol></section>`;
}

function row(part: LinkedPartView, { lang, parts, current, openTo, provinceName }: LinkedDeskProps): Html {
  const t = messages[lang];
  const name = part.procedure.name[lang];
  const here = part.dossierId === current;
  const facts = [
    part.officialCode ?? (part.number === null ? "" : `${t.number} ${part.number}`),
    part.dueAt ? `${t.due} ${formatDate(part.dueAt)}` : "",
    part.officer ? `${t.officer}: ${part.officer}` : "",
  ];
  return html`<li class="linked__part${here ? " linked__part--here" : ""}"><p class="linked__name">${
    part.dossierId && !here && openTo(part.agency.id)
      ? html`<a class="govuk-link" href="/ho-so/${part.dossierId}">${name}</a>`
      : html`<strong>${name}</strong>`
  }${here ? html` <span class="muted">(${t.here})</span>` : null}</p><p class="linked__where">${placeName(part.agency.name, lang)}${part.province ? ` (${t.elsewhere(provinceName(part.province))})` : ""}</p><p class="linked__where tabular">${facts.filter(Boolean).join(" · ")}</p>${part.state ? html`<p>${stateTag({ state: part.state, ending: part.ending }, lang)}</p>` : null}${isWaiting(part) ? html`<p class="linked__note">${t.waits(waitedFor(part, parts, lang))}</p>` : part.state === "result-ready" && part.hold === "returned-together" ? html`<p class="linked__note">${t.held}</p>` : null}</li>`;
}

/** A part of another province's filing: only that is known here. */
export function guestDesk(
  lang: Lang,
  province: string,
  guest: { wholeNumber: number; wholeName: string; together: boolean },
  late: readonly Unfinished[],
): Html {
  const t = messages[lang];
  return html`<section class="case-side" aria-labelledby="side-linked"><h2 class="govuk-heading-s" id="side-linked">${t.title}</h2><p>${t.ofProvince(province, guest.wholeNumber)}</p><p class="muted">${guest.wholeName}. ${guest.together ? t.deskTogether : t.deskAsReady}</p>${lateNotes(late, lang, () => province)}</section>`;
}

/** The oldest of each direction: whoever handles the dossier knows that what is shown may be old. */
function lateNotes(late: readonly Unfinished[], lang: Lang, provinceName: (code: string) => string): Html[] {
  const t = unfinishedMessages[lang].desk;
  return (["out", "in"] as const).flatMap((direction) => {
    const first = late.find((one) => one.direction === direction);
    if (!first) return [];
    const text = t[direction](provinceName(first.other), formatDateTime(first.at));
    return [notice({ tone: "warning", body: html`<p>${text}${first.told ? html` ${t.told}` : null}</p>` })];
  });
}
