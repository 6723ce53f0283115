import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import { button, errorSummary, fileField, notice, type PageError } from "#kit/ui/index.ts";
import type { AskedComponent } from "#province/forms/index.ts";
import type { Component, Replacement } from "#province/procedure/index.ts";
import type { DossierFile } from "../dossier.ts";
import type { PaperOffer } from "../filing-deps.ts";
import { fileSize } from "../filing-draft.ts";
import { filingMessages } from "../filing-messages.ts";
import { filingPaths } from "../filing-paths.ts";
import { filingWords } from "../officer-words.ts";
import { dossierPaths } from "../paths.ts";
import { UPLOAD_ACCEPT } from "../upload-file.ts";
import { replacedPapersHtml } from "./case-papers-page.ts";
import { filingFrame, frameButtons, type FrameProps } from "./filing-frame.ts";
import { paperOffers } from "./paper-offers.ts";

export interface FilingPapersProps extends FrameProps {
  readonly papers: readonly AskedComponent<Component>[];
  /** Papers a national database stands for: said, not asked. */
  readonly replaced: readonly { readonly component: Component; readonly by: Replacement }[];
  readonly files: readonly DossierFile[];
  /** `field` is the control's name, `file.<component>` or `consent.<component>`. */
  readonly errors: readonly PageError[];
  /** What was kept otherwise than it was sent. */
  readonly notices: readonly string[];
  /** Papers the person has already, by component. */
  readonly offers: ReadonlyMap<string, readonly PaperOffer[]>;
  /** Offers that were ticked on a page that comes back with errors. */
  readonly chosen: ReadonlyMap<string, readonly string[]>;
}

/** The name of a component's file control. */
export function fileControl(component: string): string {
  return `file.${component}`;
}

/** One form for all papers: whatever button is pressed, no chosen file is lost. */
export function filingPapersPage(props: FilingPapersProps): Html {
  const t = filingWords(props.lang, props.counter).papers;
  return filingFrame(
    { ...props, summary: errorSummary(props.lang, props.errors) },
    html`${props.notices.length > 0 ? notice({ tone: "info", body: html`${props.notices.map((text) => html`<p>${text}</p>`)}` }) : null}<p class="lead">${props.papers.length > 0 ? t.lead : t.none}</p>${props.papers.length > 0 ? html`<p class="govuk-hint">${t.rule}</p>` : null}<file-upload data-uploading="${t.uploading}" data-failed="${t.uploadFailed}" data-resume="${filingPaths.upload(props.dossierId)}"><form method="post" action="${filingPaths.papers(props.dossierId)}" enctype="multipart/form-data" novalidate><button class="visually-hidden" type="submit" name="_action" value="next" tabindex="-1" aria-hidden="true"></button>${props.papers.map((paper) => paperHtml(paper, props))}${replacedPapersHtml(props.lang, props.replaced)}${frameButtons(props.lang, props.savedAt)}</form></file-upload>`,
  );
}

function paperHtml({ component, required }: AskedComponent<Component>, props: FilingPapersProps): Html {
  const { lang } = props;
  const t = filingWords(lang, props.counter).papers;
  const name = component.name[lang];
  const id = fileControl(component.code);
  const files = props.files.filter((file) => file.component === component.code);
  const errors = props.errors.filter((error) => error.field === id).map((error) => error.message);
  return html`<section class="paper${errors.length > 0 ? " paper--error" : ""}" data-paper="${component.code}"><h2 class="paper__name">${name} <span class="paper__need${required ? " paper__need--required" : ""}">${required ? t.required : t.optional}</span></h2>${
    component.hint ? html`<p class="govuk-hint">${component.hint[lang]}</p>` : null
  }${component.form ? html`<p class="govuk-hint">${t.blank}: ${component.form[lang]}</p>` : null}<div class="paper__files" data-files>${
    files.length > 0 ? listHtml(files, props) : null
  }</div>${fileField({
    id,
    lang,
    label: files.length > 0 ? `+ ${t.chooseShort}` : t.chooseShort,
    accept: UPLOAD_ACCEPT,
    multiple: true,
    ...(errors.length > 0 ? { error: errors.join(" ") } : {}),
  })}${props.counter ? deskCamera(id, t) : null}<noscript>${button({ label: t.upload, kind: "secondary", name: "_action", value: "upload", noValidate: true, ariaLabel: `${t.upload}: ${name}` })}</noscript>${paperOffers(component.code, props)}</section>`;
}

/** The desk's document camera; a scanner's files are chosen. */
function deskCamera(field: string, { deskCamera: t }: ReturnType<typeof filingWords>["papers"]): Html {
  return html`<paper-camera data-for="${field}" data-label="${t.label}" data-shoot="${t.shoot}" data-done="${t.done}" data-count="${t.count}" data-page="${t.page}" data-denied="${t.denied}"></paper-camera>`;
}

function listHtml(files: readonly DossierFile[], { lang }: FilingPapersProps): Html {
  const t = filingMessages[lang].papers;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  return html`<p class="paper__count">${t.received(files.length, fileSize(total))}</p><ul class="paper__list">${files.map(
    (file) =>
      html`<li class="paper__file">${
        file.thumbSha256
          ? html`<img class="paper__thumb" src="${dossierPaths.thumb(file.id)}" alt="" width="48" height="48" loading="lazy">`
          : html`<span class="paper__thumb paper__thumb--none" aria-hidden="true">${(/\.([a-z0-9]{1,4})$/i.exec(file.name)?.[1] ?? "").toUpperCase()}</span>`
      }<a class="govuk-link paper__link" href="${dossierPaths.file(file.id)}">${file.name}</a><span class="paper__size">${fileSize(file.size)}</span>${button(
        {
          label: t.remove,
          kind: "secondary",
          small: true,
          name: "_action",
          value: `remove:${file.id}`,
          noValidate: true,
          ariaLabel: `${t.remove}: ${file.name}`,
        },
      )}</li>`,
  )}</ul>`;
}
