import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import { errorSummary, hiddenField } from "#kit/ui/index.ts";
import { type FieldError, type FormPageProps, pageErrors, renderFormPage } from "#province/forms/index.ts";
import { filingFrame, frameButtons, type FrameProps } from "./filing-frame.ts";

export interface FilingFormProps extends FrameProps {
  readonly action: string;
  readonly questions: FormPageProps;
  readonly errors: readonly FieldError[];
  /** Empty fields have been marked: the browser's own saving goes on marking them. */
  readonly checked: boolean;
}

export const CHECKED_NAME = "_checked";

/** A page of the form, and the delivery page, which is asked by the same engine. */
export function filingFormPage(props: FilingFormProps): Html {
  return filingFrame(
    { ...props, summary: errorSummary(props.lang, pageErrors(props.errors, props.lang)) },
    html`<live-form><form class="filing-form" method="post" action="${props.action}" novalidate>${props.checked ? hiddenField(CHECKED_NAME, "1") : null}${renderFormPage({ ...props.questions, errors: props.errors })}${frameButtons(props.lang, props.savedAt)}</form></live-form>`,
  );
}
