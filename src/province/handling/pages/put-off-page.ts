import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  errorSummary,
  hiddenField,
  notice,
  type PageError,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { type Dossier, whyThisDate } from "#province/dossiers/index.ts";
import { messages } from "../messages.ts";
import { putOffMessages } from "../put-off-messages.ts";
import { actFilesField, type KeptFiles } from "./act-files-field.ts";

export interface TypedPutOff {
  readonly days: string;
  readonly reason: string;
  readonly lateReason: string;
}

/** "Xin lỗi và hẹn lại": how many days more, and why; a leader who decides it late says why so late. */
export function putOffPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly lateness: "in-time" | "leader-decides" | "too-late";
  readonly typed: TypedPutOff;
  readonly kept?: KeptFiles | undefined;
  readonly errors: readonly PageError[];
  /** What others did since the officer opened the page (see difference.ts). */
  readonly changed?: Html | undefined;
}): Html {
  const { lang, dossier, errors, typed, lateness } = props;
  const t = putOffMessages[lang];
  const error = (field: string) => errors.find((one) => one.field === field)?.message;
  const due = dossier.dueAt ? formatDateTime(dossier.dueAt) : "";
  const fields = html`<form method="post" action="/ho-so/${dossier.id}/gia-han" enctype="multipart/form-data" novalidate>${hiddenField("version", String(dossier.version))}
${textField({ id: "days", lang, label: t.days, hint: t.daysHint, required: true, value: typed.days, width: 3, inputMode: "numeric", error: error("days") })}
${textareaField({ id: "reason", lang, label: t.reason, hint: t.reasonHint, required: true, rows: 4, maxLength: 2000, value: typed.reason, error: error("reason") })}
${lateness === "leader-decides" ? textareaField({ id: "lateReason", lang, label: t.lateReason, hint: t.lateReasonHint, required: true, rows: 3, maxLength: 1000, value: typed.lateReason, error: error("lateReason") }) : null}
${actFilesField({ lang, action: "reschedule", kept: props.kept, errors })}
${button({ label: t.confirm, once: true })}</form>`;
  return props.shell({
    lang,
    title: t.title,
    viewer: props.viewer,
    // What was typed would be lost on the way to the other language.
    path: errors.length > 0 || props.changed ? undefined : `/ho-so/${dossier.id}/gia-han`,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, messages[lang].keep)}${errorSummary(lang, errors)}${props.changed ?? null}
<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="muted tabular">${dossier.code ?? ""} · ${dossier.applicant.name} · ${t.due} ${due}</p>${whyThisDate(dossier.dueExplanation, lang)}<p class="govuk-body">${t.lead}</p>
${lateness === "too-late" ? notice({ tone: "warning", body: html`<p>${t.tooLate}</p>` }) : fields}`,
  });
}
