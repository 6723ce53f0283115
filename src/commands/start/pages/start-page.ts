import { formatDate, formatDateTimeSeconds } from "../../../kit/calendar.ts";
import type { Config } from "../../../kit/config.ts";
import { demoCaptcha, demoCitizens, demoOfficers, demoOperators, demoUnregistered } from "../../../kit/demo.ts";
import { demoCards, demoWallets } from "../../../kit/demo-money.ts";
import { type Html, html } from "../../../kit/html.ts";
import type { Lang } from "../../../kit/i18n.ts";
import { type Brand, emptyState, icon, notice, pageShell, statusTag, table } from "../../../kit/ui/index.ts";
import { messages } from "../messages.ts";
import type { ProcessFact } from "../supervisor.ts";

export interface SentMessage {
  readonly id: string;
  readonly channel: "sms" | "mail";
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  /** ISO 8601. */
  readonly sentAt: string;
}

export interface StartPageProps {
  readonly lang: Lang;
  readonly origins: Config["origins"];
  readonly processes: readonly ProcessFact[];
  /** Newest first; undefined when the sandbox does not answer. */
  readonly messages: readonly SentMessage[] | undefined;
  /** Username → code that is valid now. */
  readonly codes: ReadonlyMap<string, string>;
}

export function startBrand(lang: Lang): Brand {
  const t = messages[lang];
  return { owner: t.owner, tagline: t.tagline, home: "/", system: "start" };
}

