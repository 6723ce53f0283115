import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { errorOf, fileField, hiddenField, type PageError } from "#kit/ui/index.ts";
import { type ActWithFiles, areFilesTold, UPLOAD_ACCEPT } from "#province/dossiers/index.ts";
import { actFileMessages } from "../act-file-messages.ts";

/** Files of an earlier try of the form, sealed. */
export interface KeptFiles {
  readonly names: readonly string[];
  readonly sealed: string;
}

/** Documents that go with an act, and whether the citizen reads them, too. */
export function actFilesField(props: {
  readonly lang: Lang;
  readonly action: ActWithFiles;
  readonly kept: KeptFiles | undefined;
  readonly errors: readonly PageError[];
}): Html {
  const { lang, kept, errors } = props;
  const t = actFileMessages[lang];
  const hint = areFilesTold(props.action) ? t.told : t.inside;
  return html`${kept ? hiddenField("kept", kept.sealed) : null}${fileField({ id: "files", lang, label: t.files, hint, required: false, accept: UPLOAD_ACCEPT, multiple: true, error: errorOf(errors, "files") })}${kept ? html`<p class="govuk-body">${t.kept}: ${kept.names.join(", ")}</p>` : null}`;
}
