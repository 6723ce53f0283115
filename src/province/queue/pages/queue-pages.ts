import { formatTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, button, hiddenField, notice, selectField, table, textField } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { messages } from "../messages.ts";
import { SERVICES, type Ticket } from "../queue.ts";

/** The officer's side: give, call, call again. */
export function queuePage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly agency: string;
  readonly window: string;
  readonly now: Ticket | undefined;
  readonly waiting: readonly Ticket[];
  readonly said: string | undefined;
  readonly windowError: string | undefined;
}): Html {
  const { lang, now, waiting } = props;
  const t = messages[lang];
  const of = hiddenField("agency", props.agency);
  const act = (action: string, label: string) =>
    html`<form method="post" action="/quay/so-thu-tu">${of}${hiddenField("window", props.window)}${hiddenField("action", action)}${button({ label, kind: "secondary", small: true })}</form>`;
  const units =
    props.agencies.length < 2
      ? null
      : html`<form class="counter-form__unit" method="get" action="/quay/so-thu-tu">${selectField({ id: "don-vi", lang, label: t.unit, placeholder: false, value: props.agency, options: props.agencies.map(({ id, name }) => ({ value: id, label: name })) })}${button({ label: t.show, kind: "secondary", small: true })}</form>`;
  return props.shell({
    lang,
    title: t.title,
    viewer: props.viewer,
    path: "/quay/so-thu-tu",
    width: "narrow",
    failed: props.windowError !== undefined,
    body: html`${backLink(lang, "/quay")}<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="govuk-body">${t.lead} <a class="govuk-link" href="/so-thu-tu/${props.agency}">${t.board}</a></p>
${props.said ? notice({ tone: "success", body: html`<p>${props.said}</p>` }) : null}${units}
<section class="queue-now" aria-label="${t.now}">${
      now
        ? html`<p><span class="muted">${t.now}</span><br><span class="queue-now__number">${now.number}</span><br><span class="muted">${t.services[now.service]}</span></p>${act("again", t.again)}${act("missed", t.missed)}${act("served", t.served)}`
        : html`<p class="muted">${t.nobody}</p>`
    }</section>
<form method="post" action="/quay/so-thu-tu" novalidate>${of}${textField({ id: "window", lang, label: t.window, required: true, value: props.window, width: 5, maxLength: 10, error: props.windowError })}<input type="hidden" name="action" value="call">${button({ label: t.call })}</form>
<h2 class="govuk-heading-m">${t.take}</h2><div class="queue-take">${SERVICES.map(
      (service) =>
        html`<form method="post" action="/quay/so-thu-tu">${of}${hiddenField("window", props.window)}${hiddenField("action", `take-${service}`)}${button({ label: t.services[service], kind: "secondary", small: true })}</form>`,
    )}</div>
<h2 class="govuk-heading-m">${t.waiting(waiting.length)}</h2>${
      waiting.length === 0
        ? html`<p class="muted">${t.empty}</p>`
        : table({
            caption: t.waiting(waiting.length),
            hideCaption: true,
            rows: waiting,
            columns: [
              { label: t.columns.number, head: true, cell: (row) => html`<span class="tabular">${row.number}</span>` },
              { label: t.columns.service, cell: (row) => t.services[row.service] },
              { label: t.columns.since, cell: (row) => html`<span class="tabular">${formatTime(row.takenAt)}</span>` },
            ],
          })
    }`,
  });
}

/** What the board says now; the browser element asks for the same words again and again. */
export interface BoardWords {
  /** Changes with every call: "12.1" */
  readonly mark: string;
  readonly number: string;
  readonly words: string;
  readonly spoken: string;
  readonly before: readonly { readonly number: string; readonly at: string }[];
}

export function boardWords(called: readonly Ticket[], lang: Lang): BoardWords {
  const t = messages[lang];
  const [now, ...before] = called;
  const window = now?.window ?? "";
  return {
    mark: now ? `${now.number}.${now.calls}` : "",
    number: now ? String(now.number) : "",
    words: now ? t.toWindow(window) : t.boardWaits,
    spoken: now ? t.spoken(now.number, window) : "",
    before: before.map((one) => ({ number: String(one.number), at: one.window ? t.at(one.window) : "" })),
  };
}

/** The board in the hall: public, large, of nobody. */
export function boardPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly agency: { readonly id: string; readonly name: string };
  readonly board: BoardWords;
}): Html {
  const { lang, board } = props;
  const t = messages[lang];
  return props.shell({
    lang,
    title: `${t.boardTitle}: ${props.agency.name}`,
    path: `/so-thu-tu/${props.agency.id}`,
    width: "wide",
    body: html`<queue-board data-url="/so-thu-tu/${props.agency.id}/hien-tai" data-mark="${board.mark}" data-sound="${t.sound}" data-lang="${lang === "vi" ? "vi-VN" : "en-GB"}"><div class="queue-board">
<h1 class="govuk-heading-l">${props.agency.name}</h1>
<div class="queue-board__called" role="status" aria-live="assertive"><p class="queue-board__words">${t.boardTitle}</p><strong class="queue-board__number" data-number>${board.number || "–"}</strong><p class="queue-board__words" data-words>${board.words}</p></div>
<div><h2 class="govuk-heading-m muted">${t.before}</h2><ul class="queue-board__before" data-before>${board.before.map((one) => html`<li><strong>${one.number}</strong> <span class="muted">${one.at}</span></li>`)}</ul></div>
</div></queue-board>`,
  });
}
