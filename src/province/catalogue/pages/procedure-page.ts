import { html, type Html, type HtmlValue } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  details,
  icon,
  type IconName,
  isOnlyVietnamese,
  notice,
  said,
  summaryList,
  table,
  timeline,
} from "#kit/ui/index.ts";
import type { FeeRule, LocalAmount, ProcedureDefinition, Way } from "#province/procedure/index.ts";
import type { Contact } from "#province/tenants/index.ts";
import type { OfferingAgency } from "../catalogue-view.ts";
import { feeLines, feeRows, feesInForce, type FeeWords, rowWords } from "../fee-words.ts";
import { timeLimitText } from "../load-procedures.ts";
import { messages } from "../messages.ts";
import type { Neighbour } from "../neighbours-view.ts";
import { cataloguePaths } from "../paths.ts";
import { elsewhereBodies, elsewhereNotice, neighboursSection, sourceSection } from "./more-sections.ts";
import { levelTag } from "./parts.ts";
import { papersSection } from "./papers-section.ts";

export type ProcedurePageProps = {
  readonly lang: Lang;
  readonly procedure: ProcedureDefinition;
  readonly serviceLevel: string;
  readonly agencies: readonly OfferingAgency[];
  readonly contacts: readonly Contact[];
  readonly localAmounts: Readonly<Record<string, LocalAmount>>;
  /** Published procedures that this one names as linked or related. */
  readonly neighbours: readonly Neighbour[];
  /** Local day the fees are shown for. */
  readonly on: string;
};

const WAYS: readonly Way[] = ["online", "counter", "post"];

export function procedurePage(props: ProcedurePageProps): Html {
  const { lang, procedure } = props;
  const t = messages[lang].page;
  const short = said(procedure.shortName, lang);
  return html`${backLink(lang, cataloguePaths.list(), t.back)}<div class="procedure"><header class="procedure__head"><p class="procedure__tags">${levelTag(props.serviceLevel, lang)}<span class="muted small tabular">${procedure.code}</span></p><h1 class="govuk-heading-xl">${short}</h1>${officialName(props, (length) => length <= NAME_LIMIT)}<p class="govuk-body-l procedure__summary">${said(procedure.summary, lang)}</p>${onlyVietnamese(props)}</header><aside class="procedure__aside" aria-label="${t.summary}">${callToFile(props)}${facts(props)}${moreLinks(props)}</aside><div class="procedure__body">${papersSection(procedure, lang)}${feesSection(props)}${timeSection(props)}${stepsSection(props)}${listSection(
    "conditions",
    t.conditions,
    procedure.conditions.map((text) => said(text, lang)),
  )}${legalSection(props)}${neighboursSection(procedure, props.neighbours, lang)}${contactSection(props)}${sourceSection(procedure, lang)}</div></div>`;
}

/** Whoever reads English hears at once that the law's own words below are in Vietnamese. */
function onlyVietnamese({ lang, procedure }: ProcedurePageProps): Html | null {
  const texts = [procedure.name, ...procedure.components.map(({ name }) => name)];
  if (!texts.some((text) => isOnlyVietnamese(text, lang))) return null;
  return html`<p class="govuk-body muted">${messages[lang].page.onlyVietnamese}</p>`;
}

/** Official names run to 300 characters: a long one stands with the legal basis, where whoever needs it looks for it. */
const NAME_LIMIT = 120;

function officialName({ lang, procedure }: ProcedurePageProps, fits: (length: number) => boolean): Html | null {
  const official = procedure.name[lang];
  if (sameName(official, procedure.shortName[lang]) || !fits(official.length)) return null;
  return html`<p class="procedure__official"><span class="muted">${messages[lang].page.officialName}:</span> ${said(procedure.name, lang)}</p>`;
}

/** "Thủ tục đăng ký khai sinh" says no more than "Đăng ký khai sinh". */
function sameName(official: string, short: string): boolean {
  return official.toLowerCase().replace(/^thủ tục /, "") === short.toLowerCase();
}

function callToFile({ lang, procedure, agencies }: ProcedurePageProps): Html {
  const t = messages[lang].page;
  if (agencies.length === 0) return elsewhereNotice(procedure, lang);
  if (!procedure.fileable) return notice({ title: t.notFileable, body: html`<p>${t.notFileableText}</p>` });
  return html`<div class="procedure__file">${button({ label: t.file, href: cataloguePaths.file(procedure.code) })}<p class="small muted">${t.fileNote}</p></div>`;
}

