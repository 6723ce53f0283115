import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { backLink, button, errorOf, notice, type PageError, summaryList, textareaField } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import type { Difference } from "../../definition-differences.ts";
import { messages } from "../messages.ts";
import type { Proposal } from "../publishing-store.ts";
import { differenceTable } from "./difference-table.ts";
import { stateTag } from "./publishing-page.ts";

export interface ProposalPageProps extends AdminFramed {
  readonly proposal: Proposal;
  readonly differences: readonly Difference[];
  /** Open drafts under the version that ends. */
  readonly drafts: number;
  /** Is it the viewer's own? */
  readonly own: boolean;
  readonly reason: string;
  readonly errors: readonly PageError[];
}

/** `/quan-tri/cong-bo/:id`: what changes, field by field, and the decision. */
export function proposalPage(props: ProposalPageProps): Html {
  const { lang, proposal, errors } = props;
  const t = messages[lang];
  const isWithdrawal = proposal.kind === "withdraw";
  return adminFrame(props, {
    current: "publishing",
    title: proposal.name,
    errors,
    ...(errors.length === 0 ? { path: `/quan-tri/cong-bo/${proposal.id}` } : {}),
    body: html`${backLink(lang, "/quan-tri/cong-bo", t.title)}<p>${stateTag(lang, proposal)}</p>${summaryList([
      {
        key: t.code,
        value: html`<a class="govuk-link tabular" href="/quan-tri/thu-tuc/${proposal.code}">${proposal.code}</a>`,
      },
      { key: t.what, value: t.kindOf[proposal.kind](proposal.baseVersion) },
      ...(isWithdrawal ? [] : [{ key: t.origin, value: t.origins[proposal.origin] }]),
      { key: t.by, value: `${proposal.proposedName}, ${formatDateTime(proposal.proposedAt)}` },
      { key: t.effective, value: formatDate(proposal.effectiveFrom) },
      { key: t.note, value: proposal.note },
      ...(proposal.decidedAt
        ? [
            {
              key: t.decision,
              value: `${t.states[proposal.state]}: ${proposal.decidedName ?? ""}, ${formatDateTime(proposal.decidedAt)}${proposal.decisionNote ? `. ${proposal.decisionNote}` : ""}`,
            },
          ]
        : []),
    ])}${
      isWithdrawal
        ? notice({
            tone: "warning",
            body: html`<p>${t.withdrawText}</p><p>${t.drafts(props.drafts)}</p><p>${t.filedKeep}</p>`,
          })
        : html`${differenceTable(lang, props.differences)}<p class="govuk-body">${t.filedKeep}</p>`
    }${proposal.state === "proposed" ? decisionForms(props) : null}`,
  });
}

function decisionForms({ lang, proposal, own, reason, errors }: ProposalPageProps): Html {
  const t = messages[lang];
  const at = `/quan-tri/cong-bo/${proposal.id}`;
  const refuse = html`<form method="post" action="${at}/tu-choi" class="admin-form" novalidate>${textareaField({
    id: "ly-do",
    lang,
    label: t.rejectReason,
    hint: t.rejectHint,
    value: reason,
    error: errorOf(errors, "ly-do"),
    rows: 3,
    maxLength: 1_000,
  })}${button({ label: own ? t.takeBack : t.reject, kind: "secondary", once: true })}</form>`;
  if (own) return html`${notice({ body: html`<p>${t.own}</p>` })}${refuse}`;
  return html`<form method="post" action="${at}/cong-bo" id="cong-bo" class="admin-form">${button({
    label: proposal.kind === "withdraw" ? t.approveWithdraw : t.approve,
    kind: proposal.kind === "withdraw" ? "warning" : "main",
    once: true,
  })}</form>${refuse}`;
}
