import type { Html } from "#kit/html.ts";
import { attributes, html } from "#kit/html.ts";
import { assetPath, errorSummary, hiddenField, type PageError } from "#kit/ui/index.ts";
import { type FieldError, type FormPageProps, pageErrors, pageIsland, renderFormPage } from "#province/forms/index.ts";
import { CHECKED_NAME, SHOWN_NAME } from "../draft-fields.ts";
import { filingPaths } from "../filing-paths.ts";
import { type ConflictLine, conflictPanel } from "./draft-notices.ts";
import { knownPanel, type KnownPanelProps } from "./known-panel.ts";
import { filingFrame, frameButtons, type FrameProps } from "./filing-frame.ts";

export interface FilingFormProps extends FrameProps {
  readonly action: string;
  readonly questions: FormPageProps;
  readonly errors: readonly FieldError[];
  /** About files that came with the page. */
  readonly fileErrors?: readonly PageError[];
  /** Empty fields have been marked: the browser's own saving goes on marking them. */
  readonly checked: boolean;
  /** Marks of what is stored, as the page shows it. */
  readonly shown: string;
  readonly conflicts?: readonly ConflictLine[];
  /** What could be, or was, filled in from elsewhere. */
  readonly known?: KnownPanelProps | undefined;
}

/** A page of the form, and the delivery page, which is asked by the same engine. */
export function filingFormPage(props: FilingFormProps): Html {
  const { lang, questions } = props;
  const files = questions.page.sections.some(({ items }) => items.some(({ type }) => type === "file"));
  const summary = errorSummary(lang, [...(props.fileErrors ?? []), ...pageErrors(props.errors, lang)]);
  const page = renderFormPage({ ...questions, errors: props.errors });
  const live = html`<live-form data-engine="${assetPath("forms-browser.js")}" data-draft="${props.dossierId}" data-step="${props.step}"><form class="filing-form" method="post" action="${props.action}"${attributes({ enctype: files ? "multipart/form-data" : undefined })} novalidate>${props.checked ? hiddenField(CHECKED_NAME, "1") : null}<input type="hidden" name="${SHOWN_NAME}" value="${props.shown}" data-shown>${conflictPanel(lang, props.conflicts ?? [])}${props.known ? knownPanel(lang, props.known) : null}${page}${frameButtons(lang, props.savedAt)}</form>${pageIsland({ form: questions.form, page: questions.page.id, answers: questions.answers, context: questions.context, lang })}</live-form>`;
  // Papers asked for among the questions go up as those of the papers' own page do: at once, in pieces, going on after a break.
  const body = files
    ? html`<file-upload data-resume="${filingPaths.upload(props.dossierId)}">${live}</file-upload>`
    : live;
  return filingFrame({ ...props, summary }, body);
}
