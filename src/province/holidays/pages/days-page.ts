import { formatDate, type PlainDate, weekdayName } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import {
  button,
  dateField,
  emptyState,
  errorOf,
  type PageError,
  radiosField,
  table,
  textField,
} from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import {
  type CalendarDay,
  isWorkingDay,
  specialDay,
  specialDays,
  type WorkingCalendar,
} from "#province/deadlines/index.ts";
import type { TypedDecision } from "../decision.ts";
import { messages } from "../messages.ts";

export interface DaysPageProps extends AdminFramed {
  readonly calendar: WorkingCalendar;
  readonly decided: readonly CalendarDay[];
  readonly year: number;
  readonly typed: TypedDecision;
  readonly errors: readonly PageError[];
}

/** The year's days that are not what their weekday makes them, and the form that decides one. */
export function daysPage(props: DaysPageProps): Html {
  const { lang, calendar, year, decided } = props;
  const t = messages[lang];
  const own = new Map(decided.map((day) => [day.date, day]));
  // A day put back to usual is no special day any more, but the decision stays to be seen.
  const back = decided.filter((day) => day.kind === "usual" && day.date.startsWith(`${year}-`)).map((day) => day.date);
  const dates = [...new Set([...specialDays(calendar, year), ...back])].sort();
  const nameOf = (date: PlainDate) => own.get(date)?.name ?? specialDay(calendar, date)?.name;
  const basisOf = (date: PlainDate) => own.get(date)?.basis ?? specialDay(calendar, date)?.basis ?? "";
  const list =
    dates.length === 0
      ? emptyState({ title: t.none })
      : table({
          caption: t.title(year),
          hideCaption: true,
          rows: dates,
          columns: [
            {
              label: t.date,
              head: true,
              cell: (date) => html`<span class="tabular">${formatDate(date)}</span> ${weekdayName(date, lang)}`,
            },
            { label: t.what, cell: (date) => (isWorkingDay(calendar, date) ? t.worked : t.off) },
            { label: t.name, cell: (date) => nameOf(date)?.[lang] ?? "" },
            {
              label: t.basis,
              cell: (date) =>
                html`${basisOf(date)}${own.has(date) ? html`<br><span class="muted">${t.own}</span>` : null}`,
            },
          ],
        });
  return adminFrame(props, {
    current: "holidays",
    title: t.title(year),
    path: `/quan-tri/ngay-nghi?nam=${year}`,
    errors: props.errors,
    body: html`<p class="lead">${t.lead}</p>${years(props)}${list}${decisionForm(props)}`,
  });
}

function years({ lang, year, calendar }: DaysPageProps): Html {
  const last = Math.max(calendar.years.last, year) + 1;
  const all = Array.from({ length: last - calendar.years.first + 1 }, (_, index) => calendar.years.first + index);
  return html`<nav class="admin-nav" aria-label="${messages[lang].years}"><ul>${all.map((one) => html`<li><a class="govuk-link tabular" href="/quan-tri/ngay-nghi?nam=${String(one)}"${one === year ? html` aria-current="page"` : null}>${String(one)}</a></li>`)}</ul></nav>`;
}

function decisionForm({ lang, typed, errors }: DaysPageProps): Html {
  const t = messages[lang];
  const error = (field: string) => errorOf(errors, field);
  const options = (["off", "work", "usual"] as const).map((value) => ({ value, label: t.kinds[value] }));
  return html`<section aria-labelledby="decide"><h2 class="govuk-heading-m" id="decide">${t.add}</h2>
<form method="post" action="/quan-tri/ngay-nghi" novalidate>${dateField({ id: "date", lang, label: t.date, hint: t.dateHint, required: true, value: typed.date, error: error("date") })}
${radiosField({ id: "kind", lang, label: t.kind, required: true, value: typed.kind, options, error: error("kind") })}
${textField({ id: "nameVi", lang, label: t.nameVi, required: true, value: typed.nameVi, maxLength: 200, error: error("nameVi") })}
${textField({ id: "nameEn", lang, label: t.nameEn, value: typed.nameEn, maxLength: 200, error: error("nameEn") })}
${textField({ id: "basis", lang, label: t.basis, hint: t.basisHint, required: true, value: typed.basis, maxLength: 300, error: error("basis") })}
${dateField({ id: "exchange", lang, label: t.exchange, hint: t.exchangeHint, value: typed.exchange, error: error("exchange") })}
${button({ label: t.look })}</form></section>`;
}
