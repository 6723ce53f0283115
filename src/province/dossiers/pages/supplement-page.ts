import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  buttonGroup,
  details,
  errorSummary,
  fileField,
  icon,
  notice,
  type PageError,
} from "#kit/ui/index.ts";
import type { Dossier, DossierFile, SupplementRound } from "../dossier.ts";
import type { PaperOffer } from "../filing-deps.ts";
import { messages } from "../messages.ts";
import { dossierPaths } from "../paths.ts";
import { filingPaths } from "../filing-paths.ts";
import { UPLOAD_ACCEPT } from "../upload-file.ts";
import { fileSize } from "./paper-names.ts";
import { paperOffers } from "./paper-offers.ts";

export interface SupplementPageProps {
  readonly lang: Lang;
  readonly dossier: Dossier;
  readonly round: SupplementRound;
  /** the opened questions as the forms room renders them; null when only papers are asked for */
  readonly fields: Html | null;
  /** every file of the opened components */
  readonly files: readonly DossierFile[];
  /** what was sent before, to read */
  readonly frozen: Html | null;
  readonly errors: readonly PageError[];
  /** papers the person has already, by component */
  readonly offers: ReadonlyMap<string, readonly PaperOffer[]>;
  /** offers that were ticked on a page that comes back with errors */
  readonly chosen: ReadonlyMap<string, readonly string[]>;
  /** after saving, or after signing in again */
  readonly said: string | undefined;
}

/** The name of a component's file control. */
export function supplementFileControl(component: string): string {
  return `file.${component}`;
}

/** Only what was asked for, each with its reason; one form, so that whatever is pressed nothing chosen or typed is lost. */
export function supplementPage(props: SupplementPageProps): Html {
  const { lang, dossier, round } = props;
  const t = messages[lang].supplement;
  const papers = round.items.filter((item) => item.target === "component");
  return html`${backLink(lang, dossierPaths.dossier(dossier.id))}${errorSummary(lang, props.errors)}${props.said ? notice({ tone: "success", title: props.said, live: true }) : null}
<p class="dossier-head__number">${messages[lang].dossier.title} ${dossier.number}</p><h1 class="govuk-heading-l">${t.title}</h1>
<p class="lead">${t.lead}</p>${round.answerBy ? notice({ tone: "info", title: t.until(formatDateTime(round.answerBy)), body: html`<p>${t.onExpiry[round.onExpiry]}</p>` }) : null}${round.text ? notice({ tone: "warning", title: t.asked, body: html`<p>${round.text}</p>` }) : null}
<file-upload data-uploading="${t.uploading}" data-failed="${t.uploadFailed}" data-resume="${filingPaths.upload(dossier.id)}"><form method="post" action="${dossierPaths.supplement(dossier.id)}" enctype="multipart/form-data" novalidate>
<button class="visually-hidden" type="submit" name="_action" value="save" tabindex="-1" aria-hidden="true"></button>
${props.fields ? html`<section class="supplement-part" aria-labelledby="fields"><h2 class="govuk-heading-m" id="fields">${t.fields}</h2>${props.fields}${fieldExamples(props)}</section>` : null}
${papers.length > 0 ? html`<section class="supplement-part" aria-labelledby="papers"><h2 class="govuk-heading-m" id="papers">${t.files}</h2><p class="govuk-hint">${t.chooseHint}</p>${papers.map((item) => paper(item, props))}</section>` : null}
${buttonGroup(button({ label: t.send, name: "_action", value: "send", once: true }), button({ label: t.save, kind: "secondary", name: "_action", value: "save", noValidate: true }))}
</form></file-upload>
${props.frozen ? details(t.frozen, props.frozen) : null}`;
}

function paper(item: SupplementRound["items"][number], props: SupplementPageProps): Html {
  const { lang } = props;
  const t = messages[lang].supplement;
  const id = supplementFileControl(item.ref);
  const files = props.files.filter((file) => file.component === item.ref);
  const errors = props.errors.filter((error) => error.field === id).map((error) => error.message);
  return html`<section class="paper${errors.length > 0 ? " paper--error" : ""}" data-paper="${item.ref}"><h3 class="paper__name">${item.label}</h3>${
    item.reason
      ? html`<p class="supplement-reason">${icon("warning", 16)} <span><strong>${t.why}:</strong> ${item.reason}</span></p>`
      : null
  }${example(item, props)}<div class="paper__files" data-files>${
    files.length > 0
      ? html`<ul class="paper__list">${files.map(
          (file) =>
            html`<li class="paper__file"><span class="supplement-file"><a class="govuk-link paper__link" href="${dossierPaths.file(file.id)}">${file.name}</a><span class="supplement-file__standing">${standing(file, lang)}</span></span><span class="paper__size">${fileSize(file.size)}</span>${
              file.status === "dropping"
                ? html`<span></span>`
                : button({
                    label: t.removeFile,
                    kind: "secondary",
                    small: true,
                    name: "_action",
                    value: `remove:${file.id}`,
                    noValidate: true,
                    ariaLabel: `${t.removeFile}: ${file.name}`,
                  })
            }</li>`,
        )}</ul>`
      : null
  }</div>${fileField({ id, lang, label: t.chooseFile, accept: UPLOAD_ACCEPT, multiple: true, ...(errors.length > 0 ? { error: errors.join(" ") } : {}) })}<noscript>${button({ label: t.upload, kind: "secondary", name: "_action", value: "save", noValidate: true, ariaLabel: `${t.upload}: ${item.label}` })}</noscript>${paperOffers(item.ref, props)}</section>`;
}

/** What a good answer looks like, as the office put it. */
function example(item: SupplementRound["items"][number], { lang, dossier, round }: SupplementPageProps): Html | null {
  const t = messages[lang].supplement;
  const { text, file } = item.example ?? {};
  if (!text && !file) return null;
  const at = dossierPaths.sample(dossier.id, round.round, round.items.indexOf(item) + 1);
  return html`<p class="supplement-example"><strong>${t.example}:</strong> ${text ?? null}${file ? html` <a class="govuk-link" href="${at}">${file.name}</a> <span class="muted">${fileSize(file.size)}</span>` : null}</p>`;
}

/** Examples of opened questions that the form cannot show as a hint: those with a file. */
function fieldExamples(props: SupplementPageProps): Html | null {
  const withFile = props.round.items.filter((item) => item.target === "field" && item.example?.file);
  if (withFile.length === 0) return null;
  return html`${withFile.map((item) => html`<p class="govuk-hint">${item.label}</p>${example(item, props)}`)}`;
}

function standing(file: DossierFile, lang: Lang): string {
  const t = messages[lang].supplement;
  return file.status === "pending" ? t.added : file.status === "dropping" ? t.dropped : t.current;
}
