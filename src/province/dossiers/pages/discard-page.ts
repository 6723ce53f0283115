import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, button, buttonGroup, notice, summaryList } from "#kit/ui/index.ts";
import { placeName } from "#province/tenants/index.ts";
import { draftMessages } from "../draft-messages.ts";
import { filingPaths } from "../filing-paths.ts";

export interface DiscardProps {
  readonly lang: Lang;
  readonly action: string;
  readonly back: string;
  readonly procedure: string;
  readonly agency: string;
  readonly savedAt: string;
}

/** Asks once more, names the draft, and lets the person turn round. */
export function discardPage(props: DiscardProps): Html {
  const { lang } = props;
  const t = draftMessages[lang].discard;
  return html`${backLink(lang, props.back)}<h1 class="govuk-heading-l">${t.title}</h1>${summaryList([
    { key: t.procedure, value: props.procedure },
    { key: t.agency, value: placeName(props.agency, props.lang) },
    { key: t.saved, value: props.savedAt },
  ])}<p>${t.text}</p><form method="post" action="${props.action}">${buttonGroup(
    button({ label: t.yes, kind: "warning", once: true }),
    button({ label: t.no, kind: "secondary", href: props.back }),
  )}</form>`;
}

export interface FullDraftsProps {
  readonly lang: Lang;
  /** The longest untouched first. */
  readonly drafts: readonly { readonly id: string; readonly name: string; readonly savedAt: string }[];
}

/** Instead of a new draft: the old ones, with a way to be rid of each. */
export function fullDraftsPage({ lang, drafts }: FullDraftsProps): Html {
  const t = draftMessages[lang].full;
  return html`<h1 class="govuk-heading-l">${t.title}</h1>${notice({ tone: "warning", body: html`<p>${t.text(drafts.length)}</p>` })}<ul class="account-drafts">${drafts.map(
    (draft) =>
      html`<li class="account-drafts__item"><div><p class="account-drafts__name">${draft.name}</p><p class="muted small">${t.saved(draft.savedAt)}</p></div>${buttonGroup(
        button({
          label: t.open,
          href: `/ho-so/${draft.id}/ke-khai`,
          kind: "secondary",
          small: true,
          ariaLabel: `${t.open}: ${draft.name}`,
        }),
        button({
          label: t.remove,
          href: filingPaths.discard(draft.id),
          kind: "secondary",
          small: true,
          ariaLabel: `${t.remove}: ${draft.name}`,
        }),
      )}</li>`,
  )}</ul>`;
}
