import { formatDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  button,
  emptyState,
  hiddenField,
  type IconName,
  inVietnamese,
  notice,
  pagination,
  statusTag,
  summaryList,
  textField,
  type Tone,
} from "#kit/ui/index.ts";
import type { DossierListing } from "#national/dossier-index/index.ts";
import { messages } from "../messages.ts";
import type { FoundFee } from "../pay-unpaid-fee.ts";

export interface MyServicesProps {
  readonly lang: Lang;
  readonly text: string;
  readonly dossiers: readonly ListedDossier[];
  readonly provinceName: (code: string) => string;
  readonly next: string | undefined;
  /** Of the dossier whose exact code was searched for, whoever it belongs to. */
  readonly fee: FoundFee | undefined;
  /** What the last press told, once. */
  readonly news: "nothing" | "silent" | undefined;
  /** A new one for each form, so that pressing twice is one order. */
  readonly newRequestId: () => string;
}

type ListedDossier = Omit<DossierListing, "parts"> & { readonly parts?: DossierListing["parts"] };

const LOOKS: Readonly<Record<number, readonly [Tone, IconName]>> = {
  1: ["info", "send"],
  2: ["info", "inbox"],
  3: ["danger", "cross"],
  4: ["info", "clock"],
  5: ["warning", "pen"],
  6: ["warning", "money"],
  7: ["quiet", "stop"],
  8: ["quiet", "stop"],
  9: ["success", "stamp"],
  10: ["success", "check"],
};

export function myServicesPage(props: MyServicesProps): Html {
  const t = messages[props.lang];
  return html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="lead">${t.lead}</p>
<form class="my-services__search" method="get" action="/dich-vu-cong-cua-toi" role="search">
${textField({ id: "q", lang: props.lang, label: t.searchLabel, hint: t.searchHint, type: "search", value: props.text, maxLength: 200 })}
${button({ label: t.search, kind: "secondary" })}
</form>
${newsOf(props)}${feeOf(props)}
${props.dossiers.length > 0 ? list(props) : props.fee ? null : nothing(props)}`;
}

function newsOf({ lang, news, fee }: MyServicesProps): Html | null {
  const t = messages[lang];
  // The search itself says the same again.
  if (news === "nothing" && fee?.kind !== "nothing")
    return notice({ tone: "info", live: true, body: html`<p>${t.feeNothing}</p>` });
  if (news === "silent") return notice({ tone: "warning", live: true, body: html`<p>${t.provinceSilent}</p>` });
  return null;
}

function feeOf({ lang, fee, news, newRequestId }: MyServicesProps): Html | null {
  const t = messages[lang];
  if (!fee) return null;
  if (fee.kind !== "bill") {
    if (fee.kind === "nothing") return notice({ tone: "info", live: true, body: html`<p>${t.feeNothing}</p>` });
    // The press before has said the same.
    if (news === "silent") return null;
    return notice({ tone: "warning", live: true, body: html`<p>${t.feeSilent(fee.province.name)}</p>` });
  }
  const { bill, province } = fee;
  return html`<section class="my-services__fee" aria-labelledby="fee"><h2 class="govuk-heading-m" id="fee">${t.feeTitle}</h2><p class="govuk-body">${t.feeLead}</p>
${summaryList([
  { key: t.code, value: html`<span class="tabular">${bill.MaHoSo}</span>` },
  {
    key: t.agency,
    value: html`${inVietnamese(bill.TenTTHC, lang)}<br><span class="muted">${inVietnamese(bill.TenDonVi, lang)}, ${province.name}</span>`,
  },
  { key: t.feeApplicant, value: bill.HoTenNguoiNop },
  { key: t.feePayee, value: bill.TenTKThuHuong },
  ...bill.PhiLePhi.map((due) => ({ key: due.TenPhiLePhi, value: formatDong(Number(due.SoTien)) })),
  ...(bill.PhiLePhi.length > 1
    ? [{ key: t.feeTotal, value: html`<strong>${formatDong(Number(bill.SoTien))}</strong>` }]
    : []),
])}
${payForm({ lang, province: province.code, dossier: bill.MaHoSo, label: `${t.pay} (${formatDong(Number(bill.SoTien))})`, requestId: newRequestId() })}</section>`;
}

function payForm(props: {
  readonly lang: Lang;
  readonly province: string;
  readonly dossier: string;
  readonly label: string;
  readonly requestId: string;
}): Html {
  return html`<form class="my-services__pay" method="post" action="/dich-vu-cong-cua-toi/thanh-toan">${hiddenField("tinh", props.province)}${hiddenField("ho-so", props.dossier)}${hiddenField("yeu-cau", props.requestId)}${button({ label: props.label, small: true, once: true })}</form>`;
}

function nothing(props: MyServicesProps): Html {
  const t = messages[props.lang];
  return props.text
    ? emptyState({
        title: t.noMatch,
        text: t.noMatchText,
        action: html`<p>${t.noMatchOther}</p><p><a class="govuk-link" href="/dich-vu-cong-cua-toi">${t.clear}</a></p>`,
      })
    : emptyState({ title: t.none, text: t.noneText });
}

function list(props: MyServicesProps): Html {
  const t = messages[props.lang];
  return html`<h2 class="govuk-heading-m">${t.found}</h2>
<ul class="my-services">${props.dossiers.map((dossier) => card(dossier, props))}</ul>
${props.text ? html`<p><a class="govuk-link" href="/dich-vu-cong-cua-toi">${t.clear}</a></p>` : null}
${pagination(props.lang, { next: props.next })}`;
}

function card(dossier: ListedDossier, props: MyServicesProps): Html {
  const { lang, newRequestId } = props;
  const t = messages[lang];
  const { parts = [] } = dossier;
  const [tone, icon] = LOOKS[dossier.status] ?? (["quiet", "file"] as const);
  const facts: [string, string][] = [
    [t.code, dossier.code || (parts.length > 0 ? t.codesOfParts : t.codeLater)],
    [t.number, dossier.number],
    [t.filedAt, formatDate(dossier.filedAt)],
  ];
  if (dossier.returnedAt) facts.push([t.returnedAt, formatDate(dossier.returnedAt)]);
  else if (dossier.dueAt) facts.push([t.dueAt, formatDate(dossier.dueAt)]);
  return html`<li class="my-services__item">
<div class="my-services__head"><h3 class="my-services__name"><a class="govuk-link" href="${dossier.link}">${inVietnamese(dossier.procedureName, lang)}</a></h3>${statusTag({ tone, icon, label: t.statuses[dossier.status] ?? "" })}</div>
<p class="my-services__where">${inVietnamese(dossier.agencyName, lang)}, ${props.provinceName(dossier.province)}</p>
<dl class="my-services__facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${dossier.remark ? html`<p class="my-services__remark"><strong>${t.remark}:</strong> ${dossier.remark}</p>` : null}
<div class="my-services__actions">${dossier.owed > 0 ? payForm({ lang, province: dossier.province, dossier: dossier.code || dossier.number, label: `${t.pay} (${formatDong(dossier.owed)})`, requestId: newRequestId() }) : null}<a class="govuk-link" href="${dossier.link}">${t.open}<span class="govuk-visually-hidden">: ${inVietnamese(dossier.procedureName, lang)}, ${t.number} ${dossier.number}</span></a></div>
${parts.length > 0 ? html`<p class="my-services__parts-lead">${t.parts(parts.length)}</p><ul class="my-services my-services--parts">${parts.map((part) => card(part, props))}</ul>` : null}</li>`;
}
