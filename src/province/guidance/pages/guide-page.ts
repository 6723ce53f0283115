import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { details, icon } from "#kit/ui/index.ts";
import type { Agency, Contact } from "#province/tenants/index.ts";
import type { LifeEvent } from "../life-events.ts";
import { messages } from "../messages.ts";
import { guidancePaths } from "../paths.ts";
import { stepDrawing } from "./step-drawings.ts";

export type GuidePageProps = {
  readonly lang: Lang;
  readonly events: readonly LifeEvent[];
  readonly contacts: readonly Contact[];
  readonly agencies: readonly Pick<Agency, "name" | "phone">[];
  /** "07:00–11:30, 13:30–17:00" */
  readonly hours: string;
};

export function guidePage(props: GuidePageProps): Html {
  const { lang } = props;
  const t = messages[lang].guide;
  return html`<h1 class="govuk-heading-xl">${t.title}</h1><p class="govuk-body-l guide__lead">${t.lead}</p><ol class="guide">${t.steps.map(
    ([drawing, title, text]) =>
      html`<li class="guide__step">${stepDrawing(drawing)}<div><h2 class="govuk-heading-m">${title}</h2><p class="govuk-body">${text}</p></div></li>`,
  )}</ol><section class="home-part"><h2 class="govuk-heading-l">${t.events}</h2>${eventLinks(lang, props.events)}</section><section class="home-part"><h2 class="govuk-heading-l">${t.help}</h2><p class="govuk-body">${t.helpText}</p><p class="govuk-body">${t.hours(props.hours)}</p>${contactList(lang, props.contacts)}${details(
    t.units,
    html`<ul class="units">${props.agencies.map(({ name, phone }) => html`<li>${name[lang]}${phone ? html`, <a class="govuk-link tabular" href="tel:${phone.replaceAll(" ", "")}">${phone}</a>` : null}</li>`)}</ul>`,
  )}<print-page><button class="link-button" type="button" hidden>${icon("print", 18)} ${t.print}</button></print-page></section>`;
}

export function contactList(lang: Lang, contacts: readonly Contact[]): Html {
  return html`<ul class="units units--support">${contacts.map(({ name, phone }) => html`<li>${name[lang]}: <a class="govuk-link tabular" href="tel:${phone.replaceAll(" ", "")}">${phone}</a></li>`)}</ul>`;
}

export function eventLinks(lang: Lang, events: readonly LifeEvent[]): Html {
  return html`<ul class="life-events">${events.map(
    ({ slug, icon: name, name: title, text }) =>
      html`<li><a class="life-events__link" href="${guidancePaths.lifeEvent(slug)}"><span class="life-events__icon">${icon(name, 24)}</span><span><span class="life-events__name">${title[lang]}</span><span class="life-events__text">${text[lang]}</span></span></a></li>`,
  )}</ul>`;
}
