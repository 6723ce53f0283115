import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  dateField,
  errorOf,
  errorSummary,
  hiddenField,
  type PageError,
  selectField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { messages } from "../messages.ts";

/** Which unit, from when to when. */
export function registerPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly typed: { readonly agency: string; readonly from: string; readonly to: string };
  readonly errors: readonly PageError[];
}): Html {
  const { lang, typed, errors, agencies } = props;
  const t = messages[lang];
  return props.shell({
    lang,
    title: t.title,
    viewer: props.viewer,
    path: "/so-theo-doi",
    width: "narrow",
    failed: errors.length > 0,
    body: html`${backLink(lang, "/quay")}${errorSummary(lang, errors)}<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="govuk-body">${t.lead}</p>
<form method="get" action="/so-theo-doi" novalidate>${
      agencies.length === 1
        ? hiddenField("don-vi", agencies[0]?.id ?? "")
        : selectField({
            id: "don-vi",
            lang,
            label: t.unit,
            placeholder: false,
            value: typed.agency,
            options: agencies.map(({ id, name }) => ({ value: id, label: name })),
          })
    }<div class="counter-form__pair">${dateField({ id: "tu", lang, label: t.from, required: true, value: typed.from, error: errorOf(errors, "tu") })}
${dateField({ id: "den", lang, label: t.to, required: true, value: typed.to, error: errorOf(errors, "den") })}</div>
${button({ label: t.print, name: "in", value: "1" })}</form>`,
  });
}
