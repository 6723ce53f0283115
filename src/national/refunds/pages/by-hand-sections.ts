import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, buttonGroup, statusTag, table } from "#kit/ui/index.ts";
import { operatorPaths } from "#national/operators/index.ts";
import type { RecordedTransfer, TransferToMake } from "../hand-transfer-view.ts";
import { messages } from "../messages.ts";
import type { RefundWish } from "../refund.ts";
import { stepMessages } from "../step-messages.ts";

export interface ByHandProps {
  readonly lang: Lang;
  readonly operatorId: string;
  readonly wishes: readonly RefundWish[];
  readonly toMake: readonly TransferToMake[];
  readonly recorded: readonly RecordedTransfer[];
  readonly merchantName: (code: string) => string;
  readonly providerName: (id: string) => string;
}

/** What agencies ask for; nothing when nobody asks. */
export function wishSection({ lang, wishes, merchantName }: ByHandProps): Html | null {
  if (wishes.length === 0) return null;
  const t = stepMessages[lang];
  const words = messages[lang];
  return section("wishes", t.wishes, t.wishesText, {
    rows: wishes,
    columns: [
      {
        label: words.transaction,
        head: true,
        cell: (wish) => html`${wish.hubTransaction}<br><span class="muted">${wish.information}</span>`,
      },
      { label: t.merchant, cell: (wish) => merchantName(wish.merchant) },
      { label: words.amount, money: true, cell: (wish) => formatDong(wish.amount) },
      { label: words.why, cell: (wish) => wish.reason },
      { label: words.since, cell: (wish) => formatDateTime(wish.receivedAt) },
      {
        label: words.actions,
        cell: (wish) =>
          html`<a class="govuk-link" href="${operatorPaths.refunds}/de-nghi/${wish.id}">${t.open}<span class="govuk-visually-hidden"> ${wish.hubTransaction}</span></a>`,
      },
    ],
  });
}

/** Transfers that people make: to be made, to be confirmed, made. */
export function transferSections(props: ByHandProps): Html {
  const { lang, toMake, recorded } = props;
  const t = stepMessages[lang];
  const words = messages[lang];
  const waiting = recorded.filter((one) => one.state === "recorded");
  const confirmed = recorded.filter((one) => one.state === "confirmed");
  const toBeMade =
    toMake.length === 0
      ? null
      : section("to-make", t.toMake, t.toMakeText, {
          rows: toMake,
          columns: [
            {
              label: t.what,
              head: true,
              cell: (one) => html`${t.whats[one.what]}<br><span class="muted tabular">${one.name}</span>`,
            },
            { label: t.payee, cell: (one) => one.payee },
            { label: words.amount, money: true, cell: (one) => formatDong(one.amount) },
            { label: words.since, cell: (one) => formatDateTime(one.since) },
            {
              label: words.actions,
              cell: (one) =>
                html`<a class="govuk-link" href="${operatorPaths.transfersOut}/${one.what}/${one.id}">${t.record}<span class="govuk-visually-hidden"> ${one.name}</span></a>`,
            },
          ],
        });
  const columns = [
    {
      label: t.reference,
      head: true,
      cell: (one: RecordedTransfer) =>
        html`<span class="tabular">${one.bankReference}</span><br><span class="muted">${formatDate(one.transferredOn)}, ${t.whats[one.what]}</span>`,
    },
    { label: t.payee, cell: (one: RecordedTransfer) => one.payee },
    { label: words.amount, money: true, cell: (one: RecordedTransfer) => formatDong(one.amount) },
    { label: t.by, cell: (one: RecordedTransfer) => one.recordedByName },
  ];
  return html`${toBeMade}${
    waiting.length === 0
      ? null
      : section("recorded", t.recorded, t.recordedText, {
          rows: waiting,
          columns: [...columns, { label: words.actions, cell: (one) => confirmForm(props, one) }],
        })
  }${
    confirmed.length === 0
      ? null
      : section("confirmed", t.confirmed, undefined, {
          rows: confirmed,
          columns: [
            ...columns,
            { label: words.decidedBy, cell: (one) => one.confirmedByName ?? "" },
            {
              label: t.onStatement,
              cell: (one) =>
                one.matched
                  ? statusTag({ tone: "success", icon: "check", label: t.matched })
                  : statusTag({ tone: "info", icon: "clock", label: t.notSeen }),
            },
          ],
        })
  }`;
}

function section<Row>(
  id: string,
  title: string,
  text: string | undefined,
  of: Pick<Parameters<typeof table<Row>>[0], "rows" | "columns">,
): Html {
  return html`<section aria-labelledby="${id}"><h2 class="govuk-heading-m" id="${id}">${title}</h2>${text ? html`<p class="govuk-body">${text}</p>` : null}${table({ caption: title, hideCaption: true, ...of })}</section>`;
}

function confirmForm({ lang, operatorId }: ByHandProps, one: RecordedTransfer): Html {
  const t = stepMessages[lang];
  if (one.recordedBy === operatorId) return html`<span class="muted">${t.yours}</span>`;
  const decide = (value: "co" | "khong", label: string, kind: "main" | "secondary") =>
    button({
      label,
      small: true,
      kind,
      name: "xac-nhan",
      value,
      once: true,
      ariaLabel: `${label} ${one.bankReference}`,
    });
  return html`<form method="post" action="${operatorPaths.transfersOut}/${one.id}">${buttonGroup(decide("co", t.confirm, "main"), decide("khong", t.reject, "secondary"))}</form>`;
}
