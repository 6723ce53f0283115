/**
 * A page of a form as HTML that works without JavaScript: questions that depend on answers appear after "Cập nhật", rows
 * come and go by submit buttons. The browser element `live-form` makes the same happen by itself: it posts the page and
 * takes from the answer the questions (`data-question`) that are new.
 */
import type { Html } from "#kit/html.ts";
import { attributes, html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { maskIdentity } from "#kit/mask.ts";
import { button, type PageError } from "#kit/ui/parts.ts";
import { answerWords } from "./answer-words.ts";
import { subjectsOf } from "./condition.ts";
import type { VisibleItem, VisibleSection } from "./evaluation.ts";
import { evaluate } from "./evaluation.ts";
import type { Answers, Condition, FieldError, FormContext, FormDefinition, FormPage } from "./form.ts";
import { controlName, isEmptyAnswer } from "./form.ts";
import { messages as words } from "./messages.ts";
import { ACTION_NAME, rowsName } from "./read-form-post.ts";
import { type ItemView, originWords, renderItem } from "./render-item.ts";
import type { UnitLists } from "./render-units.ts";

export interface FormPageProps {
  readonly form: FormDefinition;
  readonly page: FormPage;
  readonly answers: Answers;
  readonly context: FormContext;
  readonly lang: Lang;
  readonly errors?: readonly FieldError[];
  /** Lists of units for addresses that are chosen; without them (in the browser) the lists are asked for one by one. */
  readonly units?: UnitLists;
  /** "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh", offered while an area is typed. */
  readonly areas?: readonly string[];
}

/** Everything inside the <form>: the questions and the buttons that change rows; "Tiếp tục" and "Lưu" are the caller's. */
export function renderFormPage(props: FormPageProps): Html {
  const { form, page, lang } = props;
  const visible = evaluate(form, props.answers, props.context).pages.find(
    ({ definition }) => definition.id === page.id,
  );
  const messages = new Map(props.errors?.toReversed().map((error) => [error.field, error.message[lang]]));
  const view: ItemView = {
    lang,
    errorAt: (field) => messages.get(field),
    ...(props.units ? { units: props.units } : {}),
    ...(props.context.origins ? { origins: props.context.origins } : {}),
  };
  const sections = visible?.sections ?? [];
  // Pressing Enter in a field presses the first button of a form: it must not be "Xóa dòng".
  return html`<button class="visually-hidden" type="submit" name="${ACTION_NAME}" value="next" tabindex="-1" aria-hidden="true"></button>${
    page.intro ? html`<p class="lead">${page.intro[lang]}</p>` : null
  }${sections.map((section) => sectionHtml(section, view, sections.length > 1))}${
    dependsOnItself(page)
      ? html`<noscript><div class="filing-update">${button({ label: words[lang].update, kind: "secondary", name: ACTION_NAME, value: "update", noValidate: true })}<p class="govuk-hint">${words[lang].updateHint}</p></div></noscript>`
      : null
  }${props.areas && props.areas.length > 0 ? html`<datalist id="areas">${props.areas.map((area) => html`<option value="${area}"></option>`)}</datalist>` : null}`;
}

/** For the error summary: the messages in the reader's language, each with its control. */
export function pageErrors(errors: readonly FieldError[], lang: Lang): readonly PageError[] {
  return errors.map((error) => ({ field: error.field, message: placedMessage(error, lang) }));
}

/**
 * While somebody is still typing: what is wrong is marked at once, what is only empty when they have once asked to go on.
 */
export function shownErrors(errors: readonly FieldError[], checked: boolean): readonly FieldError[] {
  return checked ? errors : errors.filter((error) => !error.reason.startsWith("required-"));
}

/** "Giấy tờ 2: …" where the message stands away from its row. */
export function placedMessage(error: FieldError, lang: Lang): string {
  return error.place ? `${error.place[lang]}: ${error.message[lang]}` : error.message[lang];
}

function sectionHtml(section: VisibleSection, view: ItemView, titled: boolean): Html {
  const { definition } = section;
  const { lang } = view;
  return html`<section class="filing-section" id="${definition.id}" tabindex="-1" data-section="${definition.id}">${
    titled || definition.repeat ? html`<h2 class="govuk-heading-m">${definition.title[lang]}</h2>` : null
  }${definition.hint ? html`<p class="govuk-hint">${definition.hint[lang]}</p>` : null}${
    definition.repeat ? rowsHtml(section, view) : itemsHtml(section.items, definition.id, view)
  }</section>`;
}

function rowsHtml(section: VisibleSection, view: ItemView): Html {
  const { definition, rows } = section;
  const { lang } = view;
  const repeat = definition.repeat ?? { min: 0, max: 0, row: { vi: "", en: "" } };
  const error = view.errorAt(definition.id);
  return html`<div class="rows">${error ? html`<p class="govuk-error-message" data-question="${definition.id}.error">${error}</p>` : null}<input type="hidden" name="${rowsName(definition.id)}" value="${rows.map((row) => row.row).join(",")}" data-question="${definition.id}._rows">${rows.map(
    (row, index) =>
      html`<fieldset class="govuk-fieldset rows__row" data-question="${definition.id}.${row.row}"><legend class="rows__title">${repeat.row[lang]} <span data-number>${index + 1}</span></legend>${itemsHtml(row.items, `${definition.id}.${row.row}`, view)}${
        rows.length > repeat.min && !repeat.fixed
          ? html`<div data-question="${definition.id}.${row.row}.remove">${button({
              label: words[lang].removeRow,
              kind: "secondary",
              small: true,
              name: ACTION_NAME,
              value: `remove:${definition.id}:${row.row}`,
              noValidate: true,
              ariaLabel: `${words[lang].removeRow}: ${repeat.row[lang]} ${index + 1}`,
            })}</div>`
          : null
      }</fieldset>`,
  )}${
    rows.length < repeat.max && !repeat.fixed
      ? html`<div data-question="${definition.id}.add">${button({ label: words[lang].addRow, kind: "secondary", name: ACTION_NAME, value: `add:${definition.id}`, noValidate: true, ariaLabel: `${words[lang].addRow}: ${repeat.row[lang]}` })}</div>`
      : null
  }</div>`;
}

function itemsHtml(items: readonly VisibleItem[], place: string, view: ItemView): Html {
  // What is known stands where its question would: nothing above a control moves while it is answered.
  const groups: VisibleItem[][] = [];
  for (const item of items.filter(({ definition }) => !definition.quiet)) {
    if (item.source === "frozen" && isEmptyAnswer(item.value)) continue;
    const last = groups.at(-1);
    if (item.source !== "asked" && last?.[0] && last[0].source !== "asked") last.push(item);
    else groups.push([item]);
  }
  return html`${groups.map((group) => {
    const first = group[0];
    if (!first) return null;
    if (first.source !== "asked") return knownHtml(group, `${place}.known.${first.item}`, view);
    return html`<div data-question="${controlName(first)}"${attributes({ class: first.definition.when ? "question--conditional" : undefined })}>${renderItem(first, view)}</div>`;
  })}`;
}

function knownHtml(items: readonly VisibleItem[], key: string, view: ItemView): Html {
  const { lang } = view;
  const origins = new Set(items.flatMap((item) => originWords(item, view) ?? []));
  // One source for all of them is said once.
  const [only] = origins.size === 1 ? origins : [];
  return html`<div class="known" data-question="${key}"><p class="known__title">${knownTitle(items, lang)}${only ? html`<span class="known__origin">${only}</span>` : null}</p><dl class="known__list">${items.map(
    (item) =>
      html`<div class="known__row"><dt>${item.definition.label[lang]}</dt><dd>${knownWords(item, lang)}${only ? null : originHtml(item, view)}</dd></div>`,
  )}</dl></div>`;
}

function knownTitle(items: readonly VisibleItem[], lang: Lang): string {
  if (items.every(isComputed)) return words[lang].computed;
  return items.every(({ source }) => source === "frozen") ? words[lang].frozen : words[lang].known;
}

function originHtml(item: VisibleItem, view: ItemView): Html | null {
  const origin = originWords(item, view);
  return origin ? html`<span class="known__origin">${origin}</span>` : null;
}

function isComputed({ source, definition }: VisibleItem): boolean {
  return source === "derived" && (definition.derive ?? []).some((rule) => rule.compute !== undefined);
}

/** Over somebody's shoulder an identity number tells nothing. */
function knownWords(item: VisibleItem, lang: Lang): string {
  const words = answerWords(item.definition, item.value, lang);
  return item.definition.type === "identityNumber" ? maskIdentity(words) : words;
}

/** Does an answer on this page change which questions stand on it? */
function dependsOnItself(page: FormPage): boolean {
  const own = new Set(page.sections.flatMap((section) => [section.id, ...section.items.map((item) => item.id)]));
  const watched = (condition: Condition | undefined): boolean =>
    condition !== undefined && subjectsOf(condition).some((id) => own.has(id));
  return page.sections.some(
    (section) =>
      section.items.some((item) => item.units || (item.derive ?? []).some((rule) => rule.compute)) ||
      watched(section.when) ||
      section.items.some(
        (item) => !item.quiet && (watched(item.when) || (item.derive ?? []).some((rule) => watched(rule.when))),
      ),
  );
}
