/** The parts of a linked filing, for its applicant and for the officers of each part. */
import { formatDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, icon } from "#kit/ui/index.ts";
import { dossierPaths, stateTag } from "#province/dossiers/index.ts";
import { placeText } from "#province/tenants/index.ts";
import type { LinkedPartView } from "../linked.ts";
import { linkedPaths } from "../paths.ts";
import { messages } from "../messages.ts";

export interface LinkedPanelProps {
  readonly lang: Lang;
  readonly parts: readonly LinkedPartView[];
  readonly together: boolean;
  /** Name of a province by its code. */
  readonly provinceName: (code: string) => string;
  /** The part whose own page this is. */
  readonly current?: string | undefined;
}

/** On the page of the whole: what became of the filing, and what each part waits for. */
export function linkedSection(props: LinkedPanelProps): Html {
  const { lang, parts, together } = props;
  const t = messages[lang];
  const paying = parts.some(({ feeState }) => feeState !== "none");
  return html`<section class="linked" aria-labelledby="linked-title"><h2 class="govuk-heading-m" id="linked-title">${t.title}</h2><p>${t.lead(parts.length)} ${together ? t.together : t.asReady}${paying ? html` ${t.moneyInParts}` : null}</p>${linkedList(props)}</section>`;
}

/** The parts in their order; beneath the row of the account's list too. */
export function linkedList(props: LinkedPanelProps): Html {
  return html`<ol class="linked__parts">${props.parts.map((part) => partItem(part, props))}</ol>`;
}

function partItem(part: LinkedPartView, props: LinkedPanelProps): Html {
  const { lang } = props;
  const t = messages[lang];
  const name = part.procedure.name[lang];
  const here = part.code === props.current;
  const title =
    part.dossierId && !here
      ? html`<a class="govuk-link" href="${dossierPaths.dossier(part.dossierId)}">${name}</a>`
      : html`<strong>${name}</strong>`;
  return html`<li class="linked__part${here ? " linked__part--here" : ""}"><div class="linked__what"><p class="linked__name">${title}${here ? html` <span class="muted">(${t.here})</span>` : null}</p><p class="linked__where">${where(part, props)}</p>${note(part, props)}</div><div class="linked__state">${part.state ? stateTag({ state: part.state, ending: part.ending }, lang) : null}</div><div class="linked__acts">${acts(part, props)}</div></li>`;
}

function where(part: LinkedPartView, { lang, provinceName }: LinkedPanelProps): Html {
  const t = messages[lang];
  const facts = [
    part.province
      ? `${placeText(part.agency.name, lang)} (${t.elsewhere(provinceName(part.province))})`
      : placeText(part.agency.name, lang),
    part.officialCode ?? (part.number === null ? "" : `${t.number} ${part.number}`),
    part.dueAt ? `${t.due} ${formatDate(part.dueAt)}` : "",
  ];
  return html`${facts.filter(Boolean).join(" · ")}`;
}

/** Why it has not begun, or not been given, or what ended it. */
function note(part: LinkedPartView, { lang, parts, provinceName }: LinkedPanelProps): Html | null {
  const t = messages[lang];
  if (isWaiting(part))
    return html`<p class="linked__note">${icon("clock", 16)} ${t.waits(waitedFor(part, parts, lang))}</p>`;
  if (part.state === "result-ready" && part.hold === "returned-together")
    return html`<p class="linked__note">${icon("stamp", 16)} ${t.held}</p>`;
  if (part.province && part.state === null && part.opened)
    return html`<p class="linked__note">${icon("send", 16)} ${t.sent(provinceName(part.province))}</p>`;
  return part.reason ? html`<p class="linked__note">${part.reason}</p>` : null;
}

export function isWaiting(part: LinkedPartView): boolean {
  return !part.opened && part.endedBecause === null;
}

export function waitedFor(part: LinkedPartView, parts: readonly LinkedPartView[], lang: Lang): string {
  return parts
    .filter(({ code }) => part.waitsFor.includes(code))
    .map(({ procedure }) => procedure.name[lang])
    .join(", ");
}

/** What waits for the person, part by part. */
function acts(part: LinkedPartView, { lang, provinceName }: LinkedPanelProps): Html | null {
  const t = messages[lang];
  const about = part.procedure.name[lang];
  if (part.province) {
    const link = part.told?.link;
    return html`${part.hasResult ? act(t.download, linkedPaths.result(part.wholeId, part.code), about) : null}${link ? html`<a class="govuk-link" href="${link}">${t.openElsewhere(provinceName(part.province))}</a>` : null}`;
  }
  const id = part.dossierId;
  if (!id) return null;
  return html`${part.state === "supplement-requested" ? act(t.answer, dossierPaths.supplement(id), about) : null}${part.feeState === "due" && !part.ending ? act(t.pay, dossierPaths.payment(id), about) : null}${part.hasResult ? act(t.download, dossierPaths.resultFile(id), about) : null}`;
}

function act(label: string, href: string, about: string): Html {
  return button({ label, href, small: true, kind: "secondary", ariaLabel: `${label}: ${about}` });
}
