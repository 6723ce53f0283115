import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  backLink,
  button,
  buttonGroup,
  errorOf,
  errorSummary,
  hiddenField,
  notice,
  type PageError,
  radiosField,
  summaryList,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import { operatorPaths } from "#national/operators/index.ts";
import { messages } from "../messages.ts";
import { paymentPaths } from "../paths.ts";
import type { OpenLine } from "../proposal-view.ts";
import { unmatchedMessages } from "../unmatched-messages.ts";
import { reasonOf } from "./unmatched-page.ts";

export interface LinePageProps {
  readonly lang: Lang;
  readonly operatorId: string;
  readonly line: OpenLine;
  readonly errors: readonly PageError[];
  readonly typed: Readonly<Record<string, string>>;
  /** Made before the click. */
  readonly newId: string;
}

/** One line of the statement: what the first person proposes, or what the second one decides. */
export function linePage(props: LinePageProps): Html {
  const { lang, line, errors } = props;
  const t = unmatchedMessages[lang];
  const facts = summaryList([
    { key: t.line, value: html`<span class="tabular">${line.line}</span>` },
    { key: t.time, value: formatDateTime(line.bookedAt) },
    { key: t.amount, value: html`<strong>${formatDong(line.amount)}</strong>` },
    { key: t.content, value: line.content },
    ...(line.outgoing
      ? []
      : [
          {
            key: t.why,
            value: line.attemptId
              ? html`${reasonOf(lang, line)} <a class="govuk-link" href="${paymentPaths.result(line.attemptId)}">${messages[lang].unmatchedSee}</a>`
              : reasonOf(lang, line),
          },
        ]),
  ]);
  return html`${backLink(lang, operatorPaths.transfers, t.back)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.lineTitle}</h1>${facts}${line.proposalId ? decisionOf(props) : proposalForm(props)}`;
}

function proposalForm({ lang, line, errors, typed, newId }: LinePageProps): Html {
  const t = unmatchedMessages[lang];
  const kinds = line.outgoing ? (["remittance", "bank-fee"] as const) : (["assign", "return"] as const);
  const field = (id: string) => ({ id, lang, value: typed[id] ?? "", error: errorOf(errors, id), autocomplete: "off" });
  return html`<form method="post" action="${operatorPaths.transfers}/${line.id}" novalidate>${hiddenField("id", newId)}
${radiosField({ id: "loai", lang, label: t.what, required: true, value: typed["loai"] ?? "", error: errorOf(errors, "loai"), options: kinds.map((kind) => ({ value: kind, label: t.kinds[kind] })) })}
${line.outgoing ? null : html`${textField({ ...field("don-hang"), label: t.order, hint: t.orderHint, spellcheck: false, width: 30, maxLength: 64 })}${textField({ ...field("nguoi-nhan"), label: t.payee, hint: t.payeeHint, maxLength: 300 })}`}
${textareaField({ ...field("can-cu"), label: t.note, hint: t.noteHint, required: true, rows: 3, maxLength: 500 })}
${button({ label: t.propose, once: true })}</form>`;
}

function decisionOf({ lang, line, operatorId }: LinePageProps): Html {
  const t = unmatchedMessages[lang];
  const proposal = summaryList([
    { key: t.proposed, value: line.kind ? html`<strong>${t.kinds[line.kind]}</strong>` : "" },
    ...(line.reference ? [{ key: t.order, value: html`${line.reference}<br>${line.information}` }] : []),
    ...(line.payee ? [{ key: t.payee, value: line.payee }] : []),
    { key: t.note, value: line.note ?? "" },
    {
      key: t.proposedBy,
      value: `${line.proposedByName ?? ""}, ${line.proposedAt ? formatDateTime(line.proposedAt) : ""}`,
    },
  ]);
  if (line.proposedBy === operatorId)
    return html`${proposal}${notice({ tone: "info", body: html`<p>${t.ownNote}</p>` })}`;
  return html`${proposal}<form method="post" action="${operatorPaths.transfers}/${line.id}/quyet-dinh">${hiddenField("de-xuat", line.proposalId ?? "")}${buttonGroup(
    button({ label: t.approve, name: "duyet", value: "co", once: true, id: "duyet" }),
    button({ label: t.reject, name: "duyet", value: "khong", kind: "secondary", once: true }),
  )}</form>`;
}
