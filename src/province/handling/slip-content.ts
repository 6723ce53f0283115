/** What is printed on the statutory slips of a dossier, gathered from its data. Pure. */
import { describeTimeRule } from "#province/deadlines/index.ts";
import type { Dossier, DossierFile, SupplementRound } from "#province/dossiers/index.ts";
import { type ProcedureDefinition, timeLimitFor, wayOf } from "#province/procedure/index.ts";
import type {
  ApologySlipContent,
  ReceiptSlipContent,
  RefusalSlipContent,
  SlipAgency,
  SlipComponent,
  SlipDossier,
  StopSlipContent,
  SupplementSlipContent,
} from "#province/slips/index.ts";
import type { Agency, Tenant } from "#province/tenants/index.ts";

export interface SlipFacts {
  readonly tenant: Tenant;
  readonly agency: Agency;
  readonly dossier: Dossier;
  readonly officerName: string;
  /** A sector's form is issued by the committee's police, and asks for the number of the identity paper. */
  readonly authority?: "police";
}

const ONE_STOP_UNIT = "Bộ phận Tiếp nhận và Trả kết quả";

export function receiptContent(
  facts: SlipFacts & {
    readonly procedure: ProcedureDefinition | undefined;
    readonly files: readonly DossierFile[];
    readonly receivedAt: Date;
    readonly dueAt: Date;
    readonly payment?: ReceiptSlipContent["payment"];
  },
): ReceiptSlipContent {
  const rule = facts.procedure ? timeLimitFor(facts.procedure, wayOf(facts.dossier.channel)) : null;
  return {
    ...slipHead(facts),
    components: componentsOf(facts),
    sets: 1,
    timeLimit: rule ? describeTimeRule(rule).vi : "",
    receivedAt: facts.receivedAt.toISOString(),
    dueAt: facts.dueAt.toISOString(),
    receiveResultAt: whereReceived(facts),
    ...(facts.payment ? { payment: facts.payment } : {}),
  };
}

export function supplementContent(
  facts: SlipFacts,
  round: Pick<SupplementRound, "text" | "items" | "answerBy">,
): SupplementSlipContent {
  const phone = facts.agency.phone ?? facts.tenant.contacts[0]?.phone;
  return {
    ...slipHead(facts),
    items: round.items.map(({ label, reason, example }) => ({
      label,
      reason,
      ...(example?.text ? { example: example.text } : {}),
    })),
    reason: round.text,
    ...(round.answerBy ? { answerBy: round.answerBy.toISOString() } : {}),
    guide: { name: facts.officerName, ...(phone ? { phone } : {}) },
  };
}

export function refusalContent(facts: SlipFacts, reason: string): RefusalSlipContent {
  return { ...slipHead(facts), reason };
}

export function apologyContent(
  facts: SlipFacts,
  putOff: { readonly reason: string; readonly from: Date; readonly to: Date },
): ApologySlipContent {
  return {
    ...slipHead(facts),
    reason: putOff.reason,
    receivedAt: (facts.dossier.receivedAt ?? putOff.from).toISOString(),
    dueAt: putOff.from.toISOString(),
    newDueAt: putOff.to.toISOString(),
  };
}

export function stopContent(facts: SlipFacts, reason: string): StopSlipContent {
  return { ...slipHead(facts), reason };
}

/** Rule set of the slips of a tenant that lives in an earlier era. */
export function slipRuleSetOf(tenant: Tenant): string {
  return tenant.era.slips;
}

/** What every slip has. */
export function slipHead(facts: SlipFacts) {
  return { agency: slipAgency(facts), dossier: slipDossier(facts), officerName: facts.officerName };
}

function slipAgency(facts: SlipFacts): SlipAgency {
  const { tenant, agency } = facts;
  const { letterhead } = tenant;
  const phone = agency.phone ?? tenant.contacts[0]?.phone;
  const about = facts.authority === "police" ? policeOf(facts) : committeeOf(facts);
  return {
    ...about,
    // "Thị trấn Bến Cầu" → "Bến Cầu"; departments write the province's name.
    place: agency.gso
      ? agency.shortName.vi.replace(/^(Thị trấn|Thành phố|Thị xã|Phường|Huyện|Xã) (?=\D)/, "")
      : tenant.name.vi,
    ...(phone ? { phone } : {}),
    ...(letterhead.contact ? { contact: letterhead.contact } : {}),
  };
}

