import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button } from "#kit/ui/index.ts";
import { inboxMessages } from "#province/inbox/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { placeText } from "#province/tenants/index.ts";

/** The form that these controls belong to; it stands beside the dossier's own, because forms cannot lie in one another. */
export const ASSIGN_FORM = "giao-viec";

export interface Assigning {
  /** Nobody has it yet and this officer may take it. */
  readonly claim: boolean;
  /** To whom this officer may give it; empty when to nobody. */
  readonly receivers: readonly Officer[];
}

/** Who has the dossier, and how it comes to somebody else. */
export function assignBlock(
  dossier: { readonly id: string; readonly officer: { readonly id: string; readonly name: string } | null },
  { claim, receivers }: Assigning,
  lang: Lang,
): Html | null {
  if (!claim && receivers.length === 0) return null;
  const t = inboxMessages[lang];
  const give = `/ho-so/${dossier.id}/giao`;
  return html`<section class="case-side assign" aria-labelledby="side-assign"><h2 class="govuk-heading-s" id="side-assign">${t.assigning.title}</h2><p>${dossier.officer ? html`${t.with} <strong>${dossier.officer.name}</strong>` : t.nobody}</p>
${claim ? button({ label: t.assigning.claim, kind: "secondary", small: true, form: ASSIGN_FORM, formAction: `/ho-so/${dossier.id}/nhan-xu-ly`, once: true }) : null}
${receivers.length > 0 ? html`<div class="assign__to"><label class="govuk-label" for="giao-cho">${t.assigning.to}</label><select class="govuk-select" id="giao-cho" name="can-bo" form="${ASSIGN_FORM}"><option value="">${t.bulk.choose}</option>${receivers.filter(({ id }) => id !== dossier.officer?.id).map(({ id, name, unit }) => html`<option value="${id}">${name} · ${placeText(unit, lang)}</option>`)}</select>${button({ label: t.assigning.button, kind: "secondary", small: true, form: ASSIGN_FORM, formAction: give, once: true })}</div>` : null}</section>`;
}
