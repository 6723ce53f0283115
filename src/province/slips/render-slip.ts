import { dateInWords, formatDate, formatTime, plainDateOf } from "#kit/calendar.ts";
import { assertNever } from "#kit/errors.ts";
import { formatDong } from "#kit/money.ts";
import { qrSvg, renderPdf } from "#kit/pdf/index.ts";
import { groupCode, verificationPath, verificationPaths } from "#province/verification/index.ts";
import { SLIP_RULE_SETS, slipRuleSet, type SlipForm } from "./rule-sets.ts";
import { storedSectorForm } from "./sector-forms.ts";
import type {
  ApologySlipContent,
  ControlSlipContent,
  ReceiptSlipContent,
  RefusalSlipContent,
  SlipComponent,
  SlipContents,
  SlipDossier,
  SlipIdentity,
  SlipKind,
  StopSlipContent,
  SupplementSlipContent,
} from "./slip.ts";

const TEMPLATES: Readonly<Record<SlipKind, URL>> = {
  receipt: new URL("./templates/receipt.typ", import.meta.url),
  supplement: new URL("./templates/supplement.typ", import.meta.url),
  refusal: new URL("./templates/refusal.typ", import.meta.url),
  apology: new URL("./templates/apology.typ", import.meta.url),
  stop: new URL("./templates/stop.typ", import.meta.url),
  control: new URL("./templates/control.typ", import.meta.url),
};

const CHANNEL: Readonly<Record<SlipDossier["channel"], string>> = {
  "national-portal": "Cổng Dịch vụ công Quốc gia",
  "provincial-portal": "Cổng Dịch vụ công của tỉnh",
  app: "Ứng dụng di động",
  counter: "Trực tiếp tại Bộ phận Một cửa",
  post: "Dịch vụ bưu chính công ích",
};

/** What every slip's page needs besides its content. */
export interface SlipPrint extends SlipIdentity {
  /** Origin of the portal that verifies: "https://dichvucong.tayninh.gov.vn" */
  readonly portalOrigin: string;
}

/**
 * The slip as PDF/A-2b, not yet signed. Pure but for the compiler: the same content and identity give the same bytes.
 */
export async function renderSlip<Kind extends SlipKind>(
  kind: Kind,
  content: SlipContents[Kind],
  print: SlipPrint,
): Promise<Uint8Array> {
  const form = slipForm(kind, print.ruleSet, print.form);
  const address = print.portalOrigin + pathOf(kind, content, print);
  return renderPdf({
    template: print.form ? storedSectorForm(print.form, kind).template : TEMPLATES[kind],
    data: { ...pageData(content, form, print), ...bodyData({ kind, content } as KindAndContent) },
    title: `${form.title} ${content.dossier.code ?? content.dossier.number ?? ""}`.trim(),
    author: content.agency.name,
    date: print.createdAt,
    images: { "/qr.svg": await qrSvg(address), ...(await paymentImage({ kind, content } as KindAndContent)) },
  });
}

/** People come back to a receipt slip to see where their dossier is; every other slip leads to its verification. */
function pathOf(kind: SlipKind, content: SlipContents[SlipKind], print: SlipPrint): string {
  const { code } = content.dossier;
  return kind === "receipt" && code ? `/tra-cuu?ma=${encodeURIComponent(code)}` : verificationPath(print.code);
}

/** QR code of the address at which the fee may be paid, when something is due. */
async function paymentImage(slip: KindAndContent): Promise<Record<string, Uint8Array>> {
  const payment = slip.kind === "receipt" ? slip.content.payment : undefined;
  return payment ? { "/pay.svg": await qrSvg(payment.address) } : {};
}

/** The form of a kind under a rule set, or the sector's own that a slip was issued on. */
export function slipForm(kind: SlipKind, ruleSet: string, sector?: string): SlipForm {
  if (sector !== undefined) return storedSectorForm(sector, kind);
  return slipRuleSet(SLIP_RULE_SETS[0]?.from ?? "2025-09-15", ruleSet).forms[kind];
}

/** The line on the last page below which the officer's signature stands. */
export const SIGNATURE_LINE = "(Ký số)";

