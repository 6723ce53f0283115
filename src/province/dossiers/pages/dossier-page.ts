import { formatDate, formatDateTime, formatTime, plainDateOf, weekdayName } from "#kit/calendar.ts";
import { attributes, html, type Html, type HtmlValue } from "#kit/html.ts";
import { type Lang, pick, type Text } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { maskIdentity } from "#kit/log.ts";
import {
  backLink,
  button,
  details,
  icon,
  notice,
  said,
  summaryList,
  type SummaryRow,
  timeline,
} from "#kit/ui/index.ts";
import { placeName, placeText } from "#province/tenants/index.ts";
import { actFilesOf } from "../act-files.ts";
import type { DossierHolder, SlipLink } from "../account-deps.ts";
import type { Dossier, DossierFile, HistoryEntry, SupplementRound } from "../dossier.ts";
import { isOver, isPaused } from "../dossier-lifecycle.ts";
import { messages } from "../messages.ts";
import { dossierPaths } from "../paths.ts";
import { componentName, fileSize, type NamedComponent } from "./paper-names.ts";
import { stateTag } from "./state-tag.ts";
import { whyThisDate } from "./why-this-date.ts";

export interface DossierPageProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly dossier: Dossier;
  readonly history: readonly HistoryEntry[];
  readonly files: readonly DossierFile[];
  readonly components: readonly NamedComponent[];
  readonly rounds: readonly SupplementRound[];
  /** the answers as the forms room prints them; null when the procedure has no form */
  readonly answers: Html | null;
  readonly dues: {
    readonly lines: readonly { readonly name: string; readonly amount: number; readonly exempt?: string }[];
    readonly total: number;
    /** what goes back when the dossier ends without a result */
    readonly refundable: number;
  } | null;
  readonly slips: readonly SlipLink[];
  /** Who has it by its internal procedure; empty when none runs. */
  readonly holders: readonly DossierHolder[];
  /** When an online filing is answered at the latest; null when it has been. */
  readonly answerBy: { readonly at: Date; readonly lines: readonly Text[] } | null;
  readonly transactionsLabel: string;
  readonly payLabel: string;
  readonly mayWithdraw: boolean;
  /** what other rooms say of the dossier */
  readonly besides?: Html | null | undefined;
  /** said after an action, above everything */
  readonly said?: string | undefined;
  readonly refused?: string | undefined;
}

/** One dossier as its owner sees it: where it is and until when, what waits for them, what happened, what they sent. */
export function dossierPage(props: DossierPageProps): Html {
  const { lang, dossier } = props;
  const t = messages[lang].dossier;
  return html`${backLink(lang, dossierPaths.account(), t.back)}
${props.said ? notice({ tone: "success", title: props.said, live: true }) : null}${props.refused ? notice({ tone: "warning", title: props.refused, live: true }) : null}
<div class="dossier-head"><p class="dossier-head__number">${t.title} ${dossier.number}</p><h1 class="govuk-heading-l">${dossier.procedure.name[lang]}</h1><p class="dossier-head__state">${stateTag(dossier, lang)}</p></div>
<div class="dossier-columns"><div class="dossier-columns__top">${waiting(props)}${result(props)}${place(props)}${props.besides}${isOver(dossier.state) ? null : html`<live-page data-url="${dossierPaths.events(dossier.id)}" data-version="${dossier.version}"></live-page>`}</div>
<aside class="dossier-columns__side">${facts(props)}${fees(props)}${slips(props)}${
    props.mayWithdraw
      ? html`<p class="dossier-withdraw"><a class="govuk-link" href="${dossierPaths.withdrawal(dossier.id)}">${t.withdraw}</a></p>`
      : null
  }</aside><div class="dossier-columns__rest">
${section("timeline", t.timeline, timeline(steps(props)))}
${section("answers", t.answers, props.answers ? html`${props.answers}<p>${icon("download", 16)} <a class="govuk-link" href="${dossierPaths.declaration(dossier.id)}">${t.declaration}</a></p>` : html`<p class="muted">${t.noAnswers}</p>`)}
${section("files", t.files, files(props))}
</div></div>`;
}

