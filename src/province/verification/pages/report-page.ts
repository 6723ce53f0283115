import { formatDate, formatDateTimeSeconds, type PlainDate } from "#kit/calendar.ts";
import { type Html, html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { details, notice, statusTag, summaryList, type SummaryRow } from "#kit/ui/index.ts";
import type { IssuedDocument, IssuedReceipt } from "../issued-document.ts";
import { messages } from "../messages.ts";
import { groupCode, verificationPaths } from "../paths.ts";
import type { DocumentSignature, Verdict, VerificationReport } from "../verify-document.ts";

export interface ReportPageProps {
  readonly lang: Lang;
  readonly report: VerificationReport;
  /** By a code typed from paper, or by a file that was brought */
  readonly by: "code" | "file";
  readonly today: PlainDate;
  /** Demo certificates have no legal force, and the page says so */
  readonly demo: boolean;
}

const TONE = {
  good: "success",
  changed: "danger",
  untrusted: "warning",
  unsigned: "warning",
  pending: "info",
  unreadable: "warning",
  missing: "danger",
} as const satisfies Record<Verdict, string>;

/** Body of the page that answers who signed, when, and whether it is unaltered. */
export function reportPage(props: ReportPageProps): Html {
  const { lang, report, by } = props;
  const t = messages[lang];
  const [title = "", text = ""] = t.verdicts[report.verdict];
  const { document } = report;
  const origin = by === "code" ? t.compare : document ? t.issuedHere : t.notIssuedHere;
  return html`<h1 class="govuk-heading-l">${t.title}</h1>
${notice({ tone: TONE[report.verdict], title, body: html`<p>${text}</p><p>${origin}</p>` })}
${props.demo && report.signatures.length > 0 ? html`<p class="muted">${t.demo}</p>` : null}
${document ? html`<h2 class="govuk-heading-m">${t.record}</h2>${summaryList(documentRows(document, props))}${document.kind === "slip" && document.dossier !== "" ? html`<p><a class="govuk-link" href="/tra-cuu?ma=${encodeURIComponent(document.dossier)}">${t.lookup}</a></p>` : null}` : null}
${report.signatures.length > 0 ? html`<h2 class="govuk-heading-m">${t.signatures}</h2>` : null}
${report.signatures.map((item, index) => signatureBlock(item, index, report.signatures.length, lang))}
${details(t.how, html`<p>${t.howText}</p>${report.fileSha256 ? html`<p>${t.fingerprint}: <code class="verify__hash">${report.fileSha256}</code></p>` : null}`)}
<p><a class="govuk-link" href="${verificationPaths.start}">${t.again}</a></p>`;
}

/** Body of the page for a code that no document carries. */
export function unknownCodePage(lang: Lang, code: string): Html {
  const t = messages[lang];
  return html`<h1 class="govuk-heading-l">${t.title}</h1>
${notice({ tone: "danger", title: t.codeUnknown, body: html`<p>${t.codeUnknownText.replace("{code}", groupCode(code))}</p>` })}
<p><a class="govuk-link" href="${verificationPaths.start}">${t.again}</a></p>`;
}

function documentRows(document: IssuedDocument, props: ReportPageProps): SummaryRow[] {
  const t = messages[props.lang];
  const row = (key: string, value: string | Html): SummaryRow[] => (value === "" ? [] : [{ key, value }]);
  const code = row(t.codeLabel, groupCode(document.code));
  const common = [...row(t.agency, document.agency), ...row(t.dossier, document.dossier)];
  switch (document.kind) {
    case "slip": {
      const kind = t.kinds[`${document.slip}Slip`];
      return [
        ...row(t.kind, kind),
        ...row(t.number, `${document.number}/${document.year}`),
        ...common,
        ...row(t.procedure, document.procedure),
        ...row(t.applicant, document.applicant),
        ...row(t.officer, document.officer),
        ...row(t.issuedAt, formatDate(document.issuedAt)),
        ...code,
      ];
    }
    case "receipt":
      return [
        ...row(t.kind, document.revenue === "fee" ? t.kinds.feeReceipt : t.kinds.chargeReceipt),
        ...row(t.series, `${document.form}, ${document.series}`),
        ...row(t.number, String(document.number).padStart(8, "0")),
        ...row(t.amount, formatDong(document.amount)),
        ...row(t.paidAt, formatDate(document.paidAt)),
        ...common,
        ...row(t.procedure, document.procedure),
        ...row(t.payer, document.payer),
        ...standingOf(document, props.lang).map((text) => ({
          key: t.standing,
          value: html`${statusTag({ tone: "warning", icon: "warning", label: text })}`,
        })),
        ...code,
      ];
    case "result":
      return [
        ...row(t.kind, t.kinds.result),
        ...row(t.number, document.number),
        ...row(t.summary, document.summary),
        ...common,
        ...row(t.effectiveOn, formatDate(document.effectiveOn)),
        ...row(t.expiresOn, expiry(document.expiresOn, props)),
        ...code,
      ];
  }
}

/** What has become of a receipt since it was issued; nothing while it stands. */
function standingOf({ replacedBy, goneBack }: IssuedReceipt, lang: Lang): string[] {
  const t = messages[lang];
  return [
    ...(replacedBy ? [t.replacedBy.replace("{number}", replacedBy)] : []),
    ...(goneBack ? [t.goneBack[goneBack]] : []),
  ];
}

function expiry(expiresOn: PlainDate | undefined, props: ReportPageProps): string | Html {
  const t = messages[props.lang];
  if (!expiresOn) return t.noExpiry;
  if (expiresOn >= props.today) return formatDate(expiresOn);
  return html`${formatDate(expiresOn)} ${statusTag({ tone: "warning", icon: "warning", label: t.expired })}`;
}

function signatureBlock(item: DocumentSignature, index: number, count: number, lang: Lang): Html {
  const t = messages[lang];
  const yesNo = (good: boolean, yes: string, no: string): Html =>
    statusTag(good ? { tone: "success", icon: "check", label: yes } : { tone: "danger", icon: "cross", label: no });
  const trust = item.intact ? yesNo(item.trusted, t.trustYes, t.trustNo) : t.trustUnknown;
  const rows: SummaryRow[] = [
    { key: t.intact, value: yesNo(item.intact, t.intactYes, t.intactNo) },
    ...(item.signer ? [{ key: t.signer, value: item.signer }] : []),
    ...(item.organisation && item.organisation !== item.signer
      ? [{ key: t.organisation, value: item.organisation }]
      : []),
    ...(item.signingTime ? [{ key: t.signedAt, value: formatDateTimeSeconds(item.signingTime) }] : []),
    { key: t.trust, value: trust },
    ...(item.issuer ? [{ key: t.issuer, value: item.issuer }] : []),
    ...(item.intact ? [{ key: t.signedPart, value: item.coversWholeFile ? t.signedWhole : t.signedRevision }] : []),
  ];
  const heading =
    count > 1 ? html`<h3 class="govuk-heading-s">${t.signature.replace("{n}", String(index + 1))}</h3>` : null;
  return html`${heading}${summaryList(rows)}`;
}
