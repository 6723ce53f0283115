import {
  type Answers,
  controlName,
  type FieldError,
  type FormContext,
  type FormDefinition,
  type PostBody,
  visibleItems,
} from "#province/forms/index.ts";

export interface AskedBefore {
  readonly form: FormDefinition;
  /** As they were when the page that was posted was shown. */
  readonly answers: Answers;
  readonly context: FormContext;
  readonly body: PostBody;
}

/**
 * Errors apart by whether the person has seen the question. Without scripts an answer opens further questions only once the
 * page is sent: that they are empty is no mistake of anybody's.
 */
export function errorsBySeen(
  errors: readonly FieldError[],
  { form, answers, context, body }: AskedBefore,
): { readonly seen: readonly FieldError[]; readonly opened: readonly FieldError[] } {
  const asked = new Set(visibleItems(form, answers, context).map(controlName));
  const sent = Object.keys(body);
  const isSeen = ({ item, field, section, row }: FieldError) =>
    field === section ||
    asked.has(controlName({ item, ...(section ? { section } : {}), ...(row ? { row } : {}) })) ||
    sent.some((name) => name === field || name.startsWith(`${field}.`) || field.startsWith(`${name}.`));
  return { seen: errors.filter(isSeen), opened: errors.filter((error) => !isSeen(error)) };
}