/** Print, blank form, guidance, feedback: what people look for beside the facts. */
function moreLinks({ lang, procedure }: ProcedurePageProps): Html {
  const t = messages[lang].page;
  const link = (name: IconName, href: string, label: string) =>
    html`<li><a class="govuk-link" href="${href}">${icon(name, 18)}${label}</a></li>`;
  return html`<ul class="procedure__more" aria-label="${t.more}">${procedure.fileable ? link("download", cataloguePaths.blankForm(procedure.code), t.blankForm) : null}${procedure.fileable && procedure.bulk ? link("send", cataloguePaths.bulk(procedure.code), t.bulk) : null}${link("file", "/huong-dan", t.guidance)}${link("mail", `/gop-y?thu-tuc=${procedure.code}`, t.feedback)}<li><print-page><button class="link-button" type="button" hidden>${icon("print", 18)}${t.print}</button></print-page></li></ul>`;
}

function facts(props: ProcedurePageProps): Html {
  const { lang, procedure, agencies } = props;
  const t = messages[lang].page;
  const time = timeLimitText(procedure, "online");
  const fees = feeLines(procedure.fees, { lang, on: props.on, localAmounts: props.localAmounts });
  const one = agencies.length === 1 ? agencies[0] : undefined;
  const fact = (key: string, value: HtmlValue) => html`<div class="facts__row"><dt>${key}</dt><dd>${value}</dd></div>`;
  return html`<dl class="facts">${fact(t.time, time ? said(time, lang) : t.timeUnknown)}${fact(
    t.fee,
    fees.length > 0
      ? html`${fees.map((line) => html`<span class="facts__line">${line}</span>`)}`
      : procedure.fees.length === 0
        ? t.feeUnpublished
        : t.noFees,
  )}${fact(t.pay, procedure.onlinePayment ? t.payYes : t.payNo)}${fact(t.where, one ? one.name[lang] : agencies.length > 0 ? t.units(agencies.length) : elsewhereBodies(procedure, lang))}${
    procedure.results.length > 0
      ? fact(
          t.result,
          html`${procedure.results.map(({ code, name, validity }) => html`<span class="facts__line">${said(name, lang)}${code.startsWith("result-") ? null : html` <span class="muted small tabular">${code}</span>`}${validity ? html`<span class="muted small"> ${t.validity(validity[lang])}</span>` : null}</span>`)}`,
        )
      : null
  }</dl>`;
}

function feesSection(props: ProcedurePageProps): Html {
  const { lang, procedure } = props;
  const t = messages[lang].page;
  const context = { lang, on: props.on, localAmounts: props.localAmounts };
  const rules = feesInForce(procedure.fees, props.on);
  const rows = feeRows(procedure.fees, props.on);
  if (rules.length === 0) {
    return section(
      "fees",
      t.fee,
      html`<p class="govuk-body">${procedure.fees.length === 0 ? t.feeUnpublished : t.noFees}</p>`,
    );
  }
  const exempt = rules.flatMap((rule) => rule.exemptions ?? []);
  // A column a way only where the ways differ: three times the same words help nobody.
  const differ = rows.some((row) => new Set(WAYS.map((way) => rowWords(row, way, context).text)).size > 1);
  // Of a way that the national catalogue gives no amount for, nothing is known: not that it costs nothing.
  const isSilent = (way: Way) =>
    procedure.source && !rules.some(({ ways }) => ways === undefined || ways.includes(way));
  const cell = (row: FeeRow, way: Way) =>
    feeCell(isSilent(way) ? { kind: "unknown", text: t.feeUnpublished } : rowWords(row, way, context));
  const amounts = differ
    ? WAYS.map((way) => ({ label: t.ways[way], cell: (row: FeeRow) => cell(row, way) }))
    : [{ label: t.amount, cell: (row: FeeRow) => feeCell(rowWords(row, "online", context)) }];
  return section(
    "fees",
    t.fee,
    html`${table({
      caption: t.feeTable,
      hideCaption: true,
      columns: [
        {
          label: t.feeName,
          head: true,
          cell: ([rule]: FeeRow) =>
            html`${rule ? said(rule.name, lang) : null}${rule?.note ? html`<span class="cell-note">${said(rule.note, lang)}</span>` : null}`,
        },
        ...amounts,
        { label: t.basis, cell: ([rule]: FeeRow) => html`<span class="small">${rule?.basis}</span>` },
      ],
      rows,
    })}${differ ? null : html`<p class="govuk-body">${t.sameForAll}</p>`}<p class="govuk-body"><strong>${t.pay}:</strong> ${procedure.onlinePayment ? t.payYes : t.payNo}.</p>${
      exempt.length > 0
        ? html`<h3 class="govuk-heading-m">${t.exempt}</h3><ul class="exempt">${exempt.map(
            ({ who, reason, basis, when }) =>
              html`<li><strong>${who[lang]}.</strong> ${reason[lang]} <span class="muted small">${when === undefined ? t.exemptShown : t.exemptAuto} ${basis}.</span></li>`,
          )}</ul>`
        : null
    }`,
  );
}

