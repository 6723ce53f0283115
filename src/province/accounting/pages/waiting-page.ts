import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  backLink,
  button,
  emptyState,
  errorOf,
  type PageError,
  summaryList,
  table,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import type { UnsettledRow } from "../accounting-view.ts";
import { messages } from "../messages.ts";
import { accountingFrame, type Framed } from "./frame.ts";

export interface WaitingPageProps extends Framed {
  readonly rows: readonly UnsettledRow[];
  readonly refunded: readonly UnsettledRow[];
  readonly now: Date;
  readonly officerId: string;
  /** An accountant proposes and records; a leader only approves. */
  readonly mayPropose: boolean;
}

export function waitingPage(props: WaitingPageProps): Html {
  const { lang, rows, refunded } = props;
  const t = messages[lang];
  const list =
    rows.length === 0
      ? emptyState({ title: t.waitingNone, text: t.waitingNoneText })
      : table({
          caption: t.waitingTitle,
          hideCaption: true,
          rows,
          columns: [
            { label: t.dossier, head: true, cell: (row) => dossierLink(row) },
            { label: t.since, cell: (row) => html`<span class="tabular">${formatDateTime(row.settledAt)}</span>` },
            { label: t.howLong, cell: (row) => waitedFor(lang, row.settledAt, props.now) },
            { label: t.why, cell: (row) => t.whys[row.why] },
            { label: t.amount, money: true, cell: (row) => formatDong(row.amount) },
            { label: t.step, cell: (row) => nextStep(props, row) },
          ],
        });
  const done =
    refunded.length === 0
      ? null
      : html`<h2 class="govuk-heading-m">${t.refundedTitle}</h2>${table({
          caption: t.refundedTitle,
          hideCaption: true,
          rows: refunded,
          columns: [
            { label: t.dossier, head: true, cell: (row) => dossierLink(row) },
            { label: t.since, cell: (row) => html`<span class="tabular">${formatDateTime(row.settledAt)}</span>` },
            { label: t.reference, cell: (row) => row.note ?? "" },
            { label: t.approve, cell: (row) => `${row.proposedName ?? ""} → ${row.approvedName ?? ""}` },
            { label: t.amount, money: true, cell: (row) => formatDong(row.amount) },
          ],
        })}`;
  return accountingFrame(props, {
    current: "waiting",
    title: t.waitingTitle,
    path: "/ke-toan/cho-xu-ly",
    body: html`<p class="govuk-body">${t.waitingLead}</p>${list}${done}`,
  });
}

function dossierLink(row: UnsettledRow): Html {
  return html`<a class="govuk-link tabular" href="/ho-so/${row.dossierId}/phi">${row.name}</a>`;
}

function waitedFor(lang: Lang, since: Date, now: Date): string {
  const hours = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 3_600_000));
  return hours >= 48 ? messages[lang].days(Math.floor(hours / 24)) : messages[lang].hours(hours);
}

function nextStep({ lang, officerId, mayPropose }: WaitingPageProps, row: UnsettledRow): Html | string {
  const t = messages[lang].steps;
  if (row.why === "no-receipt" || row.why === "dossier-not-told") return t.system;
  const to = (label: string) =>
    html`<a class="govuk-link" href="/ke-toan/cho-xu-ly/${row.settlementId}">${label}<span class="govuk-visually-hidden">: ${row.name}</span></a>`;
  if (row.refundState === null) return mayPropose ? to(t.propose) : "";
  if (row.refundState === "proposed")
    return row.proposedBy === officerId ? t.ownProposal(row.proposedName ?? "") : to(t.approve);
  return mayPropose ? to(t.finish) : "";
}

export interface RefundPageProps extends Framed {
  readonly row: UnsettledRow;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

/** One refund: proposed, approved, recorded as returned; each step its own form. */
export function refundPage(props: RefundPageProps): Html {
  const { lang, row, typed, errors } = props;
  const t = messages[lang];
  const action = `/ke-toan/cho-xu-ly/${row.settlementId}`;
  const field = (id: string, value = "") => ({
    id,
    lang,
    value: typed[id] ?? value,
    error: errorOf(errors, id),
    required: true,
  });
  const facts = summaryList([
    { key: t.dossier, value: dossierLink(row) },
    { key: t.why, value: t.whys[row.why] },
    { key: t.since, value: `${formatDateTime(row.settledAt)} · ${t.methods[row.method]}` },
    { key: t.amount, value: html`<strong>${formatDong(row.amount)}</strong>` },
    ...(row.refundState === null
      ? []
      : [
          { key: t.payeeName, value: row.payeeName ?? "" },
          { key: t.payeeAccount, value: row.payeeAccount ?? "" },
          { key: t.note, value: row.note ?? "" },
        ]),
  ]);
  const [title, form] =
    row.refundState === null
      ? [
          t.proposeTitle,
          html`<form method="post" action="${action}/de-xuat" novalidate>${textField({ ...field("nguoi-nhan", row.applicant), label: t.payeeName, maxLength: 200 })}${textField({ ...field("tai-khoan"), label: t.payeeAccount, maxLength: 100 })}${textareaField({ ...field("can-cu"), label: t.note, rows: 3, maxLength: 2000 })}${button({ label: t.propose, once: true })}</form>`,
        ]
      : row.refundState === "proposed"
        ? [
            t.approveTitle,
            html`<p class="govuk-body">${t.approveLead(row.proposedName ?? "", row.proposedAt ? formatDateTime(row.proposedAt) : "")}</p><form method="post" action="${action}/duyet" novalidate>${button({ label: t.approve, once: true, id: "duyet" })}</form>`,
          ]
        : [
            t.finishTitle,
            html`<p class="govuk-body">${t.finishLead(row.approvedName ?? "", row.approvedAt ? formatDateTime(row.approvedAt) : "")}</p><form method="post" action="${action}/da-tra" novalidate>${textField({ ...field("chung-tu"), label: t.reference, maxLength: 100 })}${button({ label: t.finish, once: true })}</form>`,
          ];
  return accountingFrame(props, {
    current: "waiting",
    title,
    errors,
    body: html`${backLink(lang, "/ke-toan/cho-xu-ly", t.back)}${facts}${form}`,
  });
}
