/** Slips of a dossier: each follows from an entry of its history, issued with the officer's signature or the agency's seal. */
import type { FastifyRequest } from "fastify";
import type { Signer } from "#kit/signing/index.ts";
import { getProcedureVersion } from "#province/catalogue/index.ts";
import { type Dossier, type HistoryEntry, listFiles, listHistory, listSupplements } from "#province/dossiers/index.ts";
import { feePaths, findObligation } from "#province/fees/index.ts";
import type { Officer } from "#province/officers/index.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import {
  issueSlip,
  sectorForm,
  type Slip,
  SLIP_NAMES,
  type SlipContents,
  type SlipDependencies,
  type SlipKind,
} from "#province/slips/index.ts";
import { controlContent } from "./control-slip.ts";
import { agencyOfDossier, clockOf, type HandlingDeps } from "./handling.ts";
import { messages } from "./messages.ts";
import { missingSlips, owedBy } from "./owed-slips.ts";
import type { Said } from "./show-dossier.ts";
import {
  apologyContent,
  receiptContent,
  refusalContent,
  type SlipFacts,
  slipRuleSetOf,
  stopContent,
  supplementContent,
} from "./slip-content.ts";

/** What issuing needs of the desk; the worker has it too. */
export type Issuing = Pick<
  HandlingDeps,
  "tenant" | "database" | "files" | "signers" | "portalOrigin" | "clock" | "renderSlip"
>;

export async function slipDeps(
  deps: Issuing,
  officer: Officer | undefined,
  dossier: Dossier,
): Promise<SlipDependencies> {
  const agency = agencyOfDossier(deps, dossier);
  const signer: Signer = officer ? await deps.signers.officer(officer, agency) : await deps.signers.seal(agency);
  const render = deps.renderSlip ? { render: deps.renderSlip } : {};
  return { files: deps.files, portalOrigin: deps.portalOrigin, signer, clock: clockOf(deps), ...render };
}

/**
 * The slip that an entry of the history calls for; undefined when it calls for none. Issued once: asking again gives the same
 * slip, and makes its file when it has none. Without an officer the agency's seal signs. AppError `unavailable`, reason
 * `slip-not-made`, when it cannot be made now.
 */
export async function issueOwedSlip(
  deps: Issuing,
  officer: Officer | undefined,
  dossier: Dossier,
  entry: HistoryEntry,
): Promise<Slip | undefined> {
  const owed = owedBy(entry);
  if (!owed) return undefined;
  const procedure = await procedureOf(deps, dossier);
  const facts = factsOf(deps, dossier, entry, procedure, owed.kind);
  const content = await contentOf(deps, facts, entry, procedure);
  return content && issue(deps, officer, dossier, { ...owed, content, procedure });
}

/** Phiếu kiểm soát quá trình giải quyết hồ sơ, one for each stand of the history. */
export async function issueControlSlip(
  deps: Issuing,
  officer: Officer,
  dossier: Dossier,
  history: readonly HistoryEntry[],
): Promise<Slip> {
  const occasion = String(history.at(-1)?.seq ?? 0);
  const facts = { tenant: deps.tenant, agency: agencyOfDossier(deps, dossier), dossier, officerName: officer.name };
  const content = controlContent(facts, history);
  return issue(deps, officer, dossier, { kind: "control", occasion, content, procedure: undefined });
}

/**
 * What an act that was just done has to say: the slip was made with it, or it was not and can be asked for again. The act
 * itself stands either way; the worker tries the slip again too.
 */
export async function withSlip(
  deps: HandlingDeps,
  officer: Officer,
  request: FastifyRequest,
  dossier: Dossier,
  text: string,
): Promise<Said> {
  const problem = await slipProblem(deps, officer, dossier, request);
  return problem ? { tone: "warning", text: `${text} ${problem}` } : { tone: "success", text };
}

/** Makes the newest slip that is missing; answers what to say when that fails. */
export async function slipProblem(
  deps: HandlingDeps,
  officer: Officer,
  dossier: Dossier,
  about: Pick<FastifyRequest, "lang"> & Partial<Pick<FastifyRequest, "log">>,
): Promise<string | undefined> {
  const history = await listHistory(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id });
  const missing = missingSlips(history, []).at(-1);
  if (!missing) return undefined;
  try {
    await issueOwedSlip(deps, officer, dossier, missing.entry);
    return undefined;
  } catch (error) {
    about.log?.error({ err: error, dossier: dossier.id, slip: missing.kind }, "slip not made");
    return messages[about.lang].slipNotMade(SLIP_NAMES[missing.kind][about.lang]);
  }
}

