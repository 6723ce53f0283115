/** An administrator's side: drawing, publishing by a second person, choosing which procedures run through which. */
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import type { ProcessOutcome, ProcessProblem, ProcessUse, StepActor } from "./process.ts";
import { readProcess } from "./read-process.ts";
import { writeDraft, writePublication, writeUse } from "./steps-store.ts";
import { findVersion } from "./steps-view.ts";

export interface SaveProcess {
  /** undefined makes a new process */
  readonly processId?: string | undefined;
  readonly name: string;
  readonly xml: string;
  /** of the draft that was drawn on; undefined when there is none yet */
  readonly revision?: number | undefined;
  readonly by: StepActor;
  /** ids and identifiers of the province's agencies */
  readonly units: ReadonlySet<string>;
}

/**
 * Makes or replaces the draft. A drawing with problems is kept too, so that no work is lost; only it cannot be published.
 * `conflict` when the draft was saved by somebody else since, or there is one that the caller did not see.
 */
export async function saveProcess(
  db: Database,
  input: SaveProcess,
): Promise<
  ProcessOutcome<{ processId: string; version: number; revision: number; problems: readonly ProcessProblem[] }>
> {
  const reading = await readProcess(input.xml, { units: input.units });
  const problems = reading.ok ? [] : reading.problems;
  // What is no drawing at all is not worth keeping.
  if (problems.some((one) => WHOLE.has(one.code))) return { ok: false, reason: "has-problems", problems };
  const saved = await writeDraft(db, {
    processId: input.processId ?? newId(),
    name: input.name.normalize("NFC").trim().slice(0, 200) || "—",
    xml: input.xml,
    model: reading.ok ? reading.process : null,
    problems,
    revision: input.revision ?? null,
    by: input.by,
  });
  return saved.ok ? { ...saved, problems } : saved;
}

const WHOLE = new Set<string>(["not-xml", "not-bpmn", "too-large", "forbidden-xml"]);

/** Publishes a draft as it was seen (`revision`), by another person than who drew it; checked once more. */
export async function publishProcess(
  db: Database,
  input: {
    readonly processId: string;
    readonly version: number;
    readonly revision: number;
    readonly by: StepActor;
    readonly units: ReadonlySet<string>;
  },
): Promise<ProcessOutcome<{ version: number }>> {
  const draft = await findVersion(db, input.processId, input.version);
  if (!draft) return { ok: false, reason: "not-found" };
  if (draft.publishedAt) return { ok: false, reason: "nothing-to-publish" };
  const reading = await readProcess(draft.xml, { units: input.units });
  if (!reading.ok) return { ok: false, reason: "has-problems", problems: reading.problems };
  return writePublication(db, input);
}

/** From now on dossiers received for the procedure (or of the field) run through the process; null: without one again. */
export function useProcessFor(
  db: Database,
  choice: Omit<ProcessUse, "processId"> & { readonly processId: string | null; readonly by: StepActor },
): Promise<ProcessOutcome> {
  return writeUse(db, choice);
}
