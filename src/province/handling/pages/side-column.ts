import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { details, notice, timeline } from "#kit/ui/index.ts";
import { actFilesOf, dossierMessages, type HistoryEntry, type Substate } from "#province/dossiers/index.ts";
import type { Urgency } from "#province/inbox/index.ts";
import { conversationMessages, conversationPaths } from "#province/conversation/index.ts";
import { deskNotices, noticeMessages } from "#province/messages/index.ts";
import { opinionMessages, opinionSection } from "#province/opinions/index.ts";
import { stepMessages } from "#province/steps/index.ts";
import { type Slip, SLIP_NAMES, slipForm } from "#province/slips/index.ts";
import type { DeskDossier } from "../desk-dossier.ts";
import { closingMessages } from "../closing-messages.ts";
import { feeDeskMessages } from "../fee-desk-messages.ts";
import { messages } from "../messages.ts";
import { missingSlips } from "../owed-slips.ts";
import { roundsOf } from "./rounds.ts";

/** The form that the slips' buttons belong to; it stands beside the dossier's own, because forms cannot lie in one another. */
export const SLIP_FORM = "lap-phieu";

/** Deadline, money, slips, result, supplement rounds and the log. */
export function sideColumn(view: DeskDossier, urgency: Urgency, lang: Lang): Html {
  return html`${deadline(view, urgency, lang)}${result(view, lang)}${post(view, lang)}${opinions(view, lang)}${fee(view, lang)}${slips(view, lang)}${rounds(view, lang)}${told(view, lang)}${archive(view, lang)}${log(view.history, lang)}`;
}

function block(id: string, title: string, body: Html): Html {
  return html`<section class="case-side" aria-labelledby="${id}"><h2 class="govuk-heading-s" id="${id}">${title}</h2>${body}</section>`;
}