function section(id: string, title: string, body: Html): Html {
  return html`<section class="dossier-section" aria-labelledby="${id}"><h2 class="govuk-heading-m" id="${id}">${title}</h2>${body}</section>`;
}

/** What the dossier waits for from this person, with the way to do it; the reason when it ended without a result. */
function waiting({ lang, dossier, rounds, dues, payLabel }: DossierPageProps): Html | null {
  const t = messages[lang].dossier;
  if (dossier.state === "supplement-requested") {
    const round = rounds.find((one) => one.answeredAt === null);
    return notice({
      tone: "warning",
      title: t.supplementLead,
      body: html`${round?.answerBy ? html`<p><strong>${messages[lang].supplement.until(formatDateTime(round.answerBy))}</strong></p>` : null}${round?.text ? html`<p>${round.text}</p>` : null}<ul class="dossier-asked">${(
        round?.items ?? []
      ).map(
        (item) => html`<li><strong>${item.label}</strong>${item.reason ? html`: ${item.reason}` : null}</li>`,
      )}</ul>${button({ label: t.supplementAction, href: dossierPaths.supplement(dossier.id) })}`,
    });
  }
  if (dossier.state === "fee-due") {
    return notice({
      tone: "warning",
      title: messages[lang].states["fee-due"],
      body: html`<p>${t.total}: <strong>${formatDong(dues?.total ?? 0)}</strong></p>${button({ label: payLabel, href: dossierPaths.payment(dossier.id) })}`,
    });
  }
  if (dossier.reason && isOver(dossier.state))
    return notice({
      tone: "info",
      title: t.reason,
      body: html`<p>${dossier.reason}</p><p>${t.againLead} <a class="govuk-link" href="/thu-tuc/${dossier.procedure.code}">${t.again}</a></p>`,
    });
  return null;
}

function result({ lang, dossier }: DossierPageProps): Html | null {
  const t = messages[lang].dossier;
  if (dossier.state !== "returned" || !dossier.resultFile) return null;
  return notice({
    tone: "success",
    title: t.result,
    body: html`<p>${t.resultLead}</p><p class="dossier-result">${button({ label: t.resultDownload, href: dossierPaths.resultFile(dossier.id) })}<span class="muted small">${dossier.resultFile.name}, ${fileSize(dossier.resultFile.size)}</span></p>`,
  });
}

/** Who has it now and until when. */
function place(props: DossierPageProps): Html | null {
  const { lang, now, dossier, answerBy } = props;
  const t = messages[lang].dossier;
  if (isOver(dossier.state)) return null;
  const paused = isPaused(dossier.state);
  const { dueAt } = dossier;
  return html`<section class="dossier-place" aria-label="${t.nowWith}"><p class="dossier-place__who">${icon("person")}<span>${paused ? html`<strong>${t.withYou}</strong>` : html`${t.nowWith}: <strong>${holderOf(props)}</strong>`}</span></p>${paused ? null : atSteps(props)}${
    dueAt
      ? html`<p class="dossier-place__due">${icon("clock")}<span>${t.until}: <strong>${moment(dueAt, lang)}</strong>${paused ? null : html` <span class="muted">(${left(now, dueAt, lang)})</span>`}</span></p>${paused ? html`<p class="muted">${t.paused}</p>` : bar(dossier.receivedAt, dueAt, now)}${apology(props)}<div id="vi-sao">${whyThisDate(dossier.dueExplanation, lang)}</div>`
      : html`<p class="dossier-place__due">${icon("clock")}<span>${answerBy ? html`${t.answerBy}: <strong>${moment(answerBy.at, lang)}</strong>. ` : null}${t.untilNone}</span></p>${answerBy ? details(t.why, html`<ul class="govuk-list">${answerBy.lines.map((line) => html`<li>${pick(line, lang)}</li>`)}</ul>`) : null}`
  }</section>`;
}

