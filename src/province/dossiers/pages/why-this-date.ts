/** "Vì sao là ngày này?": the reasons of an appointment, folded, the same wherever the date stands. Pure. */
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { details } from "#kit/ui/index.ts";
import type { DueExplanation } from "../dossier.ts";
import { messages } from "../messages.ts";

/** Null when the date was made before reasons were kept. */
export function whyThisDate(explanation: DueExplanation | null, lang: Lang): Html | null {
  const t = messages[lang].dossier;
  if (!explanation || explanation.lines.length === 0) return null;
  return details(
    t.why,
    html`<ul class="govuk-list govuk-list--bullet">${explanation.lines.map((line) => html`<li>${line[lang]}</li>`)}</ul>${explanation.provisional ? html`<p>${t.provisional}</p>` : null}`,
  );
}
