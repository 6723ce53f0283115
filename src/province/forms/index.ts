/**
 * Forms: a public service's questions as data (`procedures/<code>/form.json`), and everything that is done with them.
 *
 * Words: page, section, item, repeat and its rows, answer, fact (what is known without asking), condition.
 * Promises: one definition drives the page, the check and the stored answers; hidden answers are pruned; nothing here
 * reads a clock, a database or the network, and nothing throws on hostile answers.
 */
export { conditionHolds, subjectsOf } from "./condition.ts";
export type {
  Address,
  Answer,
  AnswerRow,
  Answers,
  Choice,
  Condition,
  Facts,
  FieldError,
  FormContext,
  FormDefinition,
  FormItem,
  FormPage,
  FormSection,
  ItemAddress,
  ItemType,
} from "./form.ts";
export { answerAt, controlName, isAddress, isEmptyAnswer, isSignature, rowsAt } from "./form.ts";
export { type Marks, marksOf, readMarks, writeMarks } from "./answer-marks.ts";
export { formChanges, type FormChanges } from "./form-changes.ts";
export { type MergeConflict, type Merged, mergePage, partOfPage } from "./merge-page.ts";
export { PAPER_ACCEPT } from "./paper-accept.ts";
export { pageIsland } from "./page-island.ts";
export { renderSignaturePicture } from "./signature-picture.ts";
export { SIGNATURE_HEIGHT, SIGNATURE_WIDTH } from "./signature-strokes.ts";
export { type UnitLists, UNITS_PATH } from "./render-units.ts";
export { bankChoices } from "./banks.ts";
export { answerWords, choicesOf, dateWords } from "./answer-words.ts";
export { checkDefinition, readableExpression } from "./definition-check.ts";
export { decidingItems, type Finding, lintForm } from "./definition-lint.ts";
export { evaluate, itemsOf, pruneAnswers, visibleItems, type Evaluation, type VisibleItem } from "./evaluation.ts";
export { factsUsed } from "./facts-used.ts";
export { toJsonSchema } from "./json-schema.ts";
export {
  ACTION_NAME,
  type FormAction,
  type PostBody,
  readFormAction,
  readFormPost,
  type UnitNames,
} from "./read-form-post.ts";
export { validateAnswers, type Validation } from "./validate-answers.ts";
export { messages as formMessages } from "./messages.ts";
export { type FormPageProps, pageErrors, placedMessage, renderFormPage, shownErrors } from "./render-form-page.ts";
export { renderSummary, summarizeAnswers, type SummaryLine, type SummarySection } from "./render-summary.ts";
export { type AskedComponent, replacementOf, requiredComponents } from "./required-components.ts";
