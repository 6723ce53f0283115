import type { Captcha } from "#kit/captcha.ts";
import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import { formatDong } from "#kit/money.ts";
import {
  button,
  captchaField,
  errorSummary,
  hiddenField,
  icon,
  notice,
  type PageError,
  type SummaryRow,
  summaryList,
} from "#kit/ui/index.ts";
import type { Assessment } from "#province/fees/index.ts";
import { renderSummary, type SummarySection } from "#province/forms/index.ts";
import type { Component } from "#province/procedure/index.ts";
import type { DossierFile } from "../dossier.ts";
import { fileSize } from "../filing-draft.ts";
import { filingPaths } from "../filing-paths.ts";
import { filingWords } from "../officer-words.ts";
import { filingFrame, type FrameProps, stepHref } from "./filing-frame.ts";

export interface FilingCheckProps extends FrameProps {
  readonly answers: readonly SummarySection[];
  readonly delivery: readonly SummarySection[];
  readonly files: readonly DossierFile[];
  readonly components: readonly Component[];
  readonly assessment: Assessment | undefined;
  /** Links instead of controls: what stands on other pages. */
  readonly problems: readonly { readonly href: string; readonly message: string }[];
  readonly errors: readonly PageError[];
  readonly submitLabel: string;
  readonly submissionId: string;
  readonly captcha?: Captcha | undefined;
  /** The answers as the paper that the law asks for. */
  readonly declarationHref?: string | undefined;
}

export function filingCheckPage(props: FilingCheckProps): Html {
  const { lang, dossierId, form } = props;
  const t = filingWords(lang, props.counter).check;
  return filingFrame(
    {
      ...props,
      summary: html`${errorSummary(lang, props.errors)}${props.problems.length > 0 ? problemSummary(props) : null}`,
    },
    html`<p class="lead">${t.lead}</p>${renderSummary(props.answers, {
      lang,
      changeHref: (page, field) => `${stepHref(form, dossierId, page)}#${field}`,
    })}${
      props.declarationHref
        ? html`<p>${icon("download", 16)} <a class="govuk-link" href="${props.declarationHref}">${t.declaration}</a></p>`
        : null
    }${papersHtml(props)}<section class="summary-section">${sectionHead(t.delivery, filingPaths.delivery(dossierId), t.change)}${summaryList(
      props.delivery.flatMap((section) =>
        section.lines.map((line): SummaryRow => ({ key: line.label, value: line.value })),
      ),
    )}</section>${duesHtml(props)}${props.problems.length > 0 ? notice({ tone: "warning", body: html`<p>${t.notReady}</p>` }) : sendForm(props)}`,
  );
}

function sectionHead(title: string, href: string, change: string): Html {
  return html`<div class="summary-section__head"><h2 class="govuk-heading-m">${title}</h2><a class="govuk-link summary-section__change" href="${href}">${change}<span class="govuk-visually-hidden"> ${title}</span></a></div>`;
}

function problemSummary(props: FilingCheckProps): Html {
  const title = props.lang === "vi" ? "Có mục cần sửa" : "There is something to correct";
  return html`<div class="govuk-error-summary" tabindex="-1" data-focus role="alert" aria-labelledby="problems-title"><h2 class="govuk-error-summary__title" id="problems-title">${title}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${props.problems.map(
    (problem) => html`<li><a href="${problem.href}">${problem.message}</a></li>`,
  )}</ul></div></div>`;
}

/** What the server really has, counted. */
function papersHtml(props: FilingCheckProps): Html {
  const { lang, files } = props;
  const t = filingWords(lang, props.counter).check;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const rows = props.components
    .map((component) => ({ component, own: files.filter((file) => file.component === component.code) }))
    .filter(({ own }) => own.length > 0)
    .map(
      ({ component, own }): SummaryRow => ({
        key: component.name[lang],
        value: html`<ul class="govuk-list paper__manifest">${own.map((file) => html`<li><span class="paper__manifest-name">${file.name}</span> <span class="muted">${fileSize(file.size)}</span> <code class="paper__hash" title="${t.fingerprint}: ${file.sha256}"><span class="govuk-visually-hidden">${t.fingerprint}: </span>${file.sha256.slice(0, 12)}</code></li>`)}</ul>`,
      }),
    );
  return html`<section class="summary-section">${sectionHead(t.papers, filingPaths.papers(props.dossierId), t.change)}${
    files.length > 0
      ? html`<p><strong>${t.manifest(files.length, fileSize(total))}</strong></p>${summaryList(rows)}`
      : html`<p>${t.noPapers}</p>`
  }</section>`;
}

function duesHtml(props: FilingCheckProps): Html {
  const { lang, assessment } = props;
  const t = filingWords(lang, props.counter).check;
  const lines = assessment?.dues ?? [];
  const body =
    lines.length === 0
      ? html`<p>${assessment ? (assessment.undetermined.length > 0 ? t.notYetPayable : t.noDues) : t.amountChanged}</p>`
      : html`<table class="dues"><caption class="visually-hidden">${t.dues}</caption><thead class="visually-hidden"><tr><th scope="col">${t.due}</th><th scope="col">${t.amount}</th></tr></thead><tbody>${lines.map(
          (due) =>
            html`<tr><th scope="row">${due.name[lang]}${due.quantity && due.unitAmount && !due.breakdown?.length ? html` <span class="dues__count">${due.quantity} × ${formatDong(due.unitAmount)}</span>` : null}${(due.breakdown ?? []).map((line) => html`<span class="dues__count">${line.label}: ${line.copies} × ${formatDong(line.perCopy)}</span>`)}${due.exemption ? html`<span class="dues__count">${due.exemption.reason[lang]}</span>` : null}<span class="dues__basis">${t.basis}: ${due.exemption?.basis || due.basis}</span></th><td class="money">${due.exemption ? t.exempt : formatDong(due.amount)}</td></tr>`,
        )}</tbody><tfoot><tr><th scope="row">${t.total}</th><td class="money">${formatDong(assessment?.total ?? 0)}</td></tr></tfoot></table>`;
  const unknown = (assessment?.notes ?? []).filter((_, index) => index >= lines.filter((due) => due.exemption).length);
  return html`<section class="summary-section"><h2 class="govuk-heading-m">${t.dues}</h2>${body}${unknown.map((note) => html`<p class="govuk-hint">${note[lang]}</p>`)}${assessment && assessment.total > 0 ? html`<p class="govuk-hint">${t.payAfter}</p>` : null}</section>`;
}

function sendForm(props: FilingCheckProps): Html {
  const { lang, captcha } = props;
  const t = filingWords(lang, props.counter).check;
  const error = props.errors.find((candidate) => candidate.field === "captcha")?.message;
  return html`<form class="filing-send" method="post" action="${filingPaths.check(props.dossierId)}" novalidate>${hiddenField("submissionId", props.submissionId)}${hiddenField("files", props.files.map((file) => `${file.id}:${file.sha256}`).join(","))}${
    captcha ? captchaField({ lang, captcha, error }) : null
  }<p class="filing-send__promise">${t.promise}</p>${button({ label: props.submitLabel, once: true })}</form>`;
}
