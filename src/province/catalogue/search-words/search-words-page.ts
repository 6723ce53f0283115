import { html, type Html } from "#kit/html.ts";
import { button, errorOf, hiddenField, type PageError, table, textareaField, textField } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import type { CatalogueFound } from "../search-procedures.ts";
import type { TypedWord } from "./decide-word.ts";
import { searchWordMessages } from "./messages.ts";

export const SEARCH_WORDS = "/quan-tri/tu-tim-kiem";

export interface SearchWordsProps extends AdminFramed {
  readonly own: readonly { readonly phrase: string; readonly means: readonly string[] }[];
  /** The country's words. */
  readonly common: ReadonlyMap<string, readonly string[]>;
  readonly typed: TypedWord;
  readonly errors: readonly PageError[];
  /** A search that was tried. */
  readonly tried: { readonly words: string; readonly found: CatalogueFound } | undefined;
}

/** Own words with what they mean, one more, and a search to try them. */
export function searchWordsPage(props: SearchWordsProps): Html {
  const { lang, own, common, typed, errors } = props;
  const t = searchWordMessages[lang];
  const form = html`<form method="post" action="${SEARCH_WORDS}" novalidate>${textField({ id: "phrase", lang, label: t.phrase, hint: t.phraseHint, value: typed.phrase, error: errorOf(errors, "phrase"), maxLength: 120, autocomplete: "off", spellcheck: false })}${textareaField({ id: "means", lang, label: t.means, hint: t.meansHint, value: typed.means, error: errorOf(errors, "means"), rows: 3 })}${button({ label: t.save, once: true })}</form>`;
  return adminFrame(props, {
    current: "search-words",
    title: t.title,
    path: SEARCH_WORDS,
    errors,
    body: html`<p class="lead">${t.lead}</p>${form}${trial(props)}<h2 class="govuk-heading-m">${t.own(own.length)}</h2><p class="muted">${t.ownLead(common.size)}</p>${own.length === 0 ? null : words(props)}`,
  });
}

function words({ lang, own, common }: SearchWordsProps): Html {
  const t = searchWordMessages[lang];
  return table({
    caption: t.own(own.length),
    hideCaption: true,
    rows: own,
    columns: [
      {
        label: t.phrase,
        head: true,
        cell: ({ phrase }) =>
          html`${phrase}${common.has(phrase) ? html`<br><span class="muted">${t.common}</span>` : null}`,
      },
      { label: t.means, cell: ({ means }) => (means.length === 0 ? t.nothing : means.join("; ")) },
      {
        label: t.actions,
        cell: ({ phrase }) =>
          html`<form method="post" action="${SEARCH_WORDS}/bo">${hiddenField("phrase", phrase)}${button({ label: t.drop, kind: "secondary", small: true, ariaLabel: t.dropAbout(phrase) })}</form>`,
      },
    ],
  });
}

function trial({ lang, tried }: SearchWordsProps): Html {
  const t = searchWordMessages[lang];
  const rows = tried?.found.rows.slice(0, 5) ?? [];
  const answer = !tried
    ? null
    : rows.length === 0
      ? html`<p>${t.foundNothing}</p>`
      : html`<p>${t.found(tried.found.counts.total)}</p><ol class="govuk-list govuk-list--number">${rows.map((row) => html`<li>${row.name[lang]} <span class="muted">${row.code}</span></li>`)}</ol>`;
  return html`<section aria-labelledby="try"><h2 class="govuk-heading-m" id="try">${t.tryTitle}</h2><form method="get" action="${SEARCH_WORDS}#try">${textField({ id: "thu", lang, label: t.tryLabel, value: tried?.words ?? "", maxLength: 120, autocomplete: "off", spellcheck: false })}${button({ label: t.tryButton, kind: "secondary" })}</form>${tried?.found.corrected ? html`<p class="muted">${t.understood(tried.found.corrected)}</p>` : null}${answer}</section>`;
}
