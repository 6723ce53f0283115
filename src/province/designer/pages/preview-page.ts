/** The preview's own page with its frames, and what stands in them: the portal's frame and the portal's renderer. */
import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { assetPath, button, errorSummary, hiddenField, notice, pageShell, steps, table } from "#kit/ui/index.ts";
import {
  type Answers,
  type FieldError,
  type FormContext,
  type FormDefinition,
  type FormPageProps,
  pageErrors,
  pageIsland,
  renderFormPage,
  renderSummary,
  summarizeAnswers,
} from "#province/forms/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { previewMessages } from "../preview-messages.ts";
import type { PreviewResult } from "../preview-dossier.ts";
import { type CopyFramed, designerFrame } from "./designer-frame.ts";
import { designerPaths } from "./designer-paths.ts";

export interface PreviewPageProps extends CopyFramed {
  /** Which page of the form the frames begin with. */
  readonly page: string;
  readonly result: string;
  readonly readable: boolean;
}

/** `/soan/xem-thu`: a phone and a computer beside each other. */
export function previewPage(props: PreviewPageProps): Html {
  const { lang, copy, page, result } = props;
  const t = previewMessages[lang];
  const at = designerPaths.part(copy.code, "xem-thu");
  const src = `${at}/khung?trang=${encodeURIComponent(page)}`;
  const places = [
    ...(copy.form?.pages ?? []).map(({ id, title }) => ({ id, title: title[lang] || id })),
    { id: result, title: t.result },
  ];
  return designerFrame(props, {
    title: t.title,
    path: at,
    wide: true,
    body: html`<p class="govuk-body">${copy.form ? t.lead : t.none}</p>${props.readable ? null : notice({ tone: "warning", body: html`<p>${t.broken}</p>` })}<nav class="designer-preview__pages" aria-label="${t.pages}"><ul>${places.map(
      ({ id, title }) =>
        html`<li><a class="govuk-link" href="${at}?trang=${id}"${id === page ? html` aria-current="page"` : null}>${title}</a></li>`,
    )}</ul></nav><form method="post" action="${at}/xoa">${button({ label: t.clear, kind: "secondary", small: true })}</form><div class="designer-preview"><figure class="designer-preview__one designer-preview__one--phone"><figcaption>${t.phone}</figcaption><iframe class="designer-preview__phone" title="${t.phone}" src="${src}"></iframe></figure><figure class="designer-preview__one"><figcaption>${t.desktop}</figcaption><iframe class="designer-preview__desktop" title="${t.desktop}" src="${src}"></iframe></figure></div>`,
  });
}

interface Framed {
  readonly tenant: Tenant;
  readonly lang: Lang;
  readonly code: string;
}

/** The portal's document without its navigation: nothing in a frame leads away. */
function framePage({ tenant, lang }: Framed, title: string, body: Html, failed = false): Html {
  return pageShell({
    lang,
    title,
    brand: { owner: tenant.portalName[lang], home: "#main", system: "portal", tagline: previewMessages[lang].frame },
    width: "narrow",
    noIndex: true,
    failed,
    body,
  });
}

export function frameMessagePage(props: Framed & { readonly text: string }): Html {
  const title = previewMessages[props.lang].title;
  return framePage(
    props,
    title,
    html`<h1 class="govuk-heading-l">${title}</h1><p class="govuk-body">${props.text}</p>`,
  );
}

export interface FrameFormProps extends Framed {
  readonly copy: string;
  readonly step: string;
  readonly steps: readonly { readonly id: string; readonly title: string }[];
  readonly errors: readonly FieldError[];
  readonly checked: boolean;
  readonly shown: string;
  readonly questions: FormPageProps;
}