type FeeRow = readonly FeeRule[];

function feeCell(words: FeeWords): Html {
  return words.kind === "amount"
    ? html`<span class="fee-amount">${words.text}</span>`
    : html`<span class="muted small">${words.text}</span>`;
}

function timeSection({ lang, procedure }: ProcedurePageProps): Html {
  const t = messages[lang].page;
  const words = WAYS.map((way) => {
    const limit = timeLimitText(procedure, way);
    return { way, key: limit?.[lang], text: limit ? said(limit, lang) : t.timeUnknown };
  });
  const same = words.every(({ key }) => key === words[0]?.key);
  const notes = procedure.timeLimits.flatMap(({ note }) => (note ? [said(note, lang)] : []));
  const limits = same
    ? html`<p class="govuk-body"><strong class="time-limit">${words[0]?.text}.</strong> ${t.timeSame}</p>`
    : summaryList(words.map(({ way, text }) => ({ key: t.ways[way], value: text })));
  return section("time", t.timeTable, html`${limits}${notes.map((note) => html`<p class="govuk-body">${note}</p>`)}`);
}

function stepsSection({ lang, procedure }: ProcedurePageProps): Html | null {
  if (procedure.steps.length === 0) return null;
  return section(
    "steps",
    messages[lang].page.steps,
    timeline(procedure.steps.map(({ title, text }) => ({ what: said(title, lang), when: said(text, lang) }))),
  );
}

function legalSection(props: ProcedurePageProps): Html {
  const { lang, procedure } = props;
  const t = messages[lang].page;
  return section(
    "legal",
    t.legal,
    html`${officialName(props, (length) => length > NAME_LIMIT)}<ul class="legal">${procedure.legalBasis.map(({ number, name }) => html`<li><span class="legal__number">${number}</span>${name.vi === number ? null : html` <span>${said(name, lang)}</span>`}</li>`)}<li><span class="legal__number">${procedure.decision}</span> <span>${t.decision} (${said(procedure.issuer, lang)})</span></li></ul>`,
  );
}

function contactSection({ lang, procedure, agencies, contacts }: ProcedurePageProps): Html {
  const t = messages[lang].page;
  const list = html`<ul class="units">${agencies.map((agency) => html`<li>${agency.name[lang]}${agency.phone ? html`, <span class="tabular">${agency.phone}</span>` : null}</li>`)}</ul>`;
  return section(
    "contact",
    t.contact,
    html`${agencies.length === 0 ? null : agencies.length <= 8 ? list : html`<p class="govuk-body">${t.units(agencies.length)}.</p>${details(t.unitsShow, list)}`}<ul class="units units--support">${contacts.map(
      ({ name, phone }) =>
        html`<li>${name[lang]}: <a class="govuk-link tabular" href="tel:${phone.replaceAll(" ", "")}">${phone}</a></li>`,
    )}</ul>${procedure.serviceLevelReason ? html`<p class="govuk-body"><strong>${t.reason}:</strong> ${procedure.serviceLevelReason[lang]}</p>` : null}`,
  );
}

function listSection(id: string, title: string, items: readonly HtmlValue[]): Html | null {
  return items.length === 0
    ? null
    : section(
        id,
        title,
        html`<ul class="govuk-list govuk-list--bullet prose">${items.map((item) => html`<li>${item}</li>`)}</ul>`,
      );
}

export function section(id: string, title: string, body: HtmlValue): Html {
  return html`<section class="procedure__section" aria-labelledby="${id}"><h2 class="govuk-heading-l" id="${id}">${title}</h2>${body}</section>`;
}
