import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  backLink,
  button,
  buttonGroup,
  errorSummary,
  type PageError,
  errorOf,
  summaryList,
  textareaField,
} from "#kit/ui/index.ts";
import { operatorPaths } from "#national/operators/index.ts";
import type { Booking } from "../difference-answer.ts";
import type { DifferenceRow } from "../difference-store.ts";
import { messages } from "../messages.ts";
import { sideOf } from "./work-list-page.ts";

export interface DifferencePageProps {
  readonly lang: Lang;
  readonly difference: DifferenceRow & { readonly open: boolean };
  readonly booking: Booking | undefined;
  readonly mayAsk: boolean;
  readonly note: string;
  readonly errors: readonly PageError[];
}

export function differencePage(props: DifferencePageProps): Html {
  const { lang, difference, booking, errors } = props;
  const t = messages[lang];
  const act = (value: string, label: string, kind: "main" | "secondary") =>
    button({ label, name: "lam", value, kind, once: true });
  return html`${backLink(lang, operatorPaths.reconciliation, t.back)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.kinds[difference.kind]}</h1>
${summaryList([
  { key: t.reference, value: html`<span class="break">${difference.reference}</span>` },
  { key: t.provider, value: difference.provider },
  { key: t.file, value: html`${difference.fileName}${difference.line ? html`, ${t.line(difference.line)}` : null}` },
  { key: t.ours, value: sideOf(lang, difference.ours) },
  { key: t.theirs, value: sideOf(lang, difference.theirs) },
  ...(difference.asked > 0 ? [{ key: t.ask, value: t.asked(difference.asked) }] : []),
])}
${
  difference.open
    ? html`<form method="post" action="${operatorPaths.reconciliation}/${difference.id}" novalidate>
${textareaField({ id: "note", lang, label: t.note, ...(booking ? { hint: t.bookText(booking.debit, booking.credit, formatDong(booking.amount)) } : {}), rows: 3, maxLength: 1000, value: props.note, error: errorOf(errors, "note") })}
${buttonGroup(props.mayAsk ? act("ask", t.ask, "main") : null, booking ? act("book", t.book, props.mayAsk ? "secondary" : "main") : null, act("explain", t.explain, "secondary"))}</form>`
    : html`<p class="govuk-body">${t.said.already}</p>`
}`;
}
