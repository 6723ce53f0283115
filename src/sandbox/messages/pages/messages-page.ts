import { formatDateTimeSeconds } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, emptyState, textField } from "#kit/ui/index.ts";
import type { SandboxShell } from "../../shell/index.ts";
import { messages as words } from "../../words/index.ts";
import type { Message } from "../inbox.ts";

const CHANNEL = { sms: "SMS", mail: "E-mail", zalo: "Zalo", push: "Web push" } as const;

/** A drawn phone with the texts, and a mailbox beside it; newest first. */
export function messagesPage(props: {
  readonly shell: SandboxShell;
  readonly lang: Lang;
  readonly messages: readonly Message[];
  readonly to: string;
}): Html {
  const { lang } = props;
  const t = words[lang];
  const sms = props.messages.filter((message) => message.channel !== "mail");
  const mails = props.messages.filter((message) => message.channel === "mail");
  return props.shell({
    lang,
    title: t.messagesTitle,
    current: "messages",
    path: "/tin-nhan",
    body: html`<h1 class="govuk-heading-l">${t.messagesTitle}</h1>
<p class="govuk-body">${t.messagesLead}</p>
<form method="get" action="/tin-nhan" class="message-filter">${textField({ id: "to", lang, label: t.filterTo, value: props.to, width: 20, autocomplete: "off" })}<div class="message-filter__buttons">${button({ label: t.filter, kind: "secondary" })}${props.to ? html`<a class="govuk-link" href="/tin-nhan">${t.showAll}</a>` : null}</div></form>
<div class="inboxes">
<section aria-labelledby="phone-title"><h2 class="govuk-heading-m" id="phone-title">${t.phone}</h2>
<div class="handset"><div class="handset__screen" role="group" aria-labelledby="phone-title" tabindex="0">${sms.length === 0 ? emptyState({ title: t.noSms, text: t.noSmsText }) : html`<ol class="handset__list">${sms.map((message) => text(message, t.to))}</ol>`}</div></div></section>
<section aria-labelledby="mail-title"><h2 class="govuk-heading-m" id="mail-title">${t.mailbox}</h2>
${mails.length === 0 ? emptyState({ title: t.noMail, text: t.noMailText }) : html`<ol class="mails">${mails.map((message) => letter(message, t.to))}</ol>`}</section>
</div>`,
  });
}

function text(message: Message, to: string): Html {
  return html`<li class="bubble">${message.subject ? html`<p class="bubble__text"><strong>${message.subject}</strong></p>` : null}<p class="bubble__text">${message.text}</p><p class="bubble__meta">${message.channel === "sms" ? null : `${CHANNEL[message.channel]} · `}${to} <span class="tabular">${message.to}</span> · ${moment(message)}</p></li>`;
}

function letter(message: Message, to: string): Html {
  return html`<li class="mail"><h3 class="mail__subject">${message.subject ?? ""}</h3><p class="mail__meta">${to} ${message.to} · ${moment(message)}</p><p class="mail__text">${message.text}</p></li>`;
}

function moment(message: Message): Html {
  return html`<time datetime="${message.sentAt}">${formatDateTimeSeconds(new Date(message.sentAt))}</time>`;
}
