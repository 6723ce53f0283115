import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, type Column, emptyState, notice, statusTag, table } from "#kit/ui/index.ts";
import { operatorPaths } from "#national/operators/index.ts";
import { messages } from "../messages.ts";
import type { DecidedLine, OpenLine } from "../proposal-view.ts";
import { unmatchedMessages } from "../unmatched-messages.ts";

export interface UnmatchedPageProps {
  readonly lang: Lang;
  readonly operatorId: string;
  readonly incoming: readonly OpenLine[];
  readonly outgoing: readonly OpenLine[];
  readonly decided: readonly DecidedLine[];
  readonly nextUrl?: string;
  readonly said?: { readonly tone: "success" | "warning"; readonly text: string };
}

/** Money on the collecting account that nothing explains yet, both ways. */
export function unmatchedPage(props: UnmatchedPageProps): Html {
  const { lang, incoming, outgoing, decided, nextUrl, said } = props;
  const t = unmatchedMessages[lang];
  return html`<h1 class="govuk-heading-l">${t.title}</h1>${said ? notice({ tone: said.tone, body: html`<p>${said.text}</p>`, live: true }) : null}<p class="govuk-body">${t.lead}</p>
<section aria-labelledby="tien-vao"><h2 class="govuk-heading-m" id="tien-vao">${t.incoming}</h2>
${incoming.length === 0 ? emptyState({ title: t.incomingNone }) : table({ caption: t.incoming, hideCaption: true, rows: incoming, columns: columnsOf(props, true) })}
${nextUrl ? button({ label: t.next, href: nextUrl, kind: "secondary" }) : null}</section>
<section aria-labelledby="tien-ra"><h2 class="govuk-heading-m" id="tien-ra">${t.outgoing}</h2><p class="govuk-body">${outgoing.length === 0 ? t.outgoingNone : t.outgoingLead}</p>
${outgoing.length === 0 ? null : table({ caption: t.outgoing, hideCaption: true, rows: outgoing, columns: columnsOf(props, false) })}</section>
${decided.length === 0 ? null : html`<section aria-labelledby="da-xong"><h2 class="govuk-heading-m" id="da-xong">${t.decidedTitle}</h2>${decidedTable(lang, decided)}</section>`}`;
}

function columnsOf({ lang, operatorId }: UnmatchedPageProps, incoming: boolean): Column<OpenLine>[] {
  const t = unmatchedMessages[lang];
  const action = (row: OpenLine): Html => {
    if (row.proposedBy === operatorId) return html`<span class="muted">${t.yours}</span>`;
    const label = row.proposalId ? t.decide : t.handle;
    return html`<a class="govuk-link" href="${operatorPaths.transfers}/${row.id}">${label}<span class="govuk-visually-hidden"> ${row.line}</span></a>`;
  };
  return [
    {
      label: t.line,
      head: true,
      cell: (row) =>
        html`<span class="tabular">${row.line}</span><br><span class="muted">${formatDateTime(row.bookedAt)}</span>`,
    },
    { label: t.amount, money: true, cell: (row) => formatDong(row.amount) },
    { label: t.content, cell: (row) => row.content },
    ...(incoming ? [{ label: t.why, cell: (row: OpenLine) => reasonOf(lang, row) }] : []),
    { label: t.proposed, cell: (row) => (row.kind ? t.kinds[row.kind] : "") },
    { label: t.action, cell: action },
  ];
}

export function reasonOf(lang: Lang, row: OpenLine): string {
  return row.reason ? messages[lang].unmatchedReasons[row.reason] : "";
}

function decidedTable(lang: Lang, rows: readonly DecidedLine[]): Html {
  const t = unmatchedMessages[lang];
  return table({
    caption: t.decidedTitle,
    hideCaption: true,
    rows,
    columns: [
      { label: t.line, head: true, cell: (row) => html`<span class="tabular">${row.line}</span>` },
      { label: t.amount, money: true, cell: (row) => formatDong(row.amount) },
      { label: t.proposed, cell: (row) => html`${t.kinds[row.kind]}<br><span class="muted">${row.note}</span>` },
      {
        label: t.who,
        cell: (row) =>
          html`${row.proposedByName} → ${row.decidedByName}<br><span class="muted">${formatDateTime(row.decidedAt)}</span>`,
      },
      {
        label: t.result,
        cell: (row) =>
          row.state === "approved"
            ? statusTag({ tone: "success", icon: "check", label: t.results.approved })
            : statusTag({ tone: "danger", icon: "cross", label: t.results.rejected }),
      },
    ],
  });
}
