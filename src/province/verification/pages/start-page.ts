import { type Html, html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, codeScanner, errorSummary, fileField, type PageError, textField } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import { verificationPaths } from "../paths.ts";

export interface StartPageProps {
  readonly lang: Lang;
  /** What was typed, kept when it was wrong */
  readonly typed: string;
  readonly errors: readonly PageError[];
}

export const CODE_FIELD = "ma";
export const FILE_FIELD = "tep";

/** Body of the page where a code is typed or a file is chosen. */
export function startPage(props: StartPageProps): Html {
  const { lang, typed, errors } = props;
  const t = messages[lang];
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.message;
  return html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.title}</h1><p class="govuk-body-l">${t.lead}</p>
<section aria-labelledby="by-code"><h2 class="govuk-heading-m" id="by-code">${t.byCode}</h2>
<form method="get" action="${verificationPaths.start}" novalidate>${textField({ id: CODE_FIELD, lang, label: t.codeLabel, hint: t.codeHint, value: typed, error: errorOf(CODE_FIELD), width: 20, maxLength: 200, autocomplete: "off", spellcheck: false, required: true })}${codeScanner({ lang, field: CODE_FIELD, hint: t.codeCamera, send: true })}${button({ label: t.check })}</form></section>
<section aria-labelledby="by-file"><h2 class="govuk-heading-m" id="by-file">${t.byFile}</h2>
<form method="post" action="${verificationPaths.file}" enctype="multipart/form-data" novalidate>${fileField({ id: FILE_FIELD, lang, label: t.fileLabel, hint: t.fileHint, error: errorOf(FILE_FIELD), accept: "application/pdf,.pdf,text/xml,application/xml,.xml", required: true })}${button({ label: t.checkFile, kind: "secondary" })}</form></section>`;
}
