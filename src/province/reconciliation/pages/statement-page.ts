import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  button,
  emptyState,
  errorOf,
  fileField,
  pagination,
  type PageError,
  selectField,
  statusTag,
  summaryList,
  table,
} from "#kit/ui/index.ts";
import { accountingFrame, type Framed } from "#province/accounting/index.ts";
import type { BankLineRow, ExpectedRow } from "../bank-view.ts";
import { messages } from "../messages.ts";
import { statementPaths } from "../paths.ts";
import type { SenderReturn } from "../return-view.ts";
import type { StatementProblem } from "../statement-csv.ts";
import { returnsSection } from "./return-part.ts";

export interface StatementPageProps extends Framed {
  readonly open: readonly BankLineRow[];
  readonly expected: readonly ExpectedRow[];
  readonly lines: readonly BankLineRow[];
  readonly next: string | undefined;
  /** Of the whole province, as its ledger is. */
  readonly balances: Readonly<Record<string, number>>;
  readonly province: string;
  /** Owed to senders and not gone yet. */
  readonly returns: readonly SenderReturn[];
  readonly accounts: readonly { readonly account: string; readonly name: string }[];
  readonly mayUpload: boolean;
  readonly errors: readonly PageError[];
  readonly problems: readonly StatementProblem[];
}

/** Of these the ledger has what is owed as a minus; people read how much it is. */
const OWED: ReadonlySet<string> = new Set(["transfers-unmatched", "returns-payable"]);

/** What waits for a person, what waits for the statement, the statement itself. */
export function statementPage(props: StatementPageProps): Html {
  const { lang, open, expected, lines, errors } = props;
  const t = messages[lang];
  return accountingFrame(props, {
    current: "statement",
    title: t.title,
    errors,
    ...(errors.length === 0 ? { path: statementPaths.home } : {}),
    body: html`<p class="govuk-body">${t.lead}</p>${wrongLines(lang, props.problems)}
<section aria-labelledby="balances"><h2 class="govuk-heading-m" id="balances">${t.balancesTitle(props.province)}</h2><p class="govuk-body">${t.balancesLead}</p>${summaryList(
      Object.entries(t.balances).map(([account, key]) => {
        const balance = props.balances[account] ?? 0;
        return { key, value: formatDong(OWED.has(account) ? 0 - balance : balance) };
      }),
    )}</section>
<section aria-labelledby="open"><h2 class="govuk-heading-m" id="open">${t.open}</h2>${
      open.length === 0 ? emptyState({ title: t.openNone, text: t.openNoneText }) : lineTable(lang, t.open, open)
    }</section>
${returnsSection(lang, props.returns)}
<section aria-labelledby="expected"><h2 class="govuk-heading-m" id="expected">${t.expected}</h2>${
      expected.length === 0 ? html`<p class="govuk-body">${t.expectedNone}</p>` : expectedTable(lang, expected)
    }</section>
<section aria-labelledby="recent"><h2 class="govuk-heading-m" id="recent">${t.recent}</h2>${
      lines.length === 0 ? html`<p class="govuk-body">${t.recentNone}</p>` : lineTable(lang, t.recent, lines)
    }${pagination(lang, { next: props.next ? `${statementPaths.home}?truoc=${props.next}` : undefined })}</section>
${props.mayUpload ? uploadForm(props) : null}`,
  });
}

function uploadForm({ lang, accounts, errors }: StatementPageProps): Html {
  const t = messages[lang].upload;
  const only = accounts.length === 1 ? accounts[0]?.account : undefined;
  return html`<section aria-labelledby="upload"><h2 class="govuk-heading-m" id="upload">${t.title}</h2><p class="govuk-body">${t.lead}</p>
<form class="accounts-form" method="post" action="${statementPaths.upload}" enctype="multipart/form-data" novalidate>
${selectField({ id: "tai-khoan", lang, label: t.account, required: true, value: only ?? "", error: errorOf(errors, "tai-khoan"), ...(only ? { placeholder: false as const } : {}), options: accounts.map(({ account, name }) => ({ value: account, label: `${account} · ${name}` })) })}
${fileField({ id: "tep", lang, label: t.file, hint: t.hint, required: true, accept: ".csv,text/csv", error: errorOf(errors, "tep") })}
${button({ label: t.send, kind: "secondary", once: true })}</form></section>`;
}

function lineTable(lang: Lang, caption: string, rows: readonly BankLineRow[]): Html {
  const t = messages[lang];
  return table({
    caption,
    hideCaption: true,
    rows,
    columns: [
      {
        label: t.line,
        head: true,
        cell: (row) => html`<a class="govuk-link tabular break" href="${statementPaths.line(row.id)}">${row.line}</a>`,
      },
      { label: t.bookedAt, cell: (row) => html`<span class="tabular">${formatDateTime(row.bookedAt)}</span>` },
      { label: t.content, cell: (row) => html`<span class="break">${row.content}</span>` },
      { label: t.kind, cell: (row) => t.kinds[row.kind] },
      { label: t.amount, money: true, cell: (row) => amountOf(row) },
      { label: t.state, cell: (row) => stateOf(lang, row) },
    ],
  });
}

export function amountOf(row: BankLineRow): string {
  return formatDong(row.direction === "in" ? row.amount : -row.amount);
}

export function stateOf(lang: Lang, row: BankLineRow): Html {
  const t = messages[lang];
  const differs = row.difference
    ? html`<span class="pay-more">${t.difference(formatDong(row.difference))}</span>`
    : null;
  if (row.action) return html`${statusTag({ tone: "success", icon: "check", label: t.states[row.action] })}${differs}`;
  const waits = row.kind === "unmatched" || differs !== null;
  return html`${statusTag(waits ? { tone: "warning", icon: "warning", label: t.states.waits } : { tone: "success", icon: "check", label: t.states.agrees })}${differs}`;
}

function expectedTable(lang: Lang, rows: readonly ExpectedRow[]): Html {
  const t = messages[lang];
  return table({
    caption: t.expected,
    hideCaption: true,
    rows,
    columns: [
      { label: t.reference, head: true, cell: (row) => html`<span class="tabular break">${row.reference}</span>` },
      { label: t.kind, cell: (row) => t.expectedKinds[row.kind] },
      { label: t.since, cell: (row) => html`<span class="tabular">${formatDateTime(row.since)}</span>` },
      { label: t.officer, cell: (row) => row.officerName },
      { label: t.amount, money: true, cell: (row) => formatDong(row.amount) },
    ],
  });
}

function wrongLines(lang: Lang, problems: readonly StatementProblem[]): Html | null {
  if (problems.length === 0) return null;
  const t = messages[lang].upload;
  return html`<section aria-labelledby="wrong"><h2 class="govuk-heading-m" id="wrong">${t.wrongTitle}</h2><p class="govuk-body">${t.wrongLead}</p>${table(
    {
      caption: t.wrongTitle,
      hideCaption: true,
      rows: problems,
      columns: [
        { label: t.number, head: true, cell: (row) => String(row.line) },
        { label: t.column, cell: (row) => t.columns[row.column] },
        {
          label: t.value,
          cell: (row) =>
            row.value === ""
              ? html`<span class="muted">${t.empty}</span>`
              : html`<span class="break">${row.value}</span>`,
        },
        { label: t.whatToDo, cell: (row) => t.mend[row.column] },
      ],
    },
  )}</section>`;
}
