import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, button, notice, statusTag, table } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { drawnName } from "#province/steps/index.ts";
import { type Batch, type BatchItem, isStepAction } from "../batch.ts";
import { messages } from "../messages.ts";
import { stepListMessages } from "../step-list-messages.ts";

const TAGS = {
  done: { tone: "success", icon: "check" },
  refused: { tone: "warning", icon: "stop" },
  failed: { tone: "danger", icon: "warning" },
  waiting: { tone: "quiet", icon: "clock" },
} as const;

/** What was done to many: one row a dossier, in the order in which they were chosen. */
export function batchPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly batch: Batch;
  readonly items: readonly BatchItem[];
}): Html {
  const { lang, batch, items } = props;
  const words = messages[lang];
  const t = words.bulk;
  const ofSteps = isStepAction(batch.action);
  const counts = ofSteps ? stepListMessages[lang].bulk : t;
  const name = isStepAction(batch.action) ? stepListMessages[lang].bulk.actions[batch.action] : t.actions[batch.action];
  const done = items.filter(({ outcome }) => outcome === "done").length;
  const left = items.filter(({ outcome }) => outcome === null).length;
  const printed = done > 0 && (batch.action === "receive" || batch.action.startsWith("print"));
  return props.shell({
    lang,
    title: `${t.results}: ${name}`,
    viewer: props.viewer,
    path: `/hang-loat/${batch.id}`,
    body: html`${ofSteps ? backLink(lang, "/buoc", stepListMessages[lang].title) : backLink(lang, "/", words.title)}<h1 class="govuk-heading-l desk-title">${name}${batch.target ? `: ${batch.target.name}` : ""}</h1>
${notice({ tone: done === items.length ? "success" : "warning", live: true, body: html`<p>${counts.summary(done, items.length)}</p>` })}
${left > 0 ? html`<form method="post" action="/hang-loat/${batch.id}/tiep"><p>${counts.left(left)}</p>${button({ label: t.goOn, once: true })}</form>` : null}
${printed ? html`<p><a class="govuk-button" href="/hang-loat/${batch.id}/giay.pdf" target="_blank" rel="noopener">${t.printAll}</a></p>` : null}
${table({
  caption: t.results,
  hideCaption: true,
  rows: items,
  columns: [
    {
      label: words.columns.code,
      head: true,
      cell: (item) =>
        html`<a class="govuk-link tabular" href="/ho-so/${item.dossierId}">${item.code ?? `${words.number} ${item.number ?? ""}`}</a>${item.step ? html`<br><span class="muted">${drawnName({ name: item.step }, lang)}</span>` : null}`,
    },
    { label: words.columns.applicant, cell: (item) => item.applicant },
    {
      label: t.outcome,
      cell: (item) => {
        const outcome = item.outcome ?? "waiting";
        return html`${statusTag({ ...TAGS[outcome], label: t.outcomes[outcome] })} ${item.said}`;
      },
    },
  ],
})}`,
  });
}