async function procedureOf(deps: Issuing, { procedure }: Dossier): Promise<ProcedureDefinition | undefined> {
  return getProcedureVersion(deps.database.forTenant(deps.tenant.code), procedure.code, procedure.version);
}

/** Who is printed is who acted: an officer, or the agency where the system did it by rule. */
function factsOf(
  deps: Issuing,
  dossier: Dossier,
  entry: HistoryEntry,
  procedure: ProcedureDefinition | undefined,
  kind: SlipKind,
): SlipFacts {
  const agency = agencyOfDossier(deps, dossier);
  const officerName = entry.actor.kind === "officer" ? entry.actor.name : agency.name.vi;
  const sector = sectorForm(sectorName(procedure, kind), kind);
  return { tenant: deps.tenant, agency, dossier, officerName, ...(sector ? { authority: sector.authority } : {}) };
}

function sectorName(procedure: ProcedureDefinition | undefined, kind: SlipKind): string | undefined {
  return kind === "receipt" || kind === "supplement" || kind === "refusal" ? procedure?.slips?.[kind] : undefined;
}

async function contentOf(
  deps: Issuing,
  facts: SlipFacts,
  { action, at, detail }: HistoryEntry,
  procedure: ProcedureDefinition | undefined,
): Promise<SlipContents[SlipKind] | undefined> {
  const reason = String(detail["reason"] ?? "");
  switch (action) {
    case "receive":
      return receiptOf(deps, facts, detail, procedure);
    case "request-supplement": {
      const rounds = await listSupplements(deps.database, { tenant: deps.tenant.code, dossierId: facts.dossier.id });
      const asked = rounds.find((one) => one.round === detail["round"]);
      return asked && supplementContent(facts, asked);
    }
    case "reschedule":
      return apologyContent(facts, { reason, from: dateOf(detail["from"]) ?? at, to: dateOf(detail["to"]) ?? at });
    case "stop":
      return stopContent(facts, reason);
    default:
      return refusalContent(facts, reason);
  }
}

async function receiptOf(
  deps: Issuing,
  facts: SlipFacts,
  detail: HistoryEntry["detail"],
  procedure: ProcedureDefinition | undefined,
): Promise<SlipContents["receipt"] | undefined> {
  const { dossier } = facts;
  // The appointment as it was given then, whatever has moved it since.
  const dueAt = dateOf(detail["dueAt"]) ?? dossier.dueAt;
  if (!dossier.receivedAt || !dueAt) return undefined;
  const [files, obligation] = await Promise.all([
    listFiles(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id }),
    findObligation(deps.database.forTenant(deps.tenant.code), dossier.id, "fees"),
  ]);
  const payment =
    obligation?.state === "due"
      ? { amount: obligation.total, address: deps.portalOrigin + feePaths.payLink(obligation.payCode) }
      : undefined;
  const receivedAt = dossier.receivedAt;
  return receiptContent({ ...facts, procedure, files, receivedAt, dueAt, ...(payment ? { payment } : {}) });
}

function dateOf(value: unknown): Date | undefined {
  const at = typeof value === "string" ? new Date(value) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}

async function issue(
  deps: Issuing,
  officer: Officer | undefined,
  dossier: Dossier,
  slip: {
    readonly kind: SlipKind;
    readonly occasion: string;
    readonly content: SlipContents[SlipKind];
    readonly procedure: ProcedureDefinition | undefined;
  },
): Promise<Slip> {
  const db = deps.database.forTenant(deps.tenant.code);
  return issueSlip(db, await slipDeps(deps, officer, dossier), {
    kind: slip.kind,
    dossierId: dossier.id,
    occasion: slip.occasion,
    content: slip.content,
    issuedBy: officer ? `officer:${officer.id}` : "system:slips",
    ruleSet: slipRuleSetOf(deps.tenant),
    sectorForm: sectorName(slip.procedure, slip.kind),
  });
}
