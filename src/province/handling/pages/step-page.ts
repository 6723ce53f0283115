import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  errorOf,
  errorSummary,
  fileField,
  hiddenField,
  type PageError,
  radiosField,
  selectField,
  textareaField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { type Dossier, UPLOAD_ACCEPT } from "#province/dossiers/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { drawnName, drawnText, type Flow, stepMessages, type StepTask } from "#province/steps/index.ts";
import { placeName, placeText } from "#province/tenants/index.ts";
import { stepDeskMessages } from "../step-messages.ts";

export interface TypedStep {
  readonly content: string;
  readonly way: string;
  readonly receiver: string;
  readonly to: string;
  readonly note: string;
}

export interface StepPageProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly task: StepTask;
  /** the usual one first */
  readonly ways: readonly Pick<Flow, "id" | "name" | "english">[];
  /** who could have the next step */
  readonly receivers: readonly Officer[];
  /** who could have this one instead */
  readonly others: readonly Officer[];
  readonly typed: TypedStep;
  readonly kept?: { readonly names: readonly string[]; readonly sealed: string } | undefined;
  readonly errors: readonly PageError[];
}

export function stepPage(props: StepPageProps): Html {
  const { lang, dossier, task, errors } = props;
  const t = stepDeskMessages[lang];
  const facts = html`<p class="muted tabular">${dossier.code ?? ""} · ${dossier.procedure.name[lang]}</p><p class="govuk-body">${stepMessages[lang].roles[task.role]}, ${placeName(task.unit.name, lang)}: <strong>${task.officer?.name ?? t.nobody}</strong>. ${t.due}: <span class="tabular">${formatDateTime(task.dueAt)}</span>.</p>`;
  return props.shell({
    lang,
    title: `${t.title}: ${drawnText(task, lang)}`,
    viewer: props.viewer,
    // What was typed would be lost on the way to the other language.
    path: errors.length > 0 ? undefined : `/ho-so/${dossier.id}/buoc/${task.id}`,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${backLink(lang, `/ho-so/${dossier.id}#steps-title`, t.page.back)}${errorSummary(lang, errors)}
<h1 class="govuk-heading-l desk-title">${drawnName(task, lang)}</h1>${facts}${finishForm(props)}${giveForm(props)}`,
  });
}

function finishForm(props: StepPageProps): Html {
  const { lang, dossier, task, typed, errors, kept } = props;
  const words = stepDeskMessages[lang];
  const t = words.page;
  const byAct = task.act !== "none";
  const ways = byAct ? props.ways.slice(1) : props.ways;
  if (byAct && ways.length === 0)
    return html`<p class="govuk-body">${words.byAct(stepMessages[lang].acts[task.act])}</p>`;
  const opinion = task.work === "opinion";
  const options = ways.map((way, index) => ({
    value: way.id,
    label: !byAct && index === 0 ? `${drawnText(way, lang)} (${t.usual})` : drawnText(way, lang),
  }));
  const people = props.receivers.map((one) => ({ value: one.id, label: `${one.name} – ${placeText(one.unit, lang)}` }));
  return html`<form method="post" action="/ho-so/${dossier.id}/buoc/${task.id}" enctype="multipart/form-data" novalidate>${hiddenField("revision", String(task.revision))}${kept ? hiddenField("kept", kept.sealed) : null}
${byAct ? html`<p class="govuk-body">${words.byAct(stepMessages[lang].acts[task.act])} ${t.otherWays}</p>` : null}
${options.length > 0 ? radiosField({ id: "way", lang, label: t.way, required: true, value: typed.way, options, error: errorOf(errors, "way") }) : null}
${textareaField({ id: "content", lang, label: opinion ? t.opinion : t.content, hint: t.contentHint, required: opinion, rows: 5, maxLength: 4000, value: typed.content, error: errorOf(errors, "content") })}
${fileField({ id: "files", lang, label: t.files, hint: t.filesHint, accept: UPLOAD_ACCEPT, multiple: true, error: errorOf(errors, "files") })}${kept ? html`<p class="govuk-body">${t.kept}: ${kept.names.join(", ")}</p>` : null}
${people.length > 0 ? selectField({ id: "receiver", lang, label: t.receiver, required: false, value: typed.receiver, placeholder: t.anybody, options: people, error: errorOf(errors, "receiver") }) : null}
${button({ label: opinion ? t.sendOpinion : t.send, once: true })}</form>`;
}

function giveForm({ lang, dossier, task, others, typed, errors }: StepPageProps): Html {
  const t = stepDeskMessages[lang].page;
  const options = others.map((one) => ({ value: one.id, label: `${one.name} – ${placeText(one.unit, lang)}` }));
  return html`<section aria-labelledby="give-title"><h2 class="govuk-heading-m" id="give-title">${t.give}</h2>${
    options.length === 0
      ? html`<p class="muted">${t.noReceiver}</p>`
      : html`<form method="post" action="/ho-so/${dossier.id}/buoc/${task.id}/giao" novalidate>${hiddenField("revision", String(task.revision))}${selectField({ id: "to", lang, label: t.to, required: true, value: typed.to, options, error: errorOf(errors, "to") })}${textareaField({ id: "note", lang, label: t.note, required: false, rows: 2, maxLength: 500, value: typed.note })}${button({ label: t.giveButton, kind: "secondary", once: true })}</form>`
  }</section>`;
}
