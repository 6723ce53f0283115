import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { emptyState, pagination, statusTag, table } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import { messages } from "../messages.ts";
import type { Proposal } from "../publishing-store.ts";

export interface PublishingPageProps extends AdminFramed {
  readonly open: readonly Proposal[];
  readonly decided: readonly Proposal[];
  /** Address of the next page of decided ones. */
  readonly next?: string;
}

/** `/quan-tri/cong-bo`: what waits, and what was decided. */
export function publishingPage(props: PublishingPageProps): Html {
  const { lang, open, decided } = props;
  const t = messages[lang];
  return adminFrame(props, {
    current: "publishing",
    title: t.title,
    path: "/quan-tri/cong-bo",
    body: html`<p class="govuk-body">${t.lead}</p><h2 class="govuk-heading-m">${t.open}</h2>${
      open.length === 0
        ? emptyState({ title: t.openNone, text: t.openNoneText })
        : table({
            caption: t.open,
            hideCaption: true,
            rows: open,
            columns: [
              { label: t.procedure, head: true, cell: (row) => proposalLink(row) },
              { label: t.what, cell: (row) => t.kindOf[row.kind](row.baseVersion) },
              { label: t.origin, cell: (row) => (row.kind === "withdraw" ? "" : t.origins[row.origin]) },
              { label: t.by, cell: (row) => row.proposedName },
              { label: t.at, cell: (row) => html`<span class="tabular">${formatDateTime(row.proposedAt)}</span>` },
              {
                label: t.effective,
                cell: (row) => html`<span class="tabular">${formatDate(row.effectiveFrom)}</span>`,
              },
            ],
          })
    }${
      decided.length === 0
        ? null
        : html`<h2 class="govuk-heading-m">${t.decided}</h2>${table({
            caption: t.decided,
            hideCaption: true,
            rows: decided,
            columns: [
              { label: t.procedure, head: true, cell: (row) => proposalLink(row) },
              { label: t.what, cell: (row) => t.kindOf[row.kind](row.baseVersion) },
              { label: t.by, cell: (row) => row.proposedName },
              { label: t.decision, cell: (row) => html`${stateTag(lang, row)} ${row.decidedName ?? ""}` },
              {
                label: t.effective,
                cell: (row) => html`<span class="tabular">${formatDate(row.effectiveFrom)}</span>`,
              },
            ],
          })}${pagination(lang, { next: props.next })}`
    }`,
  });
}

function proposalLink({ id, name, code }: Proposal): Html {
  return html`<a class="govuk-link" href="/quan-tri/cong-bo/${id}">${name}</a> <span class="muted small tabular">${code}</span>`;
}

export function stateTag(lang: Lang, { state }: Pick<Proposal, "state">): Html {
  const label = messages[lang].states[state];
  if (state === "published") return statusTag({ tone: "success", icon: "check", label });
  return state === "proposed"
    ? statusTag({ tone: "warning", icon: "clock", label })
    : statusTag({ tone: "quiet", icon: "cross", label });
}
