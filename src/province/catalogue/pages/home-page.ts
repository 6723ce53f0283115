import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { icon, type IconName } from "#kit/ui/index.ts";
import type { Level } from "#province/procedure/index.ts";
import type { CatalogueCounts, CatalogueRow } from "../catalogue-view.ts";
import { messages } from "../messages.ts";
import { cataloguePaths } from "../paths.ts";
import { procedureList, searchBox } from "./parts.ts";

export type HomePageProps = {
  readonly lang: Lang;
  readonly provinceName: string;
  readonly levels: readonly Level[];
  readonly counts: CatalogueCounts;
  readonly popular: readonly CatalogueRow[];
};

const STEP_ICONS: readonly IconName[] = ["search", "pen", "money", "stamp"];

export function homePage(props: HomePageProps): Html {
  const { lang, counts } = props;
  const t = messages[lang].home;
  const levels = messages[lang].list.levels;
  return html`<section class="home-top"><h1 class="govuk-heading-xl">${t.title}</h1><p class="home-top__lead">${t.lead(props.provinceName)}</p>${searchBox(lang)}<p class="home-top__examples">${t.examples} ${t.exampleWords.map(
    (words) => html`<a class="govuk-link" href="${cataloguePaths.list({ words })}">${words}</a> `,
  )}</p></section>
<section class="home-part"><h2 class="govuk-heading-l">${t.online}</h2><p class="govuk-body">${t.onlineLead}</p>${procedureList(props.popular, lang)}</section>
<section class="home-part"><h2 class="govuk-heading-l">${t.levels}</h2><ul class="home-levels">${props.levels.map(
    (level) =>
      html`<li><a class="home-levels__link" href="${cataloguePaths.list({ level })}"><span class="home-levels__name">${levels[level]}</span><span class="home-levels__count">${t.count(counts.levels[level] ?? 0)}</span></a></li>`,
  )}</ul></section>
<section class="home-part"><h2 class="govuk-heading-l">${t.how}</h2><ol class="home-steps">${t.steps.map(
    ([title, text], index) =>
      html`<li class="home-steps__item"><span class="home-steps__icon">${icon(STEP_ICONS[index] ?? "check", 28)}</span><h3 class="home-steps__title">${title}</h3><p>${text}</p></li>`,
  )}</ol></section>`;
}
