import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, errorSummary, hiddenField, notice, textareaField } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { COPYABLE } from "#province/digitising/index.ts";
import { dossierMessages } from "#province/dossiers/index.ts";
import { renderSummary } from "#province/forms/index.ts";
import { dossierStateTag, type Urgency } from "#province/inbox/index.ts";
import { placeName } from "#province/tenants/index.ts";
import type { deskActions } from "../desk-actions.ts";
import type { DeskDossier, Paper } from "../desk-dossier.ts";
import type { DeskSteps } from "../desk-steps.ts";
import { messages } from "../messages.ts";
import { actionBar } from "./action-bar.ts";
import { ASSIGN_FORM, assignBlock, type Assigning } from "./assign-block.ts";
import { SLIP_FORM, sideColumn } from "./side-column.ts";
import { stepsSection } from "./steps-section.ts";

export interface DossierPageProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly view: DeskDossier;
  /** The internal procedure, where the dossier runs through one. */
  readonly steps?: DeskSteps | undefined;
  readonly actions: ReturnType<typeof deskActions>;
  readonly urgency: Urgency;
  readonly assigning: Assigning;
  /** What was just done, or why it was not. */
  readonly said?: { readonly tone: "success" | "danger" | "warning"; readonly text: string } | undefined;
  /** What others did since the officer opened the page (see difference.ts). */
  readonly changed?: Html | undefined;
  /** The note as typed, when it was not saved. */
  readonly typedNote?: string | undefined;
  /** File shown in the viewer. */
  readonly shown?: Paper | undefined;
  /** Nobody asked for the file: it is shown where there is a pane for it. */
  readonly unasked?: boolean;
  /** The way to the dossiers beside this one in the list it was opened from. */
  readonly beside?: Html | null;
  /** The other parts of its linked filing. */
  readonly linked?: Html | null;
}

export function dossierPage(props: DossierPageProps): Html {
  const { lang, view, said } = props;
  const { dossier } = view;
  const t = messages[lang];
  const name = dossier.code ?? `${t.number} ${dossier.number ?? ""}`;
  const failed = said?.tone === "danger";
  const place = props.actions.includes("note") ? "note" : "case-title";
  return props.shell({
    lang,
    title: `${t.dossier} ${name}`,
    viewer: props.viewer,
    failed,
    path: failed ? undefined : `/ho-so/${dossier.id}`,
    body: html`<div class="case-way">${backLink(lang, "/", t.back)}${props.beside ?? null}</div>
${failed ? errorSummary(lang, [{ field: place, message: said.text }]) : said ? notice({ tone: said.tone, live: true, body: html`<p>${said.text}</p>` }) : null}${props.changed ?? null}
<div class="case-head"><div><h1 class="govuk-heading-l desk-title tabular" id="case-title">${name}</h1><p class="case-head__procedure">${dossier.procedure.name[lang]} · ${placeName(dossier.agency.name, lang)}</p></div><div class="case-head__state">${dossierStateTag(dossier, lang)}${dossier.code ? html`<span class="muted">${t.number} ${dossier.number}</span>` : null}</div></div>
<form class="case${props.shown ? " case--viewing" : ""}${props.unasked ? " case--auto" : ""}" method="post" action="/ho-so/${dossier.id}/luu" novalidate>
<input type="hidden" name="version" value="${dossier.version}">
<div class="case__main">
${props.shown ? html`<div class="case__viewer case__viewer--inline">${viewer(props.shown, dossier.id, lang)}</div>` : null}
${person(view, lang)}${papers(view, lang)}
${noteSection(props)}
${props.steps ? stepsSection(props.steps, dossier.id, lang) : null}
${answers(view, lang)}
</div>
<div class="case__side">${props.linked}${assignBlock(dossier, props.assigning, lang)}${sideColumn(view, props.urgency, lang)}</div>
${actionBar(props.actions, dossier, lang)}
</form><form id="${SLIP_FORM}" method="post"></form><form id="${ASSIGN_FORM}" method="post" action="/ho-so/${dossier.id}/giao">${hiddenField("version", String(dossier.version))}</form>`,
  });
}

/** "Nội dung xử lý": a field while it can be saved, afterwards what was written. */
function noteSection({ view, actions, typedNote, lang }: DossierPageProps): Html | null {
  const t = messages[lang];
  const note = view.dossier.note ?? "";
  if (actions.includes("note"))
    return html`<section>${textareaField({ id: "note", lang, label: t.note, hint: t.noteHint, required: false, rows: 3, maxLength: 4000, value: typedNote ?? note })}</section>`;
  if (note === "") return null;
  return html`<section aria-labelledby="note-title"><h2 class="govuk-heading-m" id="note-title">${t.note}</h2><p class="case-step__content">${note}</p></section>`;
}

