import { formatDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  button,
  dateField,
  errorOf,
  hiddenField,
  type PageError,
  selectField,
  statusTag,
  summaryList,
  table,
  textField,
  type Tone,
} from "#kit/ui/index.ts";
import { accountingFrame, type Framed } from "#province/accounting/index.ts";
import { postagePaths } from "../settlement-paths.ts";
import { settlementMessages } from "../settlement-messages.ts";
import type { OwedItem, PostSettlement, SettlementState } from "../settlement.ts";
import type { OwedTotal } from "../settlement-view.ts";
import { orderTag } from "./order-box.ts";

export interface SettlementPageProps extends Framed {
  readonly officerId: string;
  readonly total: OwedTotal;
  /** đồng that the ledger says is owed to the post */
  readonly ledger: number;
  readonly items: readonly OwedItem[];
  readonly lists: readonly PostSettlement[];
  readonly accounts: readonly { readonly account: string; readonly name: string }[];
  /** Accountants make lists and keep the bank's number; leaders approve. */
  readonly mayPropose: boolean;
  /** Made with the page: pressing twice is one. */
  readonly listId: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

/** What is owed to the post, the lists by which it is paid, and who does what next. */
export function settlementPage(props: SettlementPageProps): Html {
  const { lang, total, lists, errors } = props;
  const t = settlementMessages[lang];
  return accountingFrame(props, {
    current: "post",
    title: t.title,
    errors,
    ...(errors.length === 0 ? { path: postagePaths.home } : {}),
    body: html`<p class="govuk-body">${t.lead}</p>${summaryList([
      { key: t.owed, value: html`<strong>${t.owedValue(total.items, formatDong(total.amount))}</strong>` },
      { key: t.ledger, value: html`${formatDong(props.ledger)}<br><span class="muted small">${t.ledgerHint}</span>` },
    ])}${props.mayPropose && total.items > 0 ? proposeForm(props) : null}
<section class="section" aria-labelledby="lists"><h2 class="govuk-heading-m" id="lists">${t.listsTitle}</h2>${
      lists.length === 0 ? html`<p class="muted">${t.listsNone}</p>` : lists.map((list) => listBox(props, list))
    }</section>${itemsTable(props)}`,
  });
}

function proposeForm({ lang, accounts, listId, typed, errors }: SettlementPageProps): Html {
  const t = settlementMessages[lang];
  const only = accounts.length === 1 ? accounts[0]?.account : undefined;
  return html`<section class="section" aria-labelledby="propose"><h2 class="govuk-heading-m" id="propose">${t.proposeTitle}</h2><form class="accounts-form" method="post" action="${postagePaths.home}" novalidate>${hiddenField("id", listId)}
${dateField({ id: "den-ngay", lang, label: t.until, required: true, value: typed["den-ngay"] ?? "", error: errorOf(errors, "den-ngay") })}
${selectField({ id: "tai-khoan", lang, label: t.account, required: true, value: typed["tai-khoan"] ?? only ?? "", error: errorOf(errors, "tai-khoan"), ...(only ? { placeholder: false as const } : {}), options: accounts.map(({ account, name }) => ({ value: account, label: `${account} · ${name}` })) })}
${button({ label: t.propose, once: true })}</form></section>`;
}

const LOOK: Readonly<Record<SettlementState, readonly [Tone, "clock" | "check" | "stop"]>> = {
  proposed: ["warning", "clock"],
  approved: ["info", "clock"],
  paid: ["success", "check"],
  dropped: ["quiet", "stop"],
};

function listBox(props: SettlementPageProps, list: PostSettlement): Html {
  const { lang } = props;
  const t = settlementMessages[lang];
  const [tone, icon] = LOOK[list.state];
  return html`<section class="post-order" aria-labelledby="bang-${list.id}"><div class="post-order__head"><h3 class="govuk-heading-s" id="bang-${list.id}">${t.list(formatDate(list.until))}</h3>${statusTag({ tone, icon, label: t.states[list.state] })}</div>
${summaryList([
  { key: t.facts.amount, value: html`<span class="money">${t.owedValue(list.items, formatDong(list.amount))}</span>` },
  { key: t.facts.collected, value: formatDong(list.collected) },
  { key: t.facts.borne, value: formatDong(list.amount - list.collected) },
  { key: t.facts.proposed, value: `${list.proposedName}, ${formatDate(list.proposedAt)}` },
  ...(list.approvedName ? [{ key: t.facts.approved, value: list.approvedName }] : []),
  ...(list.reference ? [{ key: t.facts.reference, value: list.reference }] : []),
])}<p><a class="govuk-link" href="${postagePaths.csv(list.id)}">${t.csv}<span class="govuk-visually-hidden"> ${t.list(formatDate(list.until))}</span></a></p>${acts(props, list)}</section>`;
}

function acts({ lang, officerId, mayPropose, typed, errors }: SettlementPageProps, list: PostSettlement): Html | null {
  const t = settlementMessages[lang];
  if (list.state !== "proposed" && list.state !== "approved") return null;
  const drop = html`<form method="post" action="${postagePaths.drop(list.id)}">${button({ label: t.drop, kind: "secondary", small: true, once: true })}</form>`;
  if (list.state === "approved") {
    const field = `chung-tu-${list.id}`;
    return mayPropose
      ? html`<form class="accounts-form" method="post" action="${postagePaths.pay(list.id)}" novalidate>${textField({ id: field, lang, label: t.reference, required: true, value: typed[field] ?? "", width: 20, maxLength: 64, autocomplete: "off", error: errorOf(errors, field) })}${button({ label: t.pay, small: true, once: true })}</form><div class="post-order__acts">${drop}</div>`
      : null;
  }
  const own = list.proposedBy === officerId;
  return html`${own ? html`<p class="muted">${t.ownProposal}</p>` : null}<div class="post-order__acts">${
    own
      ? null
      : html`<form method="post" action="${postagePaths.approve(list.id)}">${button({ label: t.approve, small: true, once: true })}</form>`
  }${drop}</div>`;
}

function itemsTable({ lang, items, total }: SettlementPageProps): Html {
  const t = settlementMessages[lang];
  return html`<section class="section" aria-labelledby="items"><h2 class="govuk-heading-m" id="items">${t.itemsTitle}</h2>${
    items.length === 0
      ? html`<p class="muted">${t.itemsNone}</p>`
      : html`${items.length < total.items ? html`<p class="muted">${t.more(items.length)}</p>` : null}${table({
          caption: t.itemsTitle,
          hideCaption: true,
          rows: items,
          columns: columns(lang),
        })}`
  }</section>`;
}

function columns(lang: Lang) {
  const t = settlementMessages[lang];
  return [
    {
      label: t.columns.item,
      head: true,
      cell: (row: OwedItem) => html`<span class="tabular">${row.itemCode}</span>`,
    },
    {
      label: t.columns.dossier,
      cell: (row: OwedItem) =>
        html`<a class="govuk-link tabular" href="/ho-so/${row.dossierId}/buu-chinh">${row.dossier}</a>`,
    },
    { label: t.columns.ordered, cell: (row: OwedItem) => formatDate(row.orderedAt) },
    { label: t.columns.state, cell: (row: OwedItem) => orderTag(row.state, lang) },
    { label: t.columns.payer, cell: (row: OwedItem) => t.payers[row.pays] },
    { label: t.columns.postage, money: true, cell: (row: OwedItem) => formatDong(row.postage) },
  ];
}