/** A date that was put off is said where the date stands, with the reason. */
function apology({ lang, history }: DossierPageProps): Html | null {
  const entry = history.findLast(({ action }) => action === "reschedule");
  if (!entry) return null;
  return html`<p class="small"><strong>${messages[lang].actions.reschedule}.</strong> ${movedWords(entry, lang)}. ${typeof entry.detail["reason"] === "string" ? entry.detail["reason"] : null}</p>`;
}

/** Those who have it by its internal procedure; without one the officer it was given to, and the unit. */
function holderOf({ lang, dossier, holders }: DossierPageProps): HtmlValue {
  const at = holders.filter((one) => !one.opinion);
  const names = (
    at.length > 0 ? at : [{ officer: dossier.officer?.name, unit: dossier.unit?.name ?? dossier.agency.name }]
  ).map(({ officer, unit }) => ({
    key: `${officer} ${unit}`,
    name: html`${officer ? `${officer}, ` : null}${placeName(unit, lang)}`,
  }));
  const apart = [...new Map(names.map(({ key, name }) => [key, name])).values()];
  return apart.map((name, index) => html`${index > 0 ? "; " : null}${name}`);
}

/** The steps that are being worked at, each with its own limit. */
function atSteps({ lang, holders }: DossierPageProps): Html | null {
  const t = messages[lang].dossier;
  if (holders.length === 0) return null;
  return html`<ul class="govuk-list dossier-place__steps">${holders.map(
    (one) =>
      html`<li>${one.opinion ? t.opinionAt(placeText(one.unit, lang)) : said({ vi: one.step, en: one.english || one.step }, lang)} <span class="muted">${t.stepUntil(moment(one.until, lang))}</span></li>`,
  )}</ul>`;
}

function moment(at: Date, lang: Lang): string {
  return `${formatTime(at)}, ${weekdayName(plainDateOf(at), lang)} ${formatDate(at)}`;
}

const DAY_MS = 86_400_000;

function left(now: Date, dueAt: Date, lang: Lang): string {
  const t = messages[lang].dossier;
  const day = (instant: Date) => Date.parse(`${plainDateOf(instant)}T00:00:00Z`) / DAY_MS;
  const days = day(dueAt) - day(now);
  return now > dueAt ? t.late(Math.max(1, -days)) : t.daysLeft(days);
}

/** The share of the time that has passed; drawn, because the words beside it say it already. */
function bar(from: Date | null, to: Date, now: Date): Html | null {
  if (!from || to <= from) return null;
  const share = Math.min(
    100,
    Math.max(2, Math.round(((now.getTime() - from.getTime()) / (to.getTime() - from.getTime())) * 100)),
  );
  return html`<div class="bar dossier-place__bar" aria-hidden="true"><svg viewBox="0 0 100 6" preserveAspectRatio="none"><rect${attributes({ width: share, height: 6, fill: "currentColor" })}></rect></svg></div>`;
}

/** Steps that concern the applicant: working notes and unsigned results stay with the office. */
export const STEPS_SHOWN: readonly string[] = [
  "file",
  "file-part",
  "open-part",
  "release-part",
  "receive",
  "decline",
  "request-supplement",
  "answer-supplement",
  "forward",
  "reschedule",
  "move-deadline",
  "require-fee",
  "mark-fee-paid",
  "refund-fee",
  "payment-reversed",
  "sign-result",
  "return-result",
  "refuse",
  "stop",
  "withdraw",
  "set-substate",
  "close",
  "post-order",
  "post-collected",
  "post-failed",
  "post-delivered",
  "post-returned",
  "post-lost",
  "post-cancelled",
  "post-cancel-refused",
  "post-to-door",
  "require-postage",
  "postage-paid",
  "papers-arrived",
];

function steps({ lang, dossier, history }: DossierPageProps) {
  const words = messages[lang].actions;
  const shown = history.filter((entry) => STEPS_SHOWN.includes(entry.action)).toReversed();
  return shown.map((entry, index) => ({
    what: `${words[entry.action as keyof typeof words]}${roundWords(entry, lang)}`,
    when: `${formatDateTime(entry.at)}, ${by(entry, lang)}`,
    more: html`${more(entry, lang)}${documents(dossier, entry)}`,
    now: index === 0,
  }));
}

