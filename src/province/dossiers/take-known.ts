/** "Lấy thông tin của tôi": what the state knows already is filled in, once per draft and only when the person asks. */
import { AppError } from "#kit/errors.ts";
import { newId } from "#kit/ids.ts";
import { type Answers, evaluate, factsUsed, type FormDefinition, itemsOf } from "#province/forms/index.ts";
import type { Applicant } from "./dossier.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { type FilingDraft, loadDraft } from "./filing-draft.ts";
import { isSamePerson, type Known, populationFacts } from "./known-facts.ts";
import { findLatestResult, writeKnown } from "./known-store.ts";

const TRIES_MAX = 5;
const ATTEMPTS_MAX = 4;

/** Can anything be asked for this draft (still)? */
export function mayTakeKnown(deps: Pick<FilingDeps, "population">, { dossier, procedure }: FilingDraft): boolean {
  const { known, applicant } = dossier;
  if (known && (known.state !== "unavailable" || known.tries >= TRIES_MAX)) return false;
  const asks = factsUsed(procedure.form, "population").length > 0 && /^\d{12}$/.test(applicant.identityNumber);
  return (asks && deps.population !== undefined) || factsUsed(procedure.form, "result").length > 0;
}

/**
 * Asks the population database about the person themselves and looks at their earlier results. Whatever goes wrong there
 * is kept as such and said quietly: the questions are asked instead.
 */
export async function takeKnown(deps: FilingDeps, person: Applicant, draft: FilingDraft): Promise<void> {
  if (!mayTakeKnown(deps, draft)) return;
  const known = await ask(deps, person, draft);
  const { id, applicantSub } = draft.dossier;
  const key = { tenant: deps.tenant.code, dossierId: id, applicantSub };
  let current = draft;
  for (let attempt = 1; ; attempt += 1) {
    const write = { revision: current.dossier.version, known, drop: onlyPreset(current) };
    const outcome = await writeKnown(deps.database, key, write);
    if (outcome.ok || outcome.reason === "already-filed") return;
    if (outcome.reason !== "stale-draft" || attempt === ATTEMPTS_MAX)
      throw new AppError("conflict", { reason: outcome.reason });
    current = await loadDraft(deps, person, id);
  }
}

async function ask(deps: FilingDeps, person: Applicant, draft: FilingDraft): Promise<Known> {
  const { form } = draft.procedure;
  const at = deps.clock.now();
  const [asked, earlier] = await Promise.all([
    askPopulation(deps, person, draft, at),
    earlierResults(deps, person, form),
  ]);
  return {
    state: asked.state,
    at: at.toISOString(),
    tries: (draft.dossier.known?.tries ?? 0) + 1,
    facts: { ...factsNamed(asked.facts, factsUsed(form, "population")), ...earlier.facts },
    results: earlier.numbers,
  };
}

interface Asked {
  readonly state: Known["state"];
  readonly facts: Known["facts"];
}

async function askPopulation(deps: FilingDeps, person: Applicant, draft: FilingDraft, at: Date): Promise<Asked> {
  const nothing = (state: Known["state"]): Asked => ({ state, facts: {} });
  if (!deps.population || factsUsed(draft.procedure.form, "population").length === 0) return nothing("not-found");
  try {
    const answer = await deps.population({
      requestId: newId(),
      identityNumber: person.identityNumber,
      name: person.name,
      ...(person.birthDate ? { birthDate: person.birthDate } : {}),
      purpose: draft.procedure.definition.code,
      consentAt: at.toISOString(),
    });
    if (!answer.found) return nothing("not-found");
    if (!isSamePerson(answer.person, person)) return nothing("other-person");
    return { state: "found", facts: populationFacts(answer.person) };
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") return nothing("unavailable");
    throw error;
  }
}

function factsNamed(facts: Known["facts"], names: readonly string[]): Known["facts"] {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)));
}

const RESULT_FACT = /^result\.(\d\.\d{6})\.(\w+)$/;
const PROCEDURES_MAX = 5;

/** Texts, dates and choices of earlier dossiers whose result was returned: what was decided on is known. */
async function earlierResults(
  deps: FilingDeps,
  person: Applicant,
  form: FormDefinition,
): Promise<{ readonly facts: Known["facts"]; readonly numbers: readonly number[] }> {
  const facts: Record<string, string> = {};
  const numbers: number[] = [];
  const names = factsUsed(form, "result").flatMap((name) => {
    const [, procedure, item] = RESULT_FACT.exec(name) ?? [];
    return procedure && item ? [{ name, procedure, item }] : [];
  });
  for (const procedure of [...new Set(names.map((one) => one.procedure))].slice(0, PROCEDURES_MAX)) {
    const result = await findLatestResult(
      deps.database,
      { tenant: deps.tenant.code, applicantSub: person.sub },
      procedure,
    );
    if (!result) continue;
    for (const one of names.filter((each) => each.procedure === procedure)) {
      const value = Object.hasOwn(result.answers, one.item) ? result.answers[one.item] : undefined;
      if (typeof value === "string" && value !== "") facts[one.name] = value;
    }
    numbers.push(result.number);
  }
  return { facts, numbers };
}

/** Stored answers that are still what the account or a default had preset: a better source may preset them now. */
function onlyPreset({ procedure, answers, context }: FilingDraft): readonly string[] {
  const items = itemsOf(evaluate(procedure.form, answers, context).pages);
  return items
    .filter(
      ({ item, section, definition, origin, value }) =>
        section === undefined &&
        Object.hasOwn(answers, item) &&
        definition.prefill !== undefined &&
        (origin !== undefined || isBlank(answers, item) || value === definition.default),
    )
    .map(({ item }) => item);
}

/** A page that was sent with the control empty. */
function isBlank(answers: Answers, item: string): boolean {
  const value = answers[item];
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.values(value).every((part) => part === "");
  return value === "" || value === null;
}
