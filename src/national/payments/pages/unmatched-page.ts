import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, emptyState, table } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import type { UnmatchedReason } from "../payment.ts";

export interface UnmatchedPageProps {
  readonly lang: Lang;
  readonly rows: readonly {
    readonly line: string;
    readonly time: string;
    readonly amount: number;
    readonly content: string;
    readonly reason: UnmatchedReason;
    /** The payment that its content names. */
    readonly attemptUrl?: string;
  }[];
  readonly nextUrl?: string;
}

/** Money that came in and fits nothing, with the reason in plain words. */
export function unmatchedPage({ lang, rows, nextUrl }: UnmatchedPageProps): Html {
  const t = messages[lang];
  return html`<h1 class="govuk-heading-l">${t.unmatchedTitle}</h1><p class="govuk-body">${t.unmatchedLead}</p>
${
  rows.length === 0
    ? emptyState({ title: t.unmatchedNone, text: t.unmatchedNoneText })
    : table({
        caption: t.unmatchedTitle,
        hideCaption: true,
        rows,
        columns: [
          { label: t.time, head: true, cell: (row) => row.time },
          { label: t.unmatchedLine, cell: (row) => html`<span class="tabular">${row.line}</span>` },
          { label: t.transferAmount, money: true, cell: (row) => formatDong(row.amount) },
          { label: t.transferContent, cell: (row) => row.content },
          {
            label: t.unmatchedReason,
            cell: (row) =>
              row.attemptUrl
                ? html`${t.unmatchedReasons[row.reason]} <a class="govuk-link" href="${row.attemptUrl}">${t.unmatchedSee}<span class="govuk-visually-hidden"> ${row.line}</span></a>`
                : html`${t.unmatchedReasons[row.reason]}`,
          },
        ],
      })
}
${nextUrl ? button({ label: t.unmatchedNext, href: nextUrl, kind: "secondary" }) : null}`;
}
