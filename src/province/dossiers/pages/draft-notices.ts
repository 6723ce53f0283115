/** What the owner of a draft must know before going on: a new version, no version, two answers to one question. */
import type { Html } from "#kit/html.ts";
import { attributes, html } from "#kit/html.ts";
import type { Lang, Text } from "#kit/i18n.ts";
import { button, hiddenField } from "#kit/ui/index.ts";
import type { FormChanges } from "#province/forms/index.ts";
import { draftMessages } from "../draft-messages.ts";
import { CHOICE_PREFIX, CONFLICTS_NAME } from "../draft-fields.ts";
import { filingPaths } from "../filing-paths.ts";
import { draftWords } from "../officer-words.ts";

export interface DraftNoticesProps {
  readonly changes?: FormChanges | undefined;
  readonly withdrawn?: boolean | undefined;
}

export function draftNotices(lang: Lang, dossierId: string, props: DraftNoticesProps, counter?: boolean): Html {
  const t = draftWords(lang, counter);
  const { changes } = props;
  return html`${
    props.withdrawn
      ? html`<div class="notice notice--warning" role="status"><h2 class="govuk-heading-s">${t.withdrawn.title}</h2><p>${t.withdrawn.text}</p></div>`
      : null
  }${
    changes
      ? html`<div class="notice notice--info" role="status"><h2 class="govuk-heading-s">${t.carried.title}</h2><p>${t.carried.text}</p>${labels(lang, t.carried.added, changes.added)}${labels(lang, t.carried.changed, changes.changed)}${labels(lang, t.carried.gone, changes.gone)}<form method="post" action="${filingPaths.seen(dossierId)}">${button({ label: t.carried.seen, kind: "secondary", small: true })}</form></div>`
      : null
  }`;
}

function labels(lang: Lang, title: string, list: readonly Text[]): Html | null {
  if (list.length === 0) return null;
  return html`<p>${title}</p><ul class="govuk-list govuk-list--bullet">${list.map((label) => html`<li>${label[lang]}</li>`)}</ul>`;
}

export interface ConflictLine {
  readonly id: string;
  readonly label: string;
  /** In words; "" when empty. */
  readonly mine: string;
  readonly theirs: string;
}

/** Inside the form, so that the choice travels with everything that was typed. */
export function conflictPanel(lang: Lang, conflicts: readonly ConflictLine[]): Html | null {
  if (conflicts.length === 0) return null;
  const t = draftMessages[lang].conflict;
  return html`<div class="draft-conflict" data-conflict tabindex="-1" data-focus role="alert" aria-labelledby="conflict-title"><h2 class="govuk-heading-m" id="conflict-title">${t.title}</h2><p>${t.text}</p>${hiddenField(CONFLICTS_NAME, conflicts.map(({ id }) => id).join(","))}${conflicts.map((line) => choice(lang, line))}</div>`;
}

function choice(lang: Lang, { id, label, mine, theirs }: ConflictLine): Html {
  const t = draftMessages[lang].conflict;
  const option = (value: "mine" | "theirs", title: string, words: string): Html => {
    const control = `choose-${id}-${value}`;
    return html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio"${attributes({ id: control, name: `${CHOICE_PREFIX}${id}`, value })}><label class="govuk-label govuk-radios__label" for="${control}">${title} <strong class="draft-conflict__words">${words || t.nothing}</strong></label></div>`;
  };
  return html`<fieldset class="govuk-fieldset draft-conflict__choice"><legend class="govuk-fieldset__legend govuk-label">${t.choose(label)}</legend><div class="govuk-radios">${option("mine", t.mine, mine)}${option("theirs", t.theirs, theirs)}</div></fieldset>`;
}