function person({ dossier }: DeskDossier, lang: Lang): Html {
  const t = messages[lang];
  const words = dossierMessages[lang].dossier;
  const { applicant, delivery } = dossier;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t.applicant, applicant.name],
    [t.holder, dossier.holderName && dossier.holderName !== applicant.name ? dossier.holderName : undefined],
    [t.identity, applicant.identityNumber],
    [t.birthDate, applicant.birthDate ? formatDate(applicant.birthDate) : undefined],
    [t.phone, applicant.phone],
    [t.email, applicant.email],
    [t.address, applicant.address],
    [t.channel, words.channels[dossier.channel]],
    [t.delivery, delivery ? words.deliveryWays[delivery.receive] : undefined],
  ];
  return html`<section aria-labelledby="person-title"><h2 class="govuk-heading-m" id="person-title">${t.applicant}</h2><dl class="case-facts">${rows
    .filter(([, value]) => value)
    .map(([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

function answers(view: DeskDossier, lang: Lang): Html {
  const t = messages[lang];
  return html`<section class="case__answers" aria-labelledby="answers-title"><h2 class="govuk-heading-m" id="answers-title">${t.answers}</h2>${view.sections.length === 0 ? html`<p class="muted">${t.noAnswers}</p>` : html`<p><a class="govuk-link" href="/ho-so/${view.dossier.id}/to-khai.pdf">${t.declaration}</a></p>${renderSummary(view.sections, { lang, heading: "h3" })}`}</section>`;
}

function papers(view: DeskDossier, lang: Lang): Html {
  const t = messages[lang];
  return html`<section aria-labelledby="papers-title"><h2 class="govuk-heading-m" id="papers-title">${t.papers}</h2>${view.papers.length === 0 ? html`<p class="muted">${t.noPapers}</p>` : html`<ul class="case-papers">${view.papers.map((paper) => paperRow(paper, view.dossier.id, lang))}</ul>`}</section>`;
}

function paperRow(paper: Paper, dossierId: string, lang: Lang): Html {
  const t = messages[lang];
  const about = html`<span class="govuk-visually-hidden"> ${paper.name}</span>`;
  const signed = paper.copy ? t.copySigned(paper.copy.signedBy.name, formatDateTime(paper.copy.signedAt)) : t.notSigned;
  return html`<li class="case-paper"><p class="case-paper__component">${paper.componentName}</p><p class="case-paper__name">${paper.name} <span class="muted">${sizeWords(paper.size)}</span></p>
<p class="case-paper__links"><a class="govuk-link" href="/ho-so/${dossierId}?tep=${paper.id}#xem">${t.view}${about}</a><a class="govuk-link" href="/tep/${paper.id}" target="_blank" rel="noopener">${t.open}${about}</a><a class="govuk-link" href="/tep/${paper.id}?tai=1">${t.download}${about}</a>${paper.copy ? html`<a class="govuk-link" href="/tep/${paper.id}?ban=sao&amp;tai=1">${t.copy}${about}</a>` : null}</p>
${COPYABLE.has(paper.mediaType) ? html`<p class="case-paper__signed${paper.copy ? " case-paper__signed--done" : ""}">${signed}</p>` : null}${paper.reuse ? html`<p class="case-paper__reuse">${reuseWords(paper.reuse, lang)}</p>` : null}</li>`;
}

/** Where a paper that was used again comes from, so that nobody checks twice what was checked. */
function reuseWords(reuse: NonNullable<Paper["reuse"]>, lang: Lang): string {
  const t = messages[lang].reuse;
  const agreed = t.agreed(formatDateTime(reuse.consentedAt));
  if (reuse.source === "copy" && reuse.signedBy && reuse.signedAt)
    return `${t.copy(reuse.signedBy, formatDateTime(reuse.signedAt), reuse.dossierCode ?? "")} ${agreed}`;
  return `${reuse.source === "result" ? t.result(reuse.dossierCode ?? "") : t.own} ${agreed}`;
}

function viewer(paper: Paper, dossierId: string, lang: Lang): Html {
  const t = messages[lang];
  const source = `/tep/${paper.id}`;
  const body = paper.mediaType.startsWith("image/")
    ? html`<img src="${source}" alt="${paper.name}" loading="lazy">`
    : html`<iframe src="${source}" title="${paper.name}" loading="lazy"></iframe>`;
  return html`<section id="xem" class="viewer" aria-labelledby="viewer-title"><div class="viewer__head"><h2 class="govuk-heading-s" id="viewer-title"><span class="govuk-visually-hidden">${t.viewer}: </span>${paper.name}</h2><a class="govuk-link" href="/ho-so/${dossierId}?tep=#papers-title">${t.closeViewer}</a></div>${body}</section>`;
}

function sizeWords(bytes: number): string {
  return bytes >= 1_000_000
    ? `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`
    : `${Math.max(1, Math.round(bytes / 1000))} KB`;
}
