import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, button, errorOf, errorSummary, type PageError, textareaField } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";

export function urgePage(props: {
  readonly lang: Lang;
  readonly dossierId: string;
  readonly dossierName: string;
  readonly procedure: string;
  /** Who has it; undefined while nobody has. */
  readonly holder: string | undefined;
  readonly typed: string;
  readonly errors: readonly PageError[];
}): Html {
  const { lang, errors } = props;
  const t = messages[lang];
  return html`${backLink(lang, "/qua-han", t.back)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l desk-title">${t.urgeTitle}</h1><p class="muted tabular">${props.dossierName} · ${props.procedure}</p><p class="govuk-body">${t.urgeLead(props.holder ?? t.oneStop)}</p><form method="post" action="/qua-han/${props.dossierId}/don-doc" novalidate>${textareaField({ id: "text", lang, label: t.text, hint: t.textHint, required: true, rows: 4, maxLength: 500, value: props.typed, error: errorOf(errors, "text") })}${button({ label: t.send, once: true })}</form>`;
}
