/** The draft on the filer's table: dossier, form, answers, papers, and what they say together. */
import { plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { assessDues, type Assessment } from "#province/fees/index.ts";
import {
  type Answers as FormAnswers,
  type AskedComponent,
  type FieldError,
  type FormContext,
  type FormDefinition,
  pruneAnswers,
  requiredComponents,
  validateAnswers,
} from "#province/forms/index.ts";
import type { Component } from "#province/procedure/index.ts";
import { localAmountsOn, wayOf } from "#province/procedure/index.ts";
import { type CasePapers, papersOfCase } from "./case-questions.ts";
import type { Answers, Applicant, Dossier, DossierFile } from "./dossier.ts";
import { findDossierOf, listFiles } from "./dossier-view.ts";
import { deliveryForm } from "./filing-delivery.ts";
import type { FilingPlace } from "./filing-deps.ts";
import { type FilingProcedure, findFilingVersion } from "./filing-procedure.ts";
import { PARTS_FACT } from "./parts-delivery.ts";
import { knownContext } from "./known-facts.ts";

const FROM_CARD = { vi: "Từ giấy tờ của người nộp", en: "From the applicant's card" };

export interface FilingDraft {
  readonly dossier: Dossier;
  readonly procedure: FilingProcedure;
  readonly context: FormContext;
  /** As typed: what is hidden now stays in the draft, in case the person changes back. */
  readonly answers: FormAnswers;
}

/** The person's own dossier with the form it was begun under; somebody else's is not found. */
export async function loadDraft(deps: FilingPlace, person: Applicant, dossierId: string): Promise<FilingDraft> {
  const key = { tenant: deps.tenant.code, dossierId, applicantSub: person.sub };
  const dossier = isDossierId(dossierId) ? await findDossierOf(deps.database, key) : undefined;
  if (!dossier) throw new AppError("not-found", { message: "no such dossier of this person" });
  const procedure = await findFilingVersion(deps, dossier.procedure.code, dossier.procedure.version);
  const files = procedure && takesFiles(procedure.form) ? await fileNames(deps, dossier.id) : undefined;
  if (!procedure) throw new AppError("not-found", { message: "the procedure's version is not published" });
  const known = formContext({ ...dossier.applicant, ...person }, dossier.agency.name, dossier.known);
  return {
    dossier,
    procedure,
    context: {
      today: plainDateOf(deps.clock.now()),
      ...known,
      ...(deps.counter ? { origins: { ...known.origins, account: FROM_CARD } } : {}),
      ...(procedure.definition.parts ? { facts: { ...known.facts, [PARTS_FACT]: "yes" } } : {}),
      ...(files ? { files } : {}),
    },
    answers: dossier.answers as FormAnswers,
  };
}

function takesFiles(form: FormDefinition): boolean {
  return form.pages.some((page) => page.sections.some(({ items }) => items.some(({ type }) => type === "file")));
}

async function fileNames(deps: FilingPlace, dossierId: string): Promise<Record<string, string[]>> {
  const names: Record<string, string[]> = {};
  for (const file of await listFiles(deps.database, { tenant: deps.tenant.code, dossierId })) {
    names[file.component] = [...(names[file.component] ?? []), file.name];
  }
  return names;
}

function isDossierId(id: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}

/** Everything that is known without asking, each with where it comes from. */
export function formContext(
  person: Applicant,
  agency: string,
  known: Dossier["known"],
): Pick<FormContext, "facts" | "origins"> {
  const more = knownContext(known);
  return { facts: { ...more.facts, ...factsOf(person, agency) }, ...(more.origins ? { origins: more.origins } : {}) };
}

/** What the account and the filing say, so that it is never asked. */
export function factsOf(person: Applicant, agency: string): FormContext["facts"] {
  return {
    "account.fullName": person.name,
    "account.identityNumber": person.identityNumber,
    "account.birthDate": person.birthDate,
    "account.gender": genderOf(person.identityNumber),
    "account.phone": person.phone,
    "account.email": person.email,
    "account.address": person.address,
    "filing.agency": agency,
  };
}

/** The fourth digit of a personal identification number: even for men, odd for women (NĐ 137/2015/NĐ-CP, art. 13). */
function genderOf(identityNumber: string): "nam" | "nu" | undefined {
  if (!/^\d{12}$/.test(identityNumber)) return undefined;
  return Number(identityNumber[3]) % 2 === 0 ? "nam" : "nu";
}

/** The papers asked for by what has been answered so far. */
export function askedPapers(draft: FilingDraft): readonly AskedComponent<Component>[] {
  const answers = pruneAnswers(draft.procedure.form, draft.answers, draft.context);
  return requiredComponents(draft.procedure.definition, answers, {
    ...draft.context,
    way: wayOf(draft.dossier.channel),
  });
}

/** Papers that this case would ask for, if a national database did not stand for them. */
export function replacedPapers(draft: FilingDraft): CasePapers["replaced"] {
  const { definition, form } = draft.procedure;
  return papersOfCase(definition, form, draft.answers, draft.context).replaced;
}

/** Required papers without a file. */
export function missingPapers(
  papers: readonly AskedComponent<Component>[],
  files: readonly DossierFile[],
): readonly Component[] {
  return papers
    .filter(({ component, required }) => required && !files.some((file) => file.component === component.code))
    .map(({ component }) => component);
}

/** Everything that the last look needs: what is wrong, what would be filed, what is owed. */
export interface FilingReview {
  readonly errors: readonly FieldError[];
  readonly deliveryErrors: readonly FieldError[];
  readonly missing: readonly Component[];
  readonly answers: FormAnswers;
  readonly files: readonly DossierFile[];
  /** Files whose bytes the store does not have: none, unless somebody took them away. */
  readonly lost: readonly DossierFile[];
  /** Files of papers that the final answers no longer ask for: kept while drafting, not filed. */
  readonly leftOver: readonly DossierFile[];
  /** Undefined when the quantities make no amount. */
  readonly assessment: Assessment | undefined;
}

export async function reviewDraft(deps: FilingPlace, draft: FilingDraft): Promise<FilingReview> {
  const { dossier, procedure, context } = draft;
  const { errors, answers } = validateAnswers(procedure.form, draft.answers, context);
  const delivery = validateAnswers(deliveryForm(dossier.channel).form, draft.answers, context);
  const papers = askedPapers(draft);
  const codes = new Set(papers.map(({ component }) => component.code));
  const all = await listFiles(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id });
  const files = all.filter((file) => codes.has(file.component));
  return {
    errors,
    deliveryErrors: delivery.errors,
    missing: missingPapers(papers, files),
    answers,
    files,
    lost: await lostFiles(deps, files),
    leftOver: all.filter((file) => !codes.has(file.component)),
    assessment: assess(deps, draft, answers),
  };
}

