/** Everything the desk's page of one dossier shows. */
import { plainDateOf } from "#kit/calendar.ts";
import type { Lang } from "#kit/i18n.ts";
import { getProcedureForm, getProcedureVersion } from "#province/catalogue/index.ts";
import { COPYABLE, type DigitisedFile, listCopies } from "#province/digitising/index.ts";
import {
  type Dossier,
  type DossierFile,
  type HistoryEntry,
  listFiles,
  listHistory,
  listSupplements,
  type SupplementRound,
  toOfficer,
} from "#province/dossiers/index.ts";
import { findObligation, type Obligation } from "#province/fees/index.ts";
import { type Answers, type FormDefinition, summarizeAnswers, type SummarySection } from "#province/forms/index.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import { findResult, type Result } from "#province/results/index.ts";
import { listNoticesOf, type NoticeOfDossier } from "#province/messages/index.ts";
import { listOpinions, type Opinion } from "#province/opinions/index.ts";
import { countLetters } from "#province/conversation/index.ts";
import { listSlips, type Slip } from "#province/slips/index.ts";
import { listReuses, type PaperReuse } from "#province/store/index.ts";
import { type FeeChange, feeChange } from "./fee-change.ts";
import { clockOf, type HandlingDeps } from "./handling.ts";
import { type RoundChanges, supplementChanges } from "./supplement-changes.ts";

export interface Paper extends DossierFile {
  /** Name of the component it belongs to. */
  readonly componentName: string;
  readonly copy: DigitisedFile | undefined;
  /** The person had it already and let it be used again. */
  readonly reuse: PaperReuse | undefined;
}

export interface DeskDossier {
  readonly dossier: Dossier;
  readonly procedure: ProcedureDefinition | undefined;
  /** The form in the version it was filed under. */
  readonly form: FormDefinition | undefined;
  readonly sections: readonly SummarySection[];
  readonly papers: readonly Paper[];
  readonly history: readonly HistoryEntry[];
  readonly supplements: readonly SupplementRound[];
  readonly changes: ReadonlyMap<number, RoundChanges>;
  /** Name of a component (paper) by its code. */
  readonly componentName: (code: string) => string;
  readonly slips: readonly Slip[];
  readonly result: Result | undefined;
  readonly obligation: Obligation | undefined;
  /** Letters with the applicant; `unread`: the applicant's that no officer has seen. */
  readonly letters: { readonly all: number; readonly unread: number };
  readonly notices: readonly NoticeOfDossier[];
  /** Asked of other units and officers, newest first. */
  readonly opinions: readonly Opinion[];
  readonly feeChange: FeeChange | undefined;
  /** When the page was asked for. */
  readonly now: Date;
}

export async function loadDeskDossier(deps: HandlingDeps, dossier: Dossier, lang: Lang): Promise<DeskDossier> {
  const key = { tenant: deps.tenant.code, dossierId: dossier.id };
  const db = deps.database.forTenant(deps.tenant.code);
  const { code, version } = dossier.procedure;
  const reuses = await listReuses(deps.database, key);
  const [published, form, files, copies, history, supplements, slips, result, obligation, letters, notices, opinions] =
    await Promise.all([
      getProcedureVersion(db, code, version),
      getProcedureForm(db, code, version),
      listFiles(deps.database, key),
      listCopies(db, dossier.id),
      listHistory(deps.database, key),
      listSupplements(deps.database, key),
      listSlips(db, dossier.id),
      dossier.resultId ? findResult(db, dossier.resultId) : undefined,
      findObligation(db, dossier.id, "fees"),
      countLetters(db, dossier.id, "citizen"),
      listNoticesOf(db, dossier.id),
      listOpinions(db, dossier.id),
    ]);
  const procedure: ProcedureDefinition | undefined = published;
  const nameOf = (component: string) =>
    procedure?.components.find((one) => one.code === component)?.name[lang] ?? component;
  return {
    dossier,
    procedure,
    form: (form ?? undefined) as FormDefinition | undefined,
    sections: form ? sectionsOf(form as FormDefinition, dossier, lang) : [],
    papers: files
      .filter((file) => file.status === "active" || file.status === "dropping")
      .map((file) => ({
        ...file,
        componentName: nameOf(file.component),
        copy: copies.find((copy) => copy.fileId === file.id),
        reuse: reuses.find((reuse) => reuse.fileId === file.id),
      })),
    history,
    supplements,
    changes: supplementChanges(
      {
        form: (form ?? undefined) as FormDefinition | undefined,
        rounds: supplements,
        answers: dossier.answers,
        history,
      },
      lang,
    ),
    componentName: nameOf,
    slips,
    result,
    obligation,
    letters,
    notices,
    opinions,
    feeChange: feeChange({ dossier, procedure, supplements }, deps.tenant.localAmounts),
    now: clockOf(deps).now(),
  };
}

/** Papers without a copy: what "Ký số" would look at. */
export function uncopied(papers: readonly Paper[]): number {
  return papers.filter((paper) => paper.status === "active" && COPYABLE.has(paper.mediaType) && !paper.copy).length;
}

function sectionsOf(form: FormDefinition, dossier: Dossier, lang: Lang): readonly SummarySection[] {
  const { applicant } = dossier;
  const facts = {
    "account.fullName": applicant.name,
    "account.identityNumber": applicant.identityNumber,
    "account.birthDate": applicant.birthDate,
    "account.phone": applicant.phone,
    "account.email": applicant.email,
    "account.address": applicant.address,
    "filing.agency": dossier.agency.name,
  };
  const today = plainDateOf(dossier.filedAt ?? dossier.createdAt);
  const sections = summarizeAnswers(form, dossier.answers as Answers, { facts, today }, { lang, full: true });
  // The form speaks to the citizen; who reads here is the officer.
  return sections.map((section) => ({
    ...section,
    title: toOfficer(section.title, lang),
    lines: section.lines.map((line) => ({ ...line, label: toOfficer(line.label, lang) })),
  }));
}
