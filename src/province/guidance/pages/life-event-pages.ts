import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, emptyState } from "#kit/ui/index.ts";
import { type CatalogueRow, procedureList } from "#province/catalogue/index.ts";
import type { Contact } from "#province/tenants/index.ts";
import type { LifeEvent } from "../life-events.ts";
import { messages } from "../messages.ts";
import { guidancePaths } from "../paths.ts";
import { contactList, eventLinks } from "./guide-page.ts";

export function lifeEventsPage(lang: Lang, events: readonly LifeEvent[]): Html {
  const t = messages[lang].events;
  return html`<h1 class="govuk-heading-xl">${t.title}</h1><p class="govuk-body-l">${t.lead}</p>${eventLinks(lang, events)}`;
}

export type LifeEventPageProps = {
  readonly lang: Lang;
  readonly event: LifeEvent;
  readonly rows: readonly CatalogueRow[];
  readonly contacts: readonly Contact[];
};

export function lifeEventPage({ lang, event, rows, contacts }: LifeEventPageProps): Html {
  const t = messages[lang].events;
  return html`${backLink(lang, guidancePaths.lifeEvents(), t.all)}<h1 class="govuk-heading-xl">${event.name[lang]}</h1><p class="govuk-body-l">${event.text[lang]}</p>${
    rows.length === 0
      ? emptyState({ title: t.none })
      : html`<h2 class="govuk-heading-m">${t.procedures}</h2>${procedureList(rows, lang)}`
  }<p class="govuk-body"><a class="govuk-link" href="${guidancePaths.guide()}">${t.how}</a></p><section class="home-part"><h2 class="govuk-heading-m">${messages[lang].guide.call}</h2>${contactList(lang, contacts)}</section>`;
}
