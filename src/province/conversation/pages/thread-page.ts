import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { newId } from "#kit/ids.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  errorOf,
  errorSummary,
  fileField,
  hiddenField,
  icon,
  notice,
  type PageError,
  textareaField,
} from "#kit/ui/index.ts";
import { dossierPaths, fileSize, UPLOAD_ACCEPT } from "#province/dossiers/index.ts";
import type { Letter, LetterFile, Side } from "../letter.ts";
import { messages } from "../messages.ts";
import { conversationPaths } from "../paths.ts";

export interface ThreadProps {
  readonly lang: Lang;
  readonly dossierId: string;
  readonly dossierName: string;
  /** Who reads the page. */
  readonly side: Side;
  readonly letters: readonly Letter[];
  readonly open: boolean;
  /** May this person write? */
  readonly mayWrite: boolean;
  readonly typed:
    | { readonly id: string; readonly body: string; readonly kept: string; readonly keptFiles: readonly LetterFile[] }
    | undefined;
  readonly errors: readonly PageError[];
  readonly said: boolean;
}

/** The letters of a dossier, oldest first, and the form for one more while the dossier is open. */
export function threadPage(props: ThreadProps): Html {
  const { lang, letters, side } = props;
  const t = messages[lang];
  return html`${backLink(lang, dossierPaths.dossier(props.dossierId), props.dossierName)}${errorSummary(lang, props.errors)}${props.said ? notice({ tone: "success", title: t.sent, live: true }) : null}<h1 class="govuk-heading-l">${t.title}</h1><p class="govuk-body">${side === "citizen" ? t.leadCitizen : t.leadOfficer}</p>${
    letters.length === 0
      ? html`<p class="muted">${t.none}</p>`
      : html`<ol class="thread">${letters.map((letter) => one(letter, props))}</ol>`
  }${props.open ? (props.mayWrite ? form(props) : null) : notice({ tone: "info", body: html`<p>${t.closed}</p>` })}`;
}

function one(letter: Letter, { lang, side, dossierId }: ThreadProps): Html {
  const t = messages[lang];
  const mine = letter.side === side;
  const seen = mine ? html` · ${letter.readAt ? t.seen(formatDateTime(letter.readAt)) : t.notSeen}` : null;
  return html`<li class="thread__one${mine ? " thread__one--mine" : ""}"><p class="thread__who"><strong>${mine && side === "citizen" ? t.you : letter.authorName}</strong> <span class="muted">${formatDateTime(letter.at)}${seen}</span></p>${letter.body === "" ? null : html`<p class="thread__body prewrap">${letter.body}</p>`}${
    letter.files.length === 0
      ? null
      : html`<ul class="govuk-list">${letter.files.map((file) => html`<li>${icon("file", 16)} <a class="govuk-link" href="${conversationPaths.file(dossierId, file.id)}">${file.name}</a> <span class="muted small">${fileSize(file.size)}</span></li>`)}</ul>`
  }</li>`;
}

function form({ lang, dossierId, typed, errors }: ThreadProps): Html {
  const t = messages[lang];
  return html`<form method="post" action="${conversationPaths.thread(dossierId)}" enctype="multipart/form-data" novalidate>${hiddenField("id", typed?.id ?? newId())}${typed && typed.keptFiles.length > 0 ? html`${hiddenField("kept", typed.kept)}<p>${t.kept}: ${typed.keptFiles.map((file) => file.name).join(", ")}</p>` : null}${textareaField({ id: "body", lang, label: t.body, value: typed?.body ?? "", error: errorOf(errors, "body"), rows: 5, required: true })}${fileField({ id: "files", lang, label: t.files, hint: t.filesHint, accept: UPLOAD_ACCEPT, multiple: true, required: true, error: errorOf(errors, "files") })}${button({ label: t.send, once: true })}</form>`;
}