/** A page of the form by the portal's renderer, alive in the same way. */
export function frameFormPage(props: FrameFormProps): Html {
  const { lang, questions, errors, step } = props;
  const t = previewMessages[lang];
  const { form, page, answers, context } = questions;
  const action = `${designerPaths.part(props.code, "xem-thu/khung")}?trang=${encodeURIComponent(step)}`;
  const at = props.steps.findIndex(({ id }) => id === step);
  const progress = steps(
    t.pages,
    [...props.steps, { id: "ket-qua", title: t.result }].map(({ id, title }, index) => ({
      label: title,
      state: index < at ? ("done" as const) : index === at ? ("now" as const) : ("next" as const),
      href: `${designerPaths.part(props.code, "xem-thu/khung")}?trang=${encodeURIComponent(id)}`,
    })),
  );
  const body = html`${errorSummary(lang, pageErrors(errors, lang))}${progress}<h1 class="govuk-heading-l">${page.title[lang]}</h1><live-form data-engine="${assetPath("forms-browser.js")}" data-draft="preview-${props.copy}" data-step="${step}"><form class="filing-form" method="post" action="${action}" novalidate>${props.checked ? hiddenField("_checked", "1") : null}<input type="hidden" name="_shown" value="${props.shown}" data-shown>${renderFormPage({ ...questions, errors })}<div class="filing__buttons">${button({ label: t.next, name: "_action", value: "next" })}${button({ label: t.save, kind: "secondary", name: "_action", value: "save", noValidate: true })}</div></form>${pageIsland({ form, page: page.id, answers, context, lang })}</live-form>`;
  return framePage(props, page.title[lang], body, errors.length > 0);
}

export interface FrameResultProps extends Framed, PreviewResult {
  readonly form: FormDefinition | null;
  readonly answers: Answers;
  readonly context: FormContext;
}

/** What the test dossier would come to: mistakes, papers, money, day. */
export function frameResultPage(props: FrameResultProps): Html {
  const { lang, form, errors, dueAt } = props;
  const t = previewMessages[lang];
  const framed = `${designerPaths.part(props.code, "xem-thu/khung")}?trang=`;
  const body = html`<h1 class="govuk-heading-l">${t.result}</h1>${notice({
    tone: errors.length === 0 ? "success" : "warning",
    body: html`<p>${t.errors(errors.length)}</p>${errors.length > 0 ? html`<ul class="govuk-list govuk-list--bullet">${errors.slice(0, 50).map((error) => html`<li><a class="govuk-link" href="${framed}${error.page}#${error.field}">${error.message[lang]}</a></li>`)}</ul>` : null}`,
  })}<h2 class="govuk-heading-m">${t.papers}</h2>${papersOf(props)}<h2 class="govuk-heading-m">${t.fees}</h2>${feesOf(props)}<h2 class="govuk-heading-m">${t.deadline}</h2><p class="govuk-body">${dueAt ? formatDateTime(dueAt) : t.noDeadline}</p>${
    form
      ? html`<h2 class="govuk-heading-m">${t.answers}</h2>${renderSummary(summarizeAnswers(form, props.answers, props.context, { lang }), { lang, heading: "h3" })}`
      : null
  }`;
  return framePage(props, t.result, body);
}

function papersOf({ lang, papers }: FrameResultProps): Html {
  const t = previewMessages[lang];
  if (papers.length === 0) return html`<p class="govuk-body">${t.noPapers}</p>`;
  return html`<ul class="govuk-list govuk-list--bullet">${papers.map(({ component, required }) => html`<li>${component.name[lang]} (${required ? t.required : t.optional})</li>`)}</ul>`;
}

function feesOf({ lang, assessment }: FrameResultProps): Html {
  const t = previewMessages[lang];
  if (!assessment) return html`<p class="govuk-body">${t.feeWrong}</p>`;
  const notes = assessment.notes.map((note) => html`<p class="govuk-body">${note[lang]}</p>`);
  if (assessment.dues.length === 0)
    return html`${assessment.undetermined.length === 0 ? html`<p class="govuk-body">${t.noFees}</p>` : null}${notes}`;
  return html`${table({
    caption: t.fees,
    hideCaption: true,
    rows: assessment.dues,
    columns: [
      { label: t.fee, head: true, cell: (due) => due.name[lang] },
      { label: t.amount, money: true, cell: (due) => formatDong(due.amount) },
    ],
    foot: html`<tr><th scope="row">${t.total}</th><td class="money">${formatDong(assessment.total)}</td></tr>`,
  })}${notes}`;
}
