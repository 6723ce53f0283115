import { formatDate } from "#kit/calendar.ts";
import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { maskPhone } from "#kit/mask.ts";
import {
  backLink,
  button,
  checkboxesField,
  errorSummary,
  notice,
  type Option,
  type PageError,
  radiosField,
} from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import { CHANNELS, type NoticeChannel, type NoticeChoice, type PushDevice } from "../notice.ts";
import { noticePaths } from "../paths.ts";
import { hourFace, type QuietHours } from "../quiet-hours.ts";

export interface SettingsPageProps {
  readonly lang: Lang;
  readonly choice: NoticeChoice;
  readonly quiet: QuietHours;
  readonly devices: readonly PushDevice[];
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly zalo: boolean;
  /** The house's public key for browsers that enrol. */
  readonly publicKey: string;
  readonly standIn: boolean;
  readonly said: string | undefined;
  readonly errors: readonly PageError[];
}

/** "Cách nhận thông báo": channels, language, devices. */
export function settingsPage(props: SettingsPageProps): Html {
  const { lang, choice } = props;
  const t = messages[lang];
  return html`${backLink(lang, noticePaths.all(), t.title)}${errorSummary(lang, props.errors)}${props.said ? notice({ tone: "success", title: props.said, live: true }) : null}<h1 class="govuk-heading-xl">${t.settingsTitle}</h1><p class="govuk-body">${t.settingsLead(hourFace(props.quiet.from), hourFace(props.quiet.to))}</p><form method="post" action="${noticePaths.settings()}">${checkboxesField(
    {
      id: "channels",
      lang,
      label: t.channels,
      required: true,
      options: CHANNELS.filter((channel) => channel !== "zalo" || props.zalo).map((channel) => option(channel, props)),
      values: [...choice.channels],
    },
  )}${radiosField({
    id: "language",
    lang,
    label: t.language,
    required: true,
    inline: true,
    options: [
      { value: "vi", label: "Tiếng Việt" },
      { value: "en", label: "English" },
    ],
    value: choice.lang,
  })}${button({ label: t.save })}</form>${devicesOf(props)}`;
}

function option(channel: NoticeChannel, { lang, phone, email }: SettingsPageProps): Option {
  const t = messages[lang];
  const hints: Record<NoticeChannel, string> = {
    sms: phone ? `${t.to(maskPhone(phone))}. ${t.smsHint}` : t.noPhone,
    mail: email ? `${t.to(email)}.` : t.noMail,
    push: t.onDevices,
    zalo: t.zaloHint,
  };
  return { value: channel, label: t.channelNames[channel], hint: hints[channel] };
}

function devicesOf({ lang, devices, publicKey, standIn }: SettingsPageProps): Html {
  const t = messages[lang];
  const words = {
    "data-key": publicKey,
    "data-worker": noticePaths.worker(),
    "data-to": noticePaths.devices(),
    "data-label": t.enrol,
    "data-denied": t.enrolDenied,
    "data-failed": t.enrolFailed,
  };
  return html`<section class="notices__devices" aria-labelledby="devices"><h2 class="govuk-heading-m" id="devices" tabindex="-1">${t.devices}</h2>${
    devices.length === 0
      ? html`<p class="muted">${t.noDevices}</p>`
      : html`<ul class="notices__list">${devices.map(
          (device) =>
            html`<li><span><strong>${device.name}</strong><br><span class="muted small">${t.addedAt} ${formatDate(device.addedAt)}</span></span><form method="post" action="${noticePaths.removeDevice(device.id)}">${button({ label: t.remove, kind: "secondary", small: true, ariaLabel: `${t.remove}: ${device.name}` })}</form></li>`,
        )}</ul>`
  }<push-enrol${attributes(words)}><p class="muted">${t.enrolScript}</p></push-enrol>${
    standIn
      ? html`<form method="post" action="${noticePaths.devices()}"><input type="hidden" name="thu" value="1">${button({ label: t.enrolStandIn, kind: "secondary" })}</form>`
      : null
  }</section>`;
}
