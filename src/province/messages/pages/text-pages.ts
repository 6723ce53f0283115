/** The administrators' pages about the words of notices: the list with the quiet hours, one event, its preview. */
import { html, type Html } from "#kit/html.ts";
import type { Lang, Text } from "#kit/i18n.ts";
import {
  backLink,
  button,
  errorOf,
  hiddenField,
  type PageError,
  selectField,
  statusTag,
  table,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import { placeholdersOf, SAMPLE, SMS_MOST, TEXT_MOST, TITLE_MOST } from "../check-text.ts";
import { EVENTS, type NoticeEvent } from "../notice.ts";
import { hourFace, type QuietHours } from "../quiet-hours.ts";
import { mailOf, type NoticeTexts, noticeText, noticeTitle, shortNumber, smsText } from "../templates.ts";
import { textMessages } from "../text-messages.ts";
import { type NoticeWords, USUAL_TEXTS } from "../usual-texts.ts";

export const TEXTS_HOME = "/quan-tri/thong-bao";
const LANGS = ["vi", "en"] as const;

export function textsPage(
  props: AdminFramed & {
    readonly now: Date;
    readonly texts: NoticeTexts;
    readonly quiet: QuietHours;
    readonly errors: readonly PageError[];
  },
): Html {
  const { lang, now, texts, quiet, errors } = props;
  const t = textMessages[lang];
  const isOwn = (event: NoticeEvent) => LANGS.some((one) => texts(event, one, now) !== USUAL_TEXTS[one][event]);
  const hours = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => ({
      value: String(from + index),
      label: hourFace(from + index),
    }));
  const list = table({
    caption: t.title,
    hideCaption: true,
    rows: EVENTS,
    columns: [
      { label: t.event, head: true, cell: (event) => texts(event, lang, now).title },
      {
        label: t.words,
        cell: (event) =>
          html`${texts(event, lang, now).text}${isOwn(event) ? html`<br>${statusTag({ tone: "info", icon: "pen", label: t.own })}` : null}`,
      },
      {
        label: t.change,
        cell: (event) =>
          html`<a class="govuk-link" href="${TEXTS_HOME}/${event}">${t.change}<span class="govuk-visually-hidden"> ${texts(event, lang, now).title}</span></a>`,
      },
    ],
  });
  return adminFrame(props, {
    current: "notices",
    title: t.title,
    errors,
    ...(errors.length > 0 ? {} : { path: TEXTS_HOME }),
    body: html`<p class="lead">${t.lead}</p>${list}<section aria-labelledby="yen-tinh"><h2 class="govuk-heading-m" id="yen-tinh">${t.quiet}</h2><p>${t.quietLead}</p><form class="cluster" method="post" action="${TEXTS_HOME}" novalidate>${selectField({ id: "from", lang, label: t.quietFrom, required: true, placeholder: false, options: hours(18, 23), value: String(quiet.from), error: errorOf(errors, "from") })}${selectField({ id: "to", lang, label: t.quietTo, required: true, placeholder: false, options: hours(5, 9), value: String(quiet.to), error: errorOf(errors, "to") })}${button({ label: t.save, kind: "secondary" })}</form></section>`,
  });
}

/** Who sends it, in both languages, and where a mail leads. */
export interface Sending {
  readonly sender: Text;
  readonly portal: Text;
  readonly address: string;
}

export type TypedWords = Readonly<Record<Lang, NoticeWords>>;

export function textPage(
  props: AdminFramed & {
    readonly event: NoticeEvent;
    readonly typed: TypedWords;
    readonly errors: readonly PageError[];
    /** Shown when the words were found fit. */
    readonly previewed: Sending | undefined;
    readonly isOwn: boolean;
  },
): Html {
  const { lang, event, typed, errors, previewed } = props;
  const t = textMessages[lang];
  const names = placeholdersOf(event)
    .map((name) => `{${name}} ${t.placeholders[name]}`)
    .join(", ");
  const fields = LANGS.map(
    (one) =>
      html`${textField({ id: `title-${one}`, lang, label: t.titleOf[one], required: true, maxLength: TITLE_MOST, value: typed[one].title, error: errorOf(errors, `title-${one}`) })}${textareaField({ id: `text-${one}`, lang, label: t.textOf[one], hint: t.textHint(names), required: true, rows: 4, maxLength: TEXT_MOST, value: typed[one].text, error: errorOf(errors, `text-${one}`) })}`,
  );
  const action = `${TEXTS_HOME}/${event}`;
  return adminFrame(props, {
    current: "notices",
    title: `${t.editTitle}: ${USUAL_TEXTS[lang][event].title}`,
    errors,
    width: "narrow",
    ...(errors.length > 0 || previewed ? {} : { path: action }),
    body: html`${backLink(lang, TEXTS_HOME, t.back)}<form method="post" action="${action}" novalidate>${fields}${button({ label: t.look, name: "viec", value: "xem", kind: previewed ? "secondary" : undefined })}</form>${previewed ? preview(event, typed, previewed, lang) : null}${
      props.isOwn
        ? html`<form method="post" action="${action}">${button({ label: t.usual, kind: "secondary", name: "viec", value: "san-co", once: true })}</form>`
        : null
    }`,
  });
}

function preview(event: NoticeEvent, typed: TypedWords, about: Sending, lang: Lang): Html {
  const t = textMessages[lang];
  const told = { event, facts: SAMPLE, at: new Date(0) };
  const texts: NoticeTexts = (_event, one) => typed[one];
  const rows = LANGS.flatMap((one) => {
    const sms = smsText(told, one, about.sender[one], texts);
    const mail = mailOf(told, one, { sender: about.portal[one], address: about.address }, texts);
    const parts = sms.length <= 160 ? 1 : Math.ceil(sms.length / (SMS_MOST / 2));
    return [
      {
        name: `${t.channels.sms} · ${one}`,
        body: html`<p>${sms}</p><p class="muted small">${t.smsLength(sms.length, parts)}</p>`,
      },
      {
        name: `${t.channels.push} · ${one}`,
        body: html`<p><strong>${shortNumber(SAMPLE.number)}: ${noticeTitle(told, one, texts)}</strong><br>${noticeText(told, one, texts)}</p>`,
      },
      {
        name: `${t.channels.mail} · ${one}`,
        body: html`<p><strong>${mail.subject}</strong></p><p class="prewrap">${mail.text}</p>`,
      },
    ].map((row) => ({ ...row, one }));
  });
  const hidden = LANGS.map(
    (one) => html`${hiddenField(`title-${one}`, typed[one].title)}${hiddenField(`text-${one}`, typed[one].text)}`,
  );
  return html`<section aria-labelledby="xem-truoc"><h2 class="govuk-heading-m" id="xem-truoc" tabindex="-1">${t.preview}</h2><p class="muted">${t.previewLead}</p>${rows.map(({ name, body, one }) => html`<div class="notices__one"><h3 class="govuk-heading-s">${name}</h3><div lang="${one}">${body}</div></div>`)}<form method="post" action="${TEXTS_HOME}/${event}">${hidden}${button({ label: t.apply, name: "viec", value: "luu", once: true })}</form></section>`;
}