/** The front page of a demonstration: where everything is, who one can be, and what has arrived. */
export function startPage(props: StartPageProps): Html {
  const t = messages[props.lang];
  return pageShell({
    lang: props.lang,
    title: t.title,
    brand: startBrand(props.lang),
    path: "/",
    width: "wide",
    noIndex: true,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body-l">${t.lead}</p>
${systems(props)}
${inbox(props)}
${accounts(props)}
${money(props)}
${running(props)}`,
  });
}

function systems({ lang, origins }: StartPageProps): Html {
  const t = messages[lang];
  const place = (href: string, name: string, text: string, accent: string) =>
    html`<li class="start-map__place start-map__place--${accent}"><a class="start-map__link" href="${href}">${name}</a><span>${text}</span><span class="start-map__address">${href.replace("http://", "")}</span></li>`;
  return html`<section aria-labelledby="systems"><h2 class="govuk-heading-m" id="systems">${t.systems}</h2>
<ul class="start-map">
${place(origins.national, t.national, t.nationalText, "national")}
${origins.provinces.map(({ code, name, portal, desk }) => [
  place(portal, `${t.portal} ${name}`, t.portalText, code),
  place(desk, `${t.desk} ${name}`, t.deskText, code),
])}
${place(origins.sandbox ?? "/", t.sandbox, t.sandboxText, "sandbox")}
${place(`${origins.sandbox}/tin-nhan`, t.phone, t.phoneText, "sandbox")}
</ul></section>`;
}

function inbox(props: StartPageProps): Html {
  const t = messages[props.lang];
  const list = props.messages;
  const body = !list
    ? notice({ tone: "warning", body: html`<p>${t.sandboxSilent}</p>` })
    : list.length === 0
      ? emptyState({ title: t.noMessages, text: t.noMessagesText })
      : html`<ol class="start-inbox">${list.map(
          (message) =>
            html`<li class="start-inbox__item"><p class="start-inbox__head">${icon(message.channel === "sms" ? "phone" : "mail")}<strong>${t.channels[message.channel]} · ${message.to}</strong> <time class="muted small" datetime="${message.sentAt}">${formatDateTimeSeconds(new Date(message.sentAt))}</time></p>${message.subject ? html`<p class="start-inbox__subject">${message.subject}</p>` : null}<p class="start-inbox__text">${message.text}</p></li>`,
        )}</ol>`;
  return html`<section aria-labelledby="messages"><h2 class="govuk-heading-m" id="messages">${t.messages}</h2>${body}
<p class="cluster"><a class="govuk-link" href="/#messages">${t.refresh}</a><a class="govuk-link" href="${props.origins.sandbox}/tin-nhan">${t.allMessages}</a></p></section>`;
}

function secret(text: string): Html {
  return html`<code class="start-secret">${text}</code>`;
}

function accounts({ lang, codes, origins }: StartPageProps): Html {
  const t = messages[lang];
  const provinceName = (code: string) => origins.provinces.find((province) => province.code === code)?.name ?? code;
  return html`<section aria-labelledby="citizens"><h2 class="govuk-heading-m" id="citizens">${t.citizens}</h2>
${table({
  caption: t.citizens,
  hideCaption: true,
  rows: demoCitizens,
  columns: [
    { label: t.name, head: true, cell: (row) => row.name },
    { label: t.identityNumber, cell: (row) => secret(row.identityNumber) },
    { label: t.password, cell: (row) => secret(row.password) },
    { label: t.phoneNumber, cell: (row) => secret(row.phone) },
  ],
})}
<h2 class="govuk-heading-m">${t.unregistered}</h2><p class="govuk-body">${t.unregisteredText}</p>
${table({
  caption: t.unregistered,
  hideCaption: true,
  rows: demoUnregistered,
  columns: [
    { label: t.name, head: true, cell: (row) => row.name },
    { label: t.identityNumber, cell: (row) => secret(row.identityNumber) },
    { label: t.birthDate, cell: (row) => secret(formatDate(row.birthDate)) },
    { label: t.phoneNumber, cell: (row) => secret(row.phone) },
  ],
})}
<h2 class="govuk-heading-m" id="officers">${t.officers}</h2><p class="govuk-body">${t.officersText} <a class="govuk-link" href="/#officers">${t.refresh}</a></p>
${table({
  caption: t.officers,
  hideCaption: true,
  rows: demoOfficers,
  columns: [
    { label: t.name, head: true, cell: (row) => row.name },
    { label: t.province, cell: (row) => provinceName(row.province) },
    { label: t.role, cell: (row) => t.roles[row.role] },
    { label: t.username, cell: (row) => secret(row.username) },
    { label: t.password, cell: (row) => secret(row.password) },
    { label: t.code, cell: (row) => secret(codes.get(row.username) ?? "") },
  ],
})}
<h2 class="govuk-heading-m" id="operators">${t.operators}</h2><p class="govuk-body">${t.operatorsText} <a class="govuk-link" href="${origins.national}/van-hanh">${origins.national}/van-hanh</a></p>
${table({
  caption: t.operators,
  hideCaption: true,
  rows: demoOperators,
  columns: [
    { label: t.name, head: true, cell: (row) => row.name },
    { label: t.username, cell: (row) => secret(row.username) },
    { label: t.password, cell: (row) => secret(row.password) },
    { label: t.code, cell: (row) => secret(codes.get(row.username) ?? "") },
  ],
})}</section>`;
}

function resultTag(lang: Lang, result: keyof (typeof messages)["vi"]["results"]): Html {
  const label = messages[lang].results[result];
  return result === "success"
    ? statusTag({ tone: "success", icon: "check", label })
    : statusTag({ tone: "danger", icon: "cross", label });
}

function money({ lang }: StartPageProps): Html {
  const t = messages[lang];
  return html`<section aria-labelledby="cards"><h2 class="govuk-heading-m" id="cards">${t.cards}</h2>
${table({
  caption: t.cards,
  hideCaption: true,
  rows: demoCards,
  columns: [
    { label: t.number, head: true, cell: (row) => secret(row.number) },
    { label: t.bank, cell: (row) => row.bank },
    { label: t.cardName, cell: (row) => secret(row.name) },
    { label: t.issue, cell: (row) => secret(row.issue) },
    { label: t.otp, cell: (row) => secret(row.otp) },
    { label: t.result, cell: (row) => resultTag(lang, row.result) },
  ],
})}
<h2 class="govuk-heading-m">${t.wallets}</h2>
${table({
  caption: t.wallets,
  hideCaption: true,
  rows: demoWallets,
  columns: [
    { label: t.wallet, cell: (row) => WALLET_NAMES[row.provider] },
    { label: t.phoneNumber, head: true, cell: (row) => secret(row.phone) },
    { label: t.password, cell: (row) => secret(row.password) },
    { label: t.otp, cell: (row) => secret(row.otp) },
    { label: t.result, cell: (row) => resultTag(lang, row.result) },
  ],
})}</section>`;
}

const WALLET_NAMES = { momo: "MoMo", zalopay: "ZaloPay", "vnpt-pay": "VNPT Pay" } as const;

function running({ lang, processes }: StartPageProps): Html {
  const t = messages[lang];
  return html`<section aria-labelledby="processes"><h2 class="govuk-heading-m" id="processes">${t.processes}</h2>
${table({
  caption: t.processes,
  hideCaption: true,
  rows: processes,
  columns: [
    { label: t.process, head: true, cell: (row) => row.role },
    { label: t.pid, cell: (row) => row.pid },
  ],
})}
<p class="govuk-body"><strong>${t.captcha}:</strong> ${t.captchaText(demoCaptcha.answer)}</p>
<p class="govuk-body"><a class="govuk-link" href="/.well-known/motcua.json">${t.programs}</a></p></section>`;
}