function committeeOf({ tenant, agency }: SlipFacts): Pick<SlipAgency, "superior" | "name" | "oneStopUnit"> {
  const { letterhead } = tenant;
  const parent = tenant.agencies.find((one) => one.id === agency.parentId);
  const superior = parent && (agency.gso ? parent.name.vi : (letterhead.superior ?? parent.name.vi));
  // The form's own words before it say "Bộ phận tiếp nhận và trả kết quả …:".
  const oneStopUnit = letterhead.oneStopUnit ? `${letterhead.oneStopUnit}, ${agency.name.vi}` : agency.name.vi;
  return { ...(superior ? { superior } : {}), name: agency.name.vi, oneStopUnit };
}

/** "Công an thị trấn Bến Cầu" below "Công an huyện Bến Cầu"; where there is no district, below the province's. */
function policeOf({ tenant, agency }: SlipFacts): Pick<SlipAgency, "superior" | "name" | "oneStopUnit"> {
  const police = (place: string) => `Công an ${place.charAt(0).toLowerCase()}${place.slice(1)}`;
  const parent = tenant.agencies.find((one) => one.id === agency.parentId);
  const name = police(agency.gso ? agency.shortName.vi : tenant.provinceName.vi);
  const superior = agency.gso ? police(parent?.gso ? parent.shortName.vi : tenant.provinceName.vi) : "Bộ Công an";
  return { superior, name, oneStopUnit: name };
}

function slipDossier({ dossier, authority }: SlipFacts): SlipDossier {
  const { applicant } = dossier;
  return {
    id: dossier.id,
    ...(dossier.code ? { code: dossier.code } : {}),
    ...(dossier.number === null ? {} : { number: dossier.number }),
    procedureName: dossier.procedure.name.vi,
    applicantName: applicant.name,
    ...(authority ? { identityNumber: applicant.identityNumber } : {}),
    ...(dossier.holderName ? { holderName: dossier.holderName } : {}),
    ...(applicant.address ? { address: applicant.address } : {}),
    ...(applicant.phone ? { phone: applicant.phone } : {}),
    ...(applicant.email ? { email: applicant.email } : {}),
    channel: dossier.channel,
  };
}

/**
 * Online the e-form counts as one electronic copy, and papers by their files. Over the counter and by post the papers
 * themselves were handed in: as many as the procedure asks for, and their scans are the office's.
 */
function componentsOf({
  procedure,
  files,
  dossier,
}: {
  readonly procedure: ProcedureDefinition | undefined;
  readonly files: readonly DossierFile[];
  readonly dossier: Dossier;
}): SlipComponent[] {
  const active = files.filter((file) => file.status === "active");
  if (wayOf(dossier.channel) !== "online") {
    return [...new Set(active.map((file) => file.component))].map((code) => {
      const known = procedure?.components.find((one) => one.code === code);
      return { name: known?.name.vi ?? code, originals: known?.originals || 1, photocopies: known?.copies ?? 0 };
    });
  }
  const forms = (procedure?.components ?? []).filter((component) => component.kind === "e-form");
  const codes = [...new Set(active.map((file) => file.component))];
  return [
    ...forms.map((component) => ({ name: component.name.vi, electronic: 1 })),
    ...codes.map((code) => ({
      name: procedure?.components.find((component) => component.code === code)?.name.vi ?? code,
      electronic: active.filter((file) => file.component === code).length,
    })),
  ];
}

function whereReceived({ dossier, agency }: SlipFacts): string {
  switch (dossier.delivery?.receive) {
    case "home":
    case "post":
      return `Qua dịch vụ bưu chính công ích${dossier.delivery.receiveAddress ? `, đến ${dossier.delivery.receiveAddress}` : ""}`;
    case "desk":
      return `${ONE_STOP_UNIT}, ${agency.name.vi}`;
    default:
      return "Trực tuyến, tại tài khoản của người nộp trên cổng dịch vụ công";
  }
}
