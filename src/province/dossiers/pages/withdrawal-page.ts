import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, button, buttonGroup, hiddenField, notice, textareaField } from "#kit/ui/index.ts";
import type { Dossier } from "../dossier.ts";
import { messages } from "../messages.ts";
import { dossierPaths } from "../paths.ts";

/** Asks once more, says what it means, and lets the person turn round. */
export function withdrawalPage(props: { readonly lang: Lang; readonly dossier: Dossier }): Html {
  const { lang, dossier } = props;
  const t = messages[lang].withdrawal;
  const back = dossierPaths.dossier(dossier.id);
  return html`${backLink(lang, back)}<p class="dossier-head__number">${messages[lang].dossier.title} ${dossier.number}</p><h1 class="govuk-heading-l">${t.title}</h1>
<p><strong>${dossier.procedure.name[lang]}</strong></p><p>${t.lead}</p>${dossier.feeState === "paid" ? notice({ tone: "warning", body: html`<p>${t.paid}</p>` }) : null}
<form method="post" action="${dossierPaths.withdrawal(dossier.id)}">${hiddenField("phienBan", String(dossier.version))}${textareaField({ id: "lyDo", lang, label: t.text, maxLength: 1_000, rows: 3 })}${buttonGroup(button({ label: t.confirm, kind: "warning", once: true }), button({ label: t.keep, kind: "secondary", href: back }))}</form>`;
}
