import { formatDate, plainDateOf } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, details, errorOf, type PageError } from "#kit/ui/index.ts";
import type { PaperOffer } from "../filing-deps.ts";
import { fileSize } from "../filing-draft.ts";
import { filingMessages } from "../filing-messages.ts";
import { dossierPaths } from "../paths.ts";

export function offerControl(component: string): string {
  return `reuse.${component}`;
}

export function consentControl(component: string): string {
  return `consent.${component}`;
}

/** What the person has already: ticked, agreed to and used, instead of photographed again. Null without an offer. */
export function paperOffers(
  component: string,
  props: {
    readonly lang: Lang;
    /** Papers the person has already, by component. */
    readonly offers: ReadonlyMap<string, readonly PaperOffer[]>;
    /** Offers that were ticked on a page that comes back with errors. */
    readonly chosen: ReadonlyMap<string, readonly string[]>;
    readonly errors: readonly PageError[];
  },
): Html | null {
  const { lang } = props;
  const t = filingMessages[lang].papers;
  const offers = props.offers.get(component) ?? [];
  if (offers.length === 0) return null;
  const chosen = props.chosen.get(component) ?? [];
  const control = offerControl(component);
  const consent = consentControl(component);
  const error = errorOf(props.errors, consent);
  const body = html`<p class="govuk-hint">${t.offersHint} <a class="govuk-link" href="${dossierPaths.ownPapers()}">${t.ownPapers}</a></p><div class="govuk-checkboxes govuk-checkboxes--small">${offers.map(
    (offer, index) =>
      html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${control}-${index}" name="${control}" value="${offer.value}"${chosen.includes(offer.value) ? html` checked` : null}><label class="govuk-label govuk-checkboxes__label" for="${control}-${index}">${offer.name}<span class="paper-offer__what">${t.offerKinds[offer.kind]} · ${formatDate(plainDateOf(offer.at))} · ${fileSize(offer.size)}</span></label></div>`,
  )}</div><div class="govuk-form-group paper-offer__consent${error ? " govuk-form-group--error" : ""}">${
    error ? html`<p class="govuk-error-message" id="${consent}-error">${error}</p>` : null
  }<div class="govuk-checkboxes"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${consent}" name="${consent}" value="1"${error ? html` aria-invalid="true" aria-describedby="${consent}-error"` : null}><label class="govuk-label govuk-checkboxes__label" for="${consent}">${t.consent}</label></div></div></div>${button({ label: t.useOffer, kind: "secondary", name: "_action", value: "reuse", noValidate: true })}`;
  const open = error !== undefined;
  return open
    ? html`<div class="paper-offer">${body}</div>`
    : html`<div class="paper-offer">${details(t.offers(offers.length), body)}</div>`;
}
