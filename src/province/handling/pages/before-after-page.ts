/** What a citizen's answer changed, side by side: declared facts, and papers as they look. */
import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { Dossier, SupplementRound } from "#province/dossiers/index.ts";
import { askMessages } from "../ask-messages.ts";
import { messages } from "../messages.ts";
import type { FileChange } from "../supplement-changes.ts";
import type { DifferenceLine } from "../supplement-difference.ts";

export interface ChangedFile extends FileChange {
  /** Of the component. */
  readonly name: string;
  readonly file: { readonly id: string; readonly name: string; readonly mediaType: string } | undefined;
}

export interface BeforeAfterProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly round: SupplementRound;
  readonly lines: readonly DifferenceLine[];
  readonly files: readonly ChangedFile[];
}

export function beforeAfterPage(props: BeforeAfterProps): Html {
  const { lang, dossier, round } = props;
  const t = askMessages[lang];
  return props.shell({
    lang,
    title: t.difference(round.round),
    viewer: props.viewer,
    width: "wide",
    path: `/ho-so/${dossier.id}/bo-sung/${round.round}`,
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, messages[lang].keep)}<h1 class="govuk-heading-l desk-title">${t.difference(round.round)}</h1><p class="muted tabular">${dossier.code ?? `${messages[lang].number} ${dossier.number ?? ""}`} · ${dossier.applicant.name}${round.answeredAt ? ` · ${t.answered} ${formatDateTime(round.answeredAt)}` : ""}</p>
<section aria-labelledby="asked-title"><h2 class="govuk-heading-m" id="asked-title">${t.asked}</h2>${round.text ? html`<p>${round.text}</p>` : null}<ul class="govuk-list govuk-list--bullet">${round.items.map((item) => html`<li><strong>${item.label}</strong>${item.reason ? html`: ${item.reason}` : null}</li>`)}</ul></section>
${answers(props)}${files(props)}`,
  });
}

function answers({ lang, lines }: BeforeAfterProps): Html {
  const t = askMessages[lang];
  const said = (value: string | undefined) => (value === undefined ? t.notThere : value || t.blank);
  const table = html`<table class="govuk-table diff"><thead><tr><th scope="col" class="govuk-table__header">${t.what}</th><th scope="col" class="govuk-table__header">${t.before}</th><th scope="col" class="govuk-table__header">${t.after}</th></tr></thead><tbody>${lines.map(
    (line) =>
      html`<tr><th scope="row" class="govuk-table__cell"><span class="diff__section">${line.section}</span>${line.label}</th><td class="govuk-table__cell diff__old" data-label="${t.before}"><del>${said(line.before)}</del></td><td class="govuk-table__cell diff__new" data-label="${t.after}"><ins>${said(line.after)}</ins></td></tr>`,
  )}</tbody></table>`;
  return html`<section aria-labelledby="answers-title"><h2 class="govuk-heading-m" id="answers-title">${t.answers}</h2>${lines.length === 0 ? html`<p>${t.noDifference}</p>` : table}</section>`;
}

/** By component: what was there on the left, what came on the right. */
function files({ lang, files: all }: BeforeAfterProps): Html {
  const t = askMessages[lang];
  const components = [...new Map(all.map((one) => [one.component, one.name]))];
  const side = (component: string, change: FileChange["change"]) => {
    const here = all.filter((one) => one.component === component && one.change === change);
    return here.length === 0
      ? html`<p class="muted">${t.notThere}</p>`
      : html`${here.map((one) => picture(one, lang))}`;
  };
  const pairs = components.map(
    ([code, name]) =>
      html`<section class="diff-files"><h3 class="govuk-heading-s">${name}</h3><div class="diff-files__pair"><div><p class="diff-files__side">${t.before}</p>${side(code, "removed")}</div><div><p class="diff-files__side">${t.after}</p>${side(code, "added")}</div></div></section>`,
  );
  return html`<section aria-labelledby="files-title"><h2 class="govuk-heading-m" id="files-title">${t.files}</h2>${pairs.length === 0 ? html`<p>${t.noFiles}</p>` : pairs}</section>`;
}

/** A picture as it is, a PDF from its first page, anything else by its name. */
function picture({ fileId, file }: ChangedFile, lang: Lang): Html {
  const t = askMessages[lang];
  const source = `/tep/${fileId}`;
  const name = file?.name ?? fileId;
  const shown = file?.mediaType.startsWith("image/")
    ? html`<img src="${source}" alt="${name}" loading="lazy">`
    : file?.mediaType === "application/pdf"
      ? html`<iframe src="${source}#page=1&amp;view=FitH&amp;toolbar=0" title="${name}" loading="lazy"></iframe>`
      : null;
  return html`<figure class="diff-file">${shown}<figcaption>${name} · <a class="govuk-link" href="${source}" target="_blank" rel="noopener">${t.open}<span class="govuk-visually-hidden"> ${name}</span></a></figcaption></figure>`;
}
