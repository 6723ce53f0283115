import { formatDateTime, plainDateOf } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { details, emptyState, notice, table } from "#kit/ui/index.ts";
import { dossierStateTag } from "#province/inbox/index.ts";
import { messages } from "../messages.ts";
import { type Counts, type OfficerLoad, type Section, SECTIONS, type WatchedDossier } from "../watch.ts";

export interface WatchPageProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly section: Section;
  readonly counts: Counts;
  readonly loads: readonly OfficerLoad[];
  readonly rows: readonly WatchedDossier[];
  readonly next: string | undefined;
  readonly further: boolean;
  readonly said: string | undefined;
}

/** "Quá hạn và sắp đến hạn": how much, with whom, and each dossier with its date, its reasons and the way to hurry it. */
export function watchPage(props: WatchPageProps): Html {
  const { lang, section, counts } = props;
  const t = messages[lang];
  const tabs = SECTIONS.map(
    (one) =>
      html`<li><a class="govuk-link" href="/qua-han?muc=${one}"${one === section ? html` aria-current="page"` : null}>${`${t.sections[one]} (${counts[one]})`}</a></li>`,
  );
  const links = [
    props.further ? html`<a class="govuk-link" href="/qua-han?muc=${section}">${t.first}</a>` : null,
    props.next
      ? html`<a class="govuk-link" rel="next" href="/qua-han?muc=${section}&amp;sau=${props.next}">${t.more}</a>`
      : null,
  ];
  return html`${props.said ? notice({ tone: "success", title: props.said, live: true }) : null}<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="govuk-body">${t.lead}</p><nav class="admin-nav" aria-label="${t.title}"><ul>${tabs}</ul></nav>${
    props.rows.length === 0 ? emptyState({ title: t.none, text: t.noneText }) : list(props)
  }<p class="cluster">${links}</p>${props.loads.length > 0 && section !== "unreceived" ? loads(props) : null}`;
}

function list({ lang, now, section, rows }: WatchPageProps): Html {
  const t = messages[lang];
  const unreceived = section === "unreceived";
  return table({
    caption: t.sections[section],
    hideCaption: true,
    rows,
    columns: [
      {
        label: t.code,
        head: true,
        cell: (row) =>
          html`<a class="govuk-link tabular" href="/ho-so/${row.id}">${row.code ?? row.number}</a><br>${dossierStateTag({ state: row.state, ending: null }, lang)}`,
      },
      { label: t.procedure, cell: (row) => html`${row.procedure[lang]}<br><span class="muted">${row.agency}</span>` },
      { label: t.holder, cell: (row) => row.officer ?? html`<span class="muted">${t.nobody}</span>` },
      {
        label: unreceived ? t.filedAt : t.due,
        cell: (row) =>
          unreceived ? html`<span class="tabular">${formatDateTime(row.filedAt)}</span>` : due(row, now, lang),
      },
      {
        label: t.urge,
        cell: (row) =>
          row.urgedToday
            ? html`<span class="muted">${t.urged}</span>`
            : html`<a class="govuk-link" href="/qua-han/${row.id}/don-doc">${t.urge}<span class="govuk-visually-hidden"> ${row.code ?? row.number}</span></a>`,
      },
    ],
  });
}

const DAY_MS = 86_400_000;

function due({ dueAt, lines, putOff }: WatchedDossier, now: Date, lang: Lang): Html {
  const t = messages[lang];
  if (!dueAt) return html`–`;
  const day = (instant: Date) => Date.parse(`${plainDateOf(instant)}T00:00:00Z`) / DAY_MS;
  const days = day(now) - day(dueAt);
  const late = dueAt > now ? null : html`<br><strong>${days > 0 ? t.lateBy(days) : t.lateToday}</strong>`;
  const reasons = html`<ul class="govuk-list">${lines.map((line) => html`<li>${pick(line, lang)}</li>`)}</ul>`;
  return html`<span class="tabular light light--${dueAt > now ? "amber" : "red"}">${formatDateTime(dueAt)}</span>${late}${putOff ? html`<br><span class="muted">${t.putOff}</span>` : null}${lines.length > 0 ? details(t.why, reasons) : null}`;
}

function loads({ lang, loads: found }: WatchPageProps): Html {
  const t = messages[lang];
  return table({
    caption: t.loads,
    rows: found,
    columns: [
      { label: t.officer, head: true, cell: (row) => row.officer ?? t.nobody },
      { label: t.late, money: true, cell: (row) => String(row.late) },
      { label: t.soon, money: true, cell: (row) => String(row.soon) },
    ],
  });
}
