import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, button, errorOf, errorSummary, hiddenField, type PageError, textareaField } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { messages } from "../messages.ts";
import { actFilesField, type KeptFiles } from "./act-files-field.ts";

export type EndingAction = "decline" | "refuse" | "stop";

/** Không tiếp nhận, từ chối, dừng: the reason is asked for and confirmed on a page of its own. */
export function endingPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly action: EndingAction;
  readonly reason: string;
  readonly kept?: KeptFiles | undefined;
  readonly errors: readonly PageError[];
  /** What others did since the officer opened the page (see difference.ts). */
  readonly changed?: Html | undefined;
}): Html {
  const { lang, dossier, errors } = props;
  const t = messages[lang];
  const words = t.ending[props.action];
  return props.shell({
    lang,
    title: words.title,
    viewer: props.viewer,
    // What was typed would be lost on the way to the other language.
    path: errors.length > 0 || props.changed ? undefined : `/ho-so/${dossier.id}/tu-choi?viec=${props.action}`,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, t.keep)}${errorSummary(lang, errors)}${props.changed ?? null}
<h1 class="govuk-heading-l desk-title">${words.title}</h1><p class="muted tabular">${dossier.code ?? `${t.number} ${dossier.number ?? ""}`} · ${dossier.applicant.name}</p><p class="govuk-body">${words.lead}</p>
<form method="post" action="/ho-so/${dossier.id}/tu-choi" enctype="multipart/form-data" novalidate>${hiddenField("version", String(dossier.version))}${hiddenField("viec", props.action)}
${textareaField({ id: "reason", lang, label: t.ending.reason, hint: t.ending.reasonHint, required: true, rows: 5, maxLength: 2000, value: props.reason, error: errorOf(errors, "reason") })}
${actFilesField({ lang, action: props.action, kept: props.kept, errors })}
${button({ label: t.ending.confirm[props.action], kind: "warning", once: true })}</form>`,
  });
}
