import { formatDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import {
  button,
  checkboxesField,
  dateField,
  errorOf,
  hiddenField,
  type PageError,
  selectField,
  table,
  textField,
} from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { placeText } from "#province/tenants/index.ts";
import { messages } from "../messages.ts";
import type { Absence, RoutingRule, TypedAbsence, TypedRule } from "../order.ts";

export interface OrderPageProps extends AdminFramed {
  readonly rules: readonly RoutingRule[];
  readonly absences: readonly Absence[];
  readonly officers: readonly Officer[];
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly rule: TypedRule;
  readonly absence: TypedAbsence;
  readonly errors: readonly PageError[];
}

const HOME = "/quan-tri/phan-cong";

export function orderPage(props: OrderPageProps): Html {
  const t = messages[props.lang].order;
  return adminFrame(props, {
    current: "assignment",
    title: t.title,
    path: HOME,
    errors: props.errors,
    body: html`<p class="lead">${t.lead}</p>
<section aria-labelledby="rules-title"><h2 class="govuk-heading-m" id="rules-title">${t.rules}</h2>${props.rules.length === 0 ? html`<p class="muted">${t.noRules}</p>` : ruleTable(props)}${ruleForm(props)}</section>
<section aria-labelledby="absences-title"><h2 class="govuk-heading-m" id="absences-title">${t.absences}</h2>${props.absences.length === 0 ? html`<p class="muted">${t.noAbsences}</p>` : absenceTable(props)}${absenceForm(props)}</section>`,
  });
}

function ruleTable({ lang, rules, officers, agencies }: OrderPageProps): Html {
  const t = messages[lang].order;
  return table({
    caption: t.rules,
    hideCaption: true,
    rows: rules,
    columns: [
      { label: t.position, head: true, cell: (rule) => String(rule.position) },
      { label: t.procedure, cell: (rule) => rule.procedureCode ?? t.any },
      { label: t.field, cell: (rule) => rule.fieldCode ?? t.any },
      { label: t.agency, cell: (rule) => agencies.find(({ id }) => id === rule.agencyId)?.name ?? t.any },
      {
        label: t.officers,
        cell: (rule) => rule.officers.map((id) => officers.find((one) => one.id === id)?.name ?? "—").join(", "),
      },
      { label: "", cell: (rule) => endForm("quy-tac/bo", rule.id, t.end) },
    ],
  });
}

function absenceTable({ lang, absences }: OrderPageProps): Html {
  const t = messages[lang].order;
  return table({
    caption: t.absences,
    hideCaption: true,
    rows: absences,
    columns: [
      { label: t.who, head: true, cell: (one) => one.officer },
      { label: t.substitute, cell: (one) => one.substitute },
      { label: t.from, cell: (one) => formatDate(one.from) },
      { label: t.to, cell: (one) => formatDate(one.to) },
      { label: t.reason, cell: (one) => one.reason },
      { label: "", cell: (one) => endForm("vang-mat/ket-thuc", one.id, t.endAbsence) },
    ],
  });
}

function endForm(path: string, id: string, label: string): Html {
  return html`<form method="post" action="${HOME}/${path}">${hiddenField("id", id)}${button({ label, kind: "secondary", small: true, once: true })}</form>`;
}

function ruleForm({ lang, rule, officers, agencies, errors }: OrderPageProps): Html {
  const t = messages[lang].order;
  return html`<form class="order-form" method="post" action="${HOME}/quy-tac" novalidate><h3 class="govuk-heading-s">${t.add}</h3>
${textField({ id: "position", lang, label: t.position, hint: t.positionHint, required: true, width: 3, inputMode: "numeric", value: rule.position, error: errorOf(errors, "position") })}
${textField({ id: "procedure", lang, label: t.procedure, hint: t.emptyMeans, required: false, width: 20, value: rule.procedure, error: errorOf(errors, "procedure") })}
${textField({ id: "field", lang, label: t.field, hint: t.emptyMeans, required: false, width: 10, value: rule.field })}
${selectField({ id: "agency", lang, label: t.agency, required: false, placeholder: t.any, value: rule.agency, options: agencies.map(({ id, name }) => ({ value: id, label: name })) })}
${checkboxesField({ id: "officers", lang, label: t.officers, required: true, values: rule.officers, error: errorOf(errors, "officers"), options: officers.map(({ id, name, unit }) => ({ value: id, label: `${name} · ${placeText(unit, lang)}` })) })}
${button({ label: t.add, once: true })}</form>`;
}

function absenceForm({ lang, absence, officers, errors }: OrderPageProps): Html {
  const t = messages[lang].order;
  const options = officers.map(({ id, name, unit }) => ({ value: id, label: `${name} · ${placeText(unit, lang)}` }));
  return html`<form class="order-form" method="post" action="${HOME}/vang-mat" novalidate><h3 class="govuk-heading-s">${t.addAbsence}</h3>
${selectField({ id: "who", lang, label: t.who, required: true, value: absence.who, options, error: errorOf(errors, "who") })}
${selectField({ id: "substitute", lang, label: t.substitute, required: true, value: absence.substitute, options, error: errorOf(errors, "substitute") })}
${dateField({ id: "from", lang, label: t.from, hint: t.dateHint, required: true, value: absence.from, error: errorOf(errors, "from") })}
${dateField({ id: "to", lang, label: t.to, hint: t.dateHint, required: true, value: absence.to, error: errorOf(errors, "to") })}
${textField({ id: "reason", lang, label: t.reason, required: false, maxLength: 200, value: absence.reason })}
${button({ label: t.addAbsence, once: true })}</form>`;
}