function pageData(content: SlipContents[SlipKind], form: SlipForm, print: SlipPrint): object {
  const { agency, dossier } = content;
  const basis = print.form
    ? storedSectorForm(print.form, print.kind).basis
    : slipRuleSet("2025-09-15", print.ruleSet).basis;
  return {
    head: {
      superior: agency.superior?.toUpperCase() ?? null,
      agency: agency.name.toUpperCase(),
      number: `Số: ${String(print.number).padStart(2, "0")}/${form.symbol}`,
      placeAndDate: `${agency.place}, ${dateInWords(plainDateOf(print.createdAt))}`,
    },
    title: form.title,
    foot: [form.formNumber === "" ? "" : `${form.formNumber}, ban hành kèm theo ${basis}`, agency.contact ?? ""]
      .filter(Boolean)
      .join(" · "),
    oneStopUnit: agency.oneStopUnit,
    dossierLabel: dossier.code ? "Mã hồ sơ" : "Số hồ sơ",
    dossierCode: dossier.code ?? String(dossier.number ?? ""),
    applicant: dossier.applicantName,
    holder: dossier.holderName && dossier.holderName !== dossier.applicantName ? dossier.holderName : null,
    address: dossier.address ?? "",
    identity: dossier.identityNumber ?? "",
    phone: dossier.phone ?? "",
    email: dossier.email ?? "",
    procedure: dossier.procedureName,
    channel: CHANNEL[dossier.channel],
    officer: content.officerName,
    codeGroups: groupCode(print.code),
    verifyAddress: print.portalOrigin + verificationPaths.start,
  };
}

type KindAndContent =
  | { readonly kind: "receipt"; readonly content: ReceiptSlipContent }
  | { readonly kind: "supplement"; readonly content: SupplementSlipContent }
  | { readonly kind: "refusal"; readonly content: RefusalSlipContent }
  | { readonly kind: "apology"; readonly content: ApologySlipContent }
  | { readonly kind: "stop"; readonly content: StopSlipContent }
  | { readonly kind: "control"; readonly content: ControlSlipContent };

function bodyData(slip: KindAndContent): object {
  switch (slip.kind) {
    case "receipt":
      return {
        components: slip.content.components.map(componentRow),
        sets: `${String(slip.content.sets).padStart(2, "0")} bộ`,
        timeLimit: slip.content.timeLimit,
        receivedAt: timeInWords(slip.content.receivedAt),
        dueAt: slip.content.dueAt ? timeInWords(slip.content.dueAt) : "",
        receiveResultAt: slip.content.receiveResultAt,
        payment: slip.content.payment
          ? { amount: formatDong(slip.content.payment.amount), address: slip.content.payment.address }
          : null,
      };
    case "supplement":
      return {
        items: slip.content.items.map((item) => ({ ...item, example: item.example ?? "" })),
        reason: slip.content.reason,
        answerBy: slip.content.answerBy ? timeInWords(slip.content.answerBy) : "",
        guideName: slip.content.guide.name,
        guidePhone: slip.content.guide.phone ?? null,
      };
    case "refusal":
    case "stop":
      return { reason: slip.content.reason };
    case "apology":
      return {
        reason: slip.content.reason,
        receivedAt: timeInWords(slip.content.receivedAt),
        dueAt: timeInWords(slip.content.dueAt),
        newDueAt: timeInWords(slip.content.newDueAt),
      };
    case "control":
      return {
        dueAt: slip.content.dueAt ? timeInWords(slip.content.dueAt) : "",
        steps: slip.content.steps.map((step) => ({
          ...step,
          at: `${formatTime(new Date(step.at))} ${formatDate(new Date(step.at))}`,
          result: step.result ? IN_TIME[step.result] : "",
        })),
      };
    default:
      return assertNever(slip);
  }
}

const IN_TIME = { early: "Trước hạn", "on-time": "Đúng hạn", late: "Quá hạn" } as const;

function componentRow(row: SlipComponent): object {
  const count = (value: number | undefined): string => (value ? String(value) : "");
  return {
    name: row.name,
    originals: count(row.originals),
    certified: count(row.certified),
    photocopies: count(row.photocopies),
    electronic: count(row.electronic),
  };
}

/** "08 giờ 19 phút, ngày 22/07/2020" */
function timeInWords(iso: string): string {
  const at = new Date(iso);
  const [hour = "", minute = ""] = formatTime(at).split(":");
  return `${hour} giờ ${minute} phút, ngày ${formatDate(at)}`;
}
