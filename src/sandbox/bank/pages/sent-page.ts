import { formatDateTimeSeconds } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, notice, summaryList } from "#kit/ui/index.ts";
import type { SandboxShell } from "../../shell/index.ts";
import { messages } from "../../words/index.ts";
import type { Booking } from "../bank-book.ts";

/** What the bank has booked; without a booking the bank holds the transfer back for a while. */
export function sentPage(props: {
  readonly shell: SandboxShell;
  readonly lang: Lang;
  readonly amount: number;
  readonly booking?: Booking;
}): Html {
  const { lang, booking } = props;
  const t = messages[lang];
  const title = t.bankSent(formatDong(props.amount));
  return props.shell({
    lang,
    title,
    of: t.navBank,
    width: "narrow",
    body: html`<h1 class="govuk-heading-l">${title}</h1>
${
  booking
    ? html`<p class="govuk-body">${t.bankSentText}</p>${summaryList([
        { key: t.bankReference, value: html`<span class="tabular">${booking.id}</span>` },
        { key: t.bankTime, value: formatDateTimeSeconds(new Date(booking.bookedAt)) },
        { key: t.bankAccount, value: html`<span class="tabular">${booking.account}</span>` },
        { key: t.bankContent, value: booking.content },
      ])}`
    : notice({ tone: "warning", body: html`<p>${t.bankHeld}</p>` })
}
${button({ label: t.bankAgain, href: "/bank/chuyen-khoan", kind: "secondary" })}`,
  });
}