function facts(rows: readonly (readonly [string, string | Html | null | undefined])[]): Html {
  return html`<dl class="case-facts case-facts--side">${rows.filter(([, value]) => value).map(([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function deadline({ dossier }: DeskDossier, urgency: Urgency, lang: Lang): Html {
  const t = messages[lang];
  const light = urgency.light === "none" ? "" : ` light light--${urgency.light}`;
  const until = (at: Date | null) => (at ? html`<span class="tabular${light}">${formatDateTime(at)}</span>` : null);
  const why = dossier.dueExplanation;
  return block(
    "side-deadline",
    t.deadline,
    html`${facts([
      [t.filedAt, dossier.filedAt ? formatDateTime(dossier.filedAt) : null],
      [t.receiveBy, urgency.what === "receive" ? until(urgency.until) : null],
      [t.receivedAt, dossier.receivedAt ? formatDateTime(dossier.receivedAt) : null],
      [t.dueAt, until(dossier.dueAt)],
      [t.with, dossier.officer?.name],
    ])}${urgency.lines.length > 0 ? details(t.why, html`<ul class="govuk-list">${urgency.lines.map((line) => html`<li>${pick(line, lang)}</li>`)}</ul>`) : null}${why ? details(t.why, html`<ul class="govuk-list">${why.lines.map((line) => html`<li>${pick(line, lang)}</li>`)}</ul>`) : null}`,
  );
}

/** Where it is kept once it is closed, and for how long. */
function archive({ dossier }: DeskDossier, lang: Lang): Html | null {
  const { closedAt, storage } = dossier;
  if (!closedAt || !storage) return null;
  const t = closingMessages[lang].close;
  const until = storage.untilYear === null ? t.forever : t.untilYear(storage.untilYear);
  const rows = [
    [t.closedAt, formatDateTime(closedAt)],
    [t.until, until],
    [t.basis, storage.basis],
    [t.place, storage.place],
  ] as const;
  return block("side-archive", t.side, facts(rows));
}

function opinions({ dossier, opinions: asked, now }: DeskDossier, lang: Lang): Html | null {
  const open = dossier.state === "received" || dossier.state === "processing";
  if (asked.length === 0 && !open) return null;
  return block("side-opinions", opinionMessages[lang].side, opinionSection(dossier.id, asked, now, lang));
}

function fee({ dossier, obligation, feeChange }: DeskDossier, lang: Lang): Html {
  const t = messages[lang];
  const state = dossierMessages[lang].dossier.feeStates[dossier.feeState];
  return block(
    "side-fee",
    t.fee,
    html`${obligation && obligation.lines.length > 0 ? html`<ul class="govuk-list case-fees">${obligation.lines.map((line) => html`<li><span>${pick(line.name, lang)}</span> <span class="money">${formatDong(line.amount)}</span></li>`)}<li class="case-fees__total"><span>${t.total}</span> <span class="money">${formatDong(obligation.total)}</span></li></ul>` : null}<p class="case-side__state">${state}</p>${feeChange ? notice({ tone: "warning", body: html`<p>${feeDeskMessages[lang].changed(formatDong(feeChange.before), formatDong(feeChange.now))}</p>` }) : null}<p><a class="govuk-link" href="/ho-so/${dossier.id}/phi">${feeDeskMessages[lang].open}</a></p>`,
  );
}

/** Letters with the applicant, and how far each notice came. */
function told({ dossier, letters, notices }: DeskDossier, lang: Lang): Html {
  const t = conversationMessages[lang];
  const { unread } = letters;
  return block(
    "side-told",
    noticeMessages[lang].desk.title,
    html`<p><a class="govuk-link" href="${conversationPaths.thread(dossier.id)}">${t.openDesk}</a>${unread > 0 ? html` <strong>(${t.unread(unread)})</strong>` : letters.all > 0 ? ` (${letters.all})` : null}</p>${deskNotices(notices, lang)}`,
  );
}

function slips({ dossier, slips: issued, history }: DeskDossier, lang: Lang): Html | null {
  const t = messages[lang];
  const missing = missingSlips(history, issued);
  if (issued.length === 0 && missing.length === 0) return null;
  const press = (label: string, path: string) =>
    html`<li><button class="link-button" type="submit" form="${SLIP_FORM}" formaction="/ho-so/${dossier.id}/phieu/${path}">${label}</button></li>`;
  const again = missing.map(
    ({ kind, entry }) =>
      html`<li><span class="case-missing">${t.slipMissing(SLIP_NAMES[kind][lang])}</span><br><button class="link-button" type="submit" form="${SLIP_FORM}" formaction="/ho-so/${dossier.id}/phieu/lap-lai" name="viec" value="${entry.seq}">${t.slipAgain}</button></li>`,
  );
  const here = issued.map(
    (slip) =>
      html`<li><a class="govuk-link" href="/ho-so/${dossier.id}/phieu/${slip.id}.pdf">${slipName(slip, lang)}</a><br><span class="muted">${formatDateTime(slip.createdAt)}</span></li>`,
  );
  return block(
    "side-slips",
    t.slips,
    html`<ul class="govuk-list">${here}${again}${dossier.code === null ? null : press(t.makeControl, "kiem-soat")}</ul>`,
  );
}

/** The form's own title, in sentence case: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả số 12/2026". */
function slipName(slip: Slip, lang: Lang): string {
  if (lang === "en") return `${SLIP_NAMES[slip.kind].en} no. ${slip.number}/${slip.year}`;
  const { title } = slipForm(slip.kind, slip.ruleSet, slip.form);
  return `${title.charAt(0)}${title.slice(1).toLowerCase()} số ${slip.number}/${slip.year}`;
}

function result({ dossier, result: found }: DeskDossier, lang: Lang): Html | null {
  const t = messages[lang];
  if (!found) return null;
  const signed = found.signed;
  return block(
    "side-result",
    t.result,
    html`${facts([
      [t.resultNumber, found.number],
      [t.resultSummary, found.summary],
      [t.effectiveOn, formatDate(found.effectiveOn)],
      [t.expiresOn, found.expiresOn ? formatDate(found.expiresOn) : t.noExpiry],
      [t.resultFile, html`<a class="govuk-link" href="/ho-so/${dossier.id}/ket-qua.pdf">${found.file.name}</a>`],
    ])}<p class="case-side__state">${signed ? t.signedBy(signed.signerName, formatDateTime(signed.at)) : t.unsigned}</p>${dossier.state === "returned" || dossier.state === "result-ready" ? html`<p><a class="govuk-link" href="/ho-so/${dossier.id}/ban-giao">${t.handOver}</a></p>` : null}`,
  );
}

/** Where the post comes in: chosen when filing, or a result that may still be sent. */
function post({ dossier }: DeskDossier, lang: Lang): Html | null {
  const t = messages[lang];
  const chosen = dossier.delivery?.handIn === "home" || dossier.delivery?.receive === "home";
  if (!chosen && dossier.state !== "result-ready" && dossier.state !== "returned") return null;
  return block(
    "side-post",
    t.post,
    html`<p><a class="govuk-link" href="/ho-so/${dossier.id}/buu-chinh">${t.postOf}</a></p>`,
  );
}

function rounds(view: DeskDossier, lang: Lang): Html | null {
  const found = roundsOf(view, lang);
  return found && block("side-rounds", found.title, found.body);
}

function log(history: readonly HistoryEntry[], lang: Lang): Html {
  const items = logItems(history, lang).map((item, index) => ({ ...item, now: index === 0 }));
  return block("side-log", messages[lang].history, timeline(items));
}

/** Who did what, when, newest first; what officers have no words for is left out. */
export function logItems(history: readonly HistoryEntry[], lang: Lang) {
  const words = dossierMessages[lang];
  const known: Readonly<Record<string, string>> = { ...words.actions, ...messages[lang].historyActions };
  return history
    .filter((entry) => known[entry.action] !== undefined)
    .toReversed()
    .map((entry) => ({
      what: known[entry.action] ?? entry.action,
      when: `${formatDateTime(entry.at)} · ${entry.actor.kind === "system" ? words.dossier.system : entry.actor.name}`,
      more: detailOf(entry, lang),
    }));
}

function detailOf(entry: HistoryEntry, lang: Lang): Html | null {
  const t = messages[lang];
  const { note, reason, text, toOfficer } = entry.detail;
  const asked = entry.action === "ask-opinion" ? entry.detail.to : "";
  const substate = (entry.detail.substate as Substate | undefined)?.name[lang];
  const steps = ["step", "claim", "assign"].includes(entry.action) ? [entry.detail.step, entry.detail.way] : [];
  const overdue = entry.detail.overdue === true ? stepMessages[lang].states.overdue : "";
  const lines = [
    ...steps,
    overdue,
    toOfficer ? `${t.historyTo} ${String(toOfficer)}` : "",
    asked,
    substate,
    note,
    reason,
    text,
  ].filter((line): line is string => typeof line === "string" && line !== "");
  const documents = actFilesOf(entry, "officer");
  if (lines.length + documents.length === 0) return null;
  return html`${lines.map((line) => html`<p class="timeline__more">${line}</p>`)}${documents.map((file) => html`<p class="timeline__more"><a class="govuk-link" href="/ho-so/${entry.dossierId}/van-ban/${file.id}">${file.name}</a></p>`)}`;
}
