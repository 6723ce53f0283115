import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  backLink,
  button,
  errorOf,
  errorSummary,
  hiddenField,
  inVietnamese,
  notice,
  type PageError,
  radiosField,
  selectField,
  statusTag,
  table,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import type { Obligation } from "#province/fees/index.ts";
import type { FeeRule } from "#province/procedure/index.ts";
import { feeDeskMessages } from "../fee-desk-messages.ts";

export type Typed = Readonly<Record<string, string>>;

export interface FeeDeskProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly obligations: readonly Obligation[];
  readonly rules: readonly FeeRule[];
  /** Names of the papers that may prove an exemption. */
  readonly papers: readonly string[];
  readonly portalOrigin: string;
  readonly may: { readonly take: boolean; readonly demand: boolean };
  /** Made with the page: pressing twice is once. */
  readonly newId: string;
  readonly typed: Typed;
  readonly errors: readonly PageError[];
  /** What others did since the officer opened the page (see difference.ts). */
  readonly changed?: Html | undefined;
  readonly said?: { readonly tone: "success" | "warning" | "danger"; readonly text: string } | undefined;
}

/** Everything about the money of one dossier: what is due and why, taking it, asking for more, exempting. */
export function feeDeskPage(props: FeeDeskProps): Html {
  const { lang, dossier, obligations, errors, said } = props;
  const t = feeDeskMessages[lang];
  const due = obligations.filter((one) => one.state === "due");
  const lowerable = due.filter(({ occasion }) => occasion !== "postage");
  return props.shell({
    lang,
    title: t.title,
    viewer: props.viewer,
    width: "narrow",
    failed: errors.length > 0,
    ...(errors.length > 0 ? {} : { path: `/ho-so/${dossier.id}/phi` }),
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, t.back)}${errorSummary(lang, errors)}${props.changed ?? null}${said ? notice({ tone: said.tone, live: true, body: html`<p>${said.text}</p>` }) : null}
<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="muted tabular">${dossier.code ?? dossier.number} · ${dossier.applicant.name}</p>
${obligations.length === 0 ? html`<p class="govuk-body">${t.none}</p>` : obligations.map((one) => obligation(props, one))}
${props.may.take ? due.map((one, index) => counterForm(props, one, index)) : null}
${props.may.demand ? demandForm(props) : null}
${props.may.demand && lowerable.length > 0 ? exemptForm(props, lowerable) : null}`,
  });
}

const TONE = { due: "warning", paid: "success", exempt: "quiet", cancelled: "quiet" } as const;
const ICON = { due: "money", paid: "check", exempt: "check", cancelled: "stop" } as const;

function obligation({ lang, portalOrigin }: FeeDeskProps, one: Obligation): Html {
  const t = feeDeskMessages[lang];
  const address = `${portalOrigin}/nop-thay/${one.payCode}`;
  return html`<section class="desk-fee"><div class="desk-fee__head"><h2 class="govuk-heading-s">${t.occasions[one.occasion]}</h2>${statusTag({ tone: TONE[one.state], icon: ICON[one.state], label: one.paidAt ? `${t.states[one.state]} ${formatDateTime(one.paidAt)}` : `${t.states[one.state]}, ${formatDate(one.dueAt)}` })}</div>
${one.reason ? html`<p class="govuk-body"><strong>${t.reason}:</strong> ${one.reason}</p>` : null}
${table({
  caption: t.occasions[one.occasion],
  hideCaption: true,
  rows: one.lines,
  columns: [
    {
      label: t.item,
      head: true,
      cell: (line) =>
        html`${pick(line.name, lang)}<span class="pay-more">${[
          t.kind[line.kind],
          line.exemption?.reason[lang],
          line.exemption?.proof ? `${t.proof}: ${line.exemption.proof}` : undefined,
          inVietnamese(line.exemption?.basis || line.basis, lang),
          line.refundable ? undefined : t.notRefundable,
        ]
          .filter(Boolean)
          .map((one, index) => html`${index > 0 ? " · " : null}${one}`)}</span>`,
    },
    { label: t.sum, money: true, cell: (line) => formatDong(line.amount) },
  ],
})}
<p class="desk-fee__total"><span>${t.total}</span> <strong class="money">${formatDong(one.total)}</strong></p>
${one.state === "due" ? html`<p class="muted desk-fee__link">${t.linkTitle}: <a class="govuk-link" href="${address}">${address}</a></p>` : null}</section>`;
}

function counterForm(props: FeeDeskProps, due: Obligation, index: number): Html {
  const { lang, typed, errors, dossier } = props;
  const t = feeDeskMessages[lang];
  const mine = typed["khoan"] === due.id || (typed["khoan"] === undefined && index === 0);
  const at = (name: string) => (index === 0 ? name : `${name}-${index + 1}`);
  const field = (name: string) => ({
    id: at(name),
    name,
    lang,
    value: mine ? (typed[name] ?? "") : "",
    error: mine ? errorOf(errors, at(name)) : undefined,
    required: true,
  });
  return html`<section class="desk-fee"><h2 class="govuk-heading-m">${t.counterTitle}: ${formatDong(due.total)}</h2><p class="govuk-body">${t.counterLead}</p>
<form method="post" action="/ho-so/${dossier.id}/phi/thu" novalidate>${hiddenField("khoan", due.id)}${hiddenField("ma", props.newId)}
${radiosField({
  ...field("hinh-thuc"),
  label: t.method,
  inline: true,
  options: [
    { value: "cash", label: t.cash },
    { value: "transfer", label: t.transfer },
  ],
})}
${textField({ ...field("so-tien"), label: t.amount, hint: t.amountHint(formatDong(due.total)), inputMode: "numeric", width: 10, suffix: "đ", maxLength: 20 })}
${textField({ ...field("nguoi-nop"), label: t.payer, maxLength: 200, value: mine && typed["nguoi-nop"] !== undefined ? typed["nguoi-nop"] : dossier.applicant.name })}
${textField({ ...field("tham-chieu"), required: false, label: t.reference, hint: t.referenceHint, maxLength: 100 })}
${button({ label: t.take, once: true })}</form></section>`;
}

function demandForm(props: FeeDeskProps): Html {
  const { lang, typed, errors, dossier, rules } = props;
  const t = feeDeskMessages[lang];
  const field = (id: string, required = false) => ({
    id,
    lang,
    value: typed[id] ?? "",
    error: errorOf(errors, id),
    required,
  });
  return html`<section class="desk-fee"><h2 class="govuk-heading-m">${t.demandTitle}</h2><p class="govuk-body">${t.demandLead}</p>
<form method="post" action="/ho-so/${dossier.id}/phi/yeu-cau" novalidate>${hiddenField("version", String(dossier.version))}${hiddenField("ma", props.newId)}
${rules.map((rule, index) => {
  const name = pick(rule.name, lang);
  const open = rule.amount.type === "by_provincial_resolution";
  return html`<fieldset class="govuk-fieldset desk-fee__rule"><legend class="govuk-visually-hidden">${name}</legend>${textField({ ...field(`rule-${index}`), label: t.ruleAmount(name), hint: `${t.kind[rule.kind]} · ${rule.basis}`, inputMode: "numeric", width: 10, suffix: "đ", maxLength: 20 })}${open ? textField({ ...field(`basis-${index}`), label: t.ruleBasis, maxLength: 300 }) : null}</fieldset>`;
})}
<fieldset class="govuk-fieldset desk-fee__rule"><legend class="govuk-visually-hidden">${t.otherName}</legend>
${textField({ ...field("other-name"), label: t.otherName, maxLength: 200 })}
${selectField({
  ...field("other-kind"),
  label: t.otherKind,
  placeholder: false,
  options: [
    { value: "fee", label: t.kind.fee },
    { value: "charge", label: t.kind.charge },
  ],
})}
${textField({ ...field("other-amount"), label: t.otherAmount, inputMode: "numeric", width: 10, suffix: "đ", maxLength: 20 })}
${textField({ ...field("other-basis"), label: t.ruleBasis, maxLength: 300 })}</fieldset>
${textareaField({ ...field("why", true), label: t.why, hint: t.whyHint, rows: 3, maxLength: 2000 })}
${radiosField({
  ...field("when", true),
  value: typed["when"] ?? "wait",
  label: t.when,
  options: [
    { value: "wait", label: t.wait },
    { value: "later", label: t.later },
  ],
})}
${button({ label: t.demand, kind: "secondary", once: true })}</form></section>`;
}

function exemptForm(props: FeeDeskProps, due: readonly Obligation[]): Html {
  const { lang, typed, errors, dossier } = props;
  const t = feeDeskMessages[lang];
  const field = (id: string) => ({
    id,
    lang,
    value: typed[id] ?? "",
    error: errorOf(errors, id),
    required: true,
  });
  const lines = due.flatMap((one) =>
    one.lines.map((line, index) => ({
      value: `${one.id}:${index + 1}`,
      label: `${pick(line.name, lang)}: ${formatDong(line.amount)}`,
    })),
  );
  const [only] = lines;
  return html`<section class="desk-fee"><h2 class="govuk-heading-m">${t.exemptTitle}</h2>
<form method="post" action="/ho-so/${dossier.id}/phi/mien" novalidate>${hiddenField("ma", props.newId)}
${radiosField({ ...field("dong"), value: typed["dong"] ?? (lines.length === 1 && only ? only.value : ""), label: t.line, options: lines })}
${textField({ ...field("con-lai"), value: typed["con-lai"] ?? "0", label: t.remains, hint: t.remainsHint, inputMode: "numeric", width: 10, suffix: "đ", maxLength: 20 })}
${textField({ ...field("ly-do"), label: t.exemptReason, maxLength: 500 })}
${textField({ ...field("can-cu"), label: t.exemptBasis, maxLength: 300 })}
${selectField({ ...field("giay-to"), label: t.exemptProof, options: [...props.papers, t.shown].map((name) => ({ value: name, label: name })) })}
${button({ label: t.exempt, kind: "secondary", once: true })}</form></section>`;
}