/** The manifest counts what is really there. */
async function lostFiles(deps: FilingPlace, files: readonly DossierFile[]): Promise<readonly DossierFile[]> {
  const there = await Promise.all(files.map((file) => deps.store.has(file.sha256)));
  return files.filter((_, index) => !there[index]);
}

function assess(deps: FilingPlace, draft: FilingDraft, answers: FormAnswers): Assessment | undefined {
  try {
    return assessDues(draft.procedure.definition.fees, answers, {
      channel: draft.dossier.channel,
      at: deps.clock.now(),
      localAmounts: localAmountsOn(deps.tenant.localAmounts, plainDateOf(deps.clock.now())),
    });
  } catch (error) {
    // A quantity that is not a number is also an error of the form, where it is shown.
    if (error instanceof AppError && error.code === "invalid") return undefined;
    throw error;
  }
}

/** Typed answers as the dossier stores them: the same values, without what is undefined. */
export function toStored(answers: FormAnswers): Answers {
  const stored: Answers = {};
  for (const [id, value] of Object.entries(answers)) {
    if (value !== undefined) stored[id] = value as Answers[string];
  }
  return stored;
}

export function fileSize(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_024 * 1_024) return `${Math.round(bytes / 1_024)} KB`;
  return `${(bytes / (1_024 * 1_024)).toFixed(1).replace(".", ",")} MB`;
}