/** Which time something is asked for and answered, from the second on. */
function roundWords({ action, detail }: HistoryEntry, lang: Lang): string {
  const round = detail["round"];
  const isRound = action === "request-supplement" || action === "answer-supplement";
  return isRound && typeof round === "number" && round > 1
    ? ` (${messages[lang].dossier.round(round).toLowerCase()})`
    : "";
}

function by(entry: HistoryEntry, lang: Lang): string {
  const t = messages[lang].dossier;
  if (entry.actor.kind === "citizen") return t.you.toLowerCase();
  return entry.actor.kind === "system" ? t.system.toLowerCase() : entry.actor.name;
}

/** A date that moved: from which to which. */
function movedWords({ action, detail }: HistoryEntry, lang: Lang): string | undefined {
  if (action !== "reschedule" && action !== "move-deadline") return undefined;
  const [from, to] = [detail["from"], detail["to"]].map((at) => (typeof at === "string" ? new Date(at) : undefined));
  if (!from || !to || Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return undefined;
  return messages[lang].dossier.movedFrom(formatDateTime(from), formatDateTime(to));
}

function more(entry: HistoryEntry, lang: Lang): Html | null {
  const { detail } = entry;
  const substate = detail["substate"] as { name?: { vi?: string; en?: string } } | undefined;
  const lines = [
    substate?.name?.[lang],
    movedWords(entry, lang),
    detail["code"],
    detail["text"],
    detail["reason"],
    detail["toOfficer"] ?? detail["toUnit"],
  ].filter((line): line is string => typeof line === "string" && line !== "");
  const items = Array.isArray(detail["items"]) ? (detail["items"] as { label?: unknown; reason?: unknown }[]) : [];
  lines.push(
    ...items.map((item) =>
      [item.label, item.reason].filter((part) => typeof part === "string" && part !== "").join(": "),
    ),
  );
  return lines.length > 0 ? html`${lines.map((line) => html`<p class="small dossier-step">${line}</p>`)}` : null;
}

/** What the office gave with the act. */
function documents({ id }: Dossier, entry: HistoryEntry): Html {
  return html`${actFilesOf(entry, "applicant").map((file) => html`<p class="small dossier-step">${icon("download", 16)} <a class="govuk-link" href="${dossierPaths.actFile(id, file.id)}">${file.name}</a> <span class="muted">${fileSize(file.size)}</span></p>`)}`;
}

function files({ lang, files: list, components }: DossierPageProps): Html {
  const t = messages[lang].dossier;
  if (list.length === 0) return html`<p class="muted">${t.noFiles}</p>`;
  const codes = [...new Set(list.map((file) => file.component))];
  return html`<dl class="dossier-papers">${codes.map(
    (code) =>
      html`<div><dt>${componentName(components, code, lang)}</dt>${list
        .filter((file) => file.component === code)
        .map(
          (file) =>
            html`<dd>${icon("file", 16)} <a class="govuk-link" href="${dossierPaths.file(file.id)}">${file.name}</a> <span class="muted small">${fileSize(file.size)}</span></dd>`,
        )}</div>`,
  )}</dl>`;
}

/** A linked filing: codes, money and letters are its parts'. */
function isWhole({ id, linkedWhole }: Dossier): boolean {
  return linkedWhole === id;
}

function facts({ lang, dossier }: DossierPageProps): Html {
  const t = messages[lang].dossier;
  const rows: SummaryRow[] = [
    {
      key: t.code,
      value: dossier.code ?? html`<span class="muted">${isWhole(dossier) ? t.codesOfParts : t.noCode}</span>`,
    },
    { key: t.agency, value: placeName(dossier.agency.name, lang) },
    {
      key: t.applicant,
      value: html`${dossier.applicant.name}<br><span class="muted small">${t.identity} ${maskIdentity(dossier.applicant.identityNumber)}</span>`,
    },
  ];
  if (dossier.holderName && dossier.holderName !== dossier.applicant.name)
    rows.push({ key: t.holder, value: dossier.holderName });
  rows.push({ key: t.channel, value: t.channels[dossier.channel] });
  if (dossier.filedAt) rows.push({ key: t.filedAt, value: formatDateTime(dossier.filedAt) });
  if (dossier.receivedAt) rows.push({ key: t.receivedAt, value: formatDateTime(dossier.receivedAt) });
  // Of one that ended without a result the appointment says nothing any more.
  const isDue = !isOver(dossier.state) || dossier.state === "returned";
  if (dossier.dueAt && isDue) rows.push({ key: t.dueAt, value: formatDateTime(dossier.dueAt) });
  if (dossier.finishedAt && !isDue) rows.push({ key: t.endedAt, value: formatDateTime(dossier.finishedAt) });
  if (dossier.returnedAt) rows.push({ key: t.returnedAt, value: formatDateTime(dossier.returnedAt) });
  if (dossier.delivery) {
    const { receive, receiveAddress } = dossier.delivery;
    rows.push({
      key: t.delivery,
      value: html`${t.deliveryWays[receive]}${receiveAddress ? html`<br><span class="muted small">${receiveAddress}</span>` : null}`,
    });
  }
  return html`<div class="dossier-facts">${summaryList(rows)}</div>`;
}

/** Money of a dossier that ended without a result: nobody should have to ask what becomes of it. */
function moneyBack({ lang, dossier, dues, history }: DossierPageProps): Html | null {
  const t = messages[lang].dossier;
  if (!dues || dossier.feeState !== "paid" || !dossier.ending || dossier.ending === "returned") return null;
  // What went back before the end was paid twice, not this.
  const ended = dossier.finishedAt ?? dossier.updatedAt;
  if (history.some(({ action, at }) => action === "refund-fee" && at >= ended)) return html`<p>${t.gaveBack}</p>`;
  return html`<p>${dues.refundable > 0 ? t.givesBack(formatDong(dues.refundable)) : t.keepsFee}</p>`;
}

function fees(props: DossierPageProps): Html | null {
  const { lang, dossier, dues, payLabel, transactionsLabel } = props;
  const t = messages[lang].dossier;
  if (isWhole(dossier)) return null;
  const owed = dossier.feeState === "due" && !dossier.ending;
  return html`<section class="dossier-box" aria-labelledby="fees"><h2 class="govuk-heading-s" id="fees">${t.fee}</h2>${
    dues
      ? html`<dl class="dossier-dues">${dues.lines.map((line) => html`<div><dt>${line.name}${line.exempt ? html`<br><span class="muted small">${line.exempt}</span>` : null}</dt><dd>${formatDong(line.amount)}</dd></div>`)}<div class="dossier-dues__total"><dt>${t.total}</dt><dd>${formatDong(dues.total)}</dd></div></dl>`
      : null
  }<p class="dossier-fee-state">${dossier.feeState === "paid" ? icon("check", 16) : dossier.feeState === "due" ? icon("money", 16) : null} ${t.feeStates[dossier.feeState]}</p>${moneyBack(props)}${
    owed && dossier.state !== "fee-due" ? button({ label: payLabel, href: dossierPaths.payment(dossier.id) }) : null
  }${dues ? html`<p><a class="govuk-link" href="${dossierPaths.transactions()}">${transactionsLabel}</a></p>` : null}</section>`;
}

function slips({ lang, slips: list }: DossierPageProps): Html | null {
  const t = messages[lang].dossier;
  if (list.length === 0) return null;
  return html`<section class="dossier-box" aria-labelledby="slips"><h2 class="govuk-heading-s" id="slips">${t.slips}</h2><ul class="govuk-list">${list.map(
    (slip) =>
      html`<li>${icon("print", 16)} <a class="govuk-link" href="${slip.href}">${slip.name[lang]}</a><br><span class="muted small">${formatDateTime(slip.issuedAt)}</span></li>`,
  )}</ul></section>`;
}
