import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  backLink,
  button,
  emptyState,
  errorOf,
  notice,
  type PageError,
  statusTag,
  summaryList,
  table,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import type { UnsettledRow } from "../accounting-view.ts";
import type { DisputeRow } from "../dispute-view.ts";
import { messages } from "../messages.ts";
import { isForSystem, waitingMessages } from "../waiting-messages.ts";
import { accountingFrame, type Framed } from "./frame.ts";

export interface WaitingPageProps extends Framed {
  readonly rows: readonly UnsettledRow[];
  readonly refunded: readonly UnsettledRow[];
  readonly disputes: readonly DisputeRow[];
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
    body: html`<p class="govuk-body">${t.waitingLead}</p>${list}${disputeTable(lang, props.disputes)}${done}`,
  });
}

function disputeTable(lang: Lang, rows: readonly DisputeRow[]): Html | null {
  if (rows.length === 0) return null;
  const t = waitingMessages[lang];
  const stand = ({ state, consequence }: DisputeRow) =>
    statusTag({
      tone: state === "open" ? "warning" : state === "kept" ? "success" : "danger",
      icon: state === "open" ? "clock" : state === "kept" ? "check" : "cross",
      label: consequence ? `${t.states[state]}: ${t.consequences[consequence]}` : t.states[state],
    });
  return html`<h2 class="govuk-heading-m">${t.disputesTitle}</h2><p class="govuk-body">${t.disputesLead}</p>${table({
    caption: t.disputesTitle,
    hideCaption: true,
    rows,
    columns: [
      {
        label: t.dossiers,
        head: true,
        cell: (row) =>
          html`${row.dossiers.map((one, n) => html`${n > 0 ? ", " : ""}<a class="govuk-link tabular" href="/ho-so/${one.id}/phi">${one.name}</a>`)}`,
      },
      { label: t.payment, cell: (row) => html`<span class="tabular">${row.hubTransaction}</span>` },
      { label: t.since, cell: (row) => html`<span class="tabular">${formatDateTime(row.openedAt)}</span>` },
      { label: t.reason, cell: (row) => row.reason },
      { label: t.amount, money: true, cell: (row) => formatDong(row.amount) },
      { label: t.state, cell: stand },
    ],
  })}`;
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
  if (isForSystem(row.why)) return t.system;
  const to = (label: string) =>
    html`<a class="govuk-link" href="/ke-toan/cho-xu-ly/${row.settlementId}">${label}<span class="govuk-visually-hidden">: ${row.name}</span></a>`;
  if (row.refundState === null) return mayPropose ? to(t.propose) : "";
  if (row.refundState === "proposed")
    return row.proposedBy === officerId ? t.ownProposal(row.proposedName ?? "") : to(t.approve);
  if (row.method === "online") {
    const words = waitingMessages[lang];
    if (row.refundState === "refused") return mayPropose ? to(words.refused) : words.refused;
    return to(row.refundState === "sent" ? words.atHub : words.toHub);
  }
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
        : row.method === "online"
          ? [waitingMessages[lang].hubTitle, throughHub(props)]
          : [
              t.finishTitle,
              html`<p class="govuk-body">${t.finishLead(row.approvedName ?? "", row.approvedAt ? formatDateTime(row.approvedAt) : "")}</p>${finishForm(props)}`,
            ];
  return accountingFrame(props, {
    current: "waiting",
    title,
    errors,
    body: html`${backLink(lang, "/ke-toan/cho-xu-ly", t.back)}${facts}${form}`,
  });
}

function finishForm({ lang, row, typed, errors }: RefundPageProps, kind?: "secondary"): Html {
  const t = messages[lang];
  const id = "chung-tu";
  const field = { id, lang, value: typed[id] ?? "", error: errorOf(errors, id), required: true };
  return html`<form method="post" action="/ke-toan/cho-xu-ly/${row.settlementId}/da-tra" novalidate>${textField({ ...field, label: t.reference, maxLength: 100 })}${button({ label: t.finish, once: true, ...(kind ? { kind } : {}) })}</form>`;
}

/** Approved: the hub is asked and says. Refused by it: asked again, or returned another way. */
function throughHub(props: RefundPageProps): Html {
  const { lang, row } = props;
  const t = waitingMessages[lang];
  if (row.refundState !== "refused") {
    return notice({ tone: "info", body: html`<p>${row.refundState === "sent" ? t.atHubText : t.toHubText}</p>` });
  }
  return html`${notice({ tone: "warning", title: t.refusedTitle, body: html`<p>${t.refusedText(row.refusal ?? "")}</p><p>${t.refusedNext}</p>` })}
<form method="post" action="/ke-toan/cho-xu-ly/${row.settlementId}/gui-lai" novalidate>${button({ label: t.askAgain, once: true, id: "gui-lai" })}</form>
<h2 class="govuk-heading-m">${messages[lang].finishTitle}</h2>${finishForm(props, "secondary")}`;
}
