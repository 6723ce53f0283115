import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import type {
  Actor,
  Answers,
  Applicant,
  Channel,
  DossierAgency,
  DossierProcedure,
  Outcome,
  PostArrival,
  Stand,
} from "./dossier.ts";
import { insertDraft } from "./dossier-store.ts";

export interface StartDraft {
  readonly tenant: string;
  readonly procedure: DossierProcedure;
  readonly agency: DossierAgency;
  /** fixed for ever */
  readonly channel: Channel;
  readonly applicant: Applicant;
  /** what the account already says, by item id, so that it is not asked again */
  readonly prefill?: Answers;
  /** true: begin another one although a draft for the same procedure is open */
  readonly fresh?: boolean;
  /** an officer at the counter who types for the person; absent = the applicant */
  readonly actor?: Actor;
  /** the letter it came in */
  readonly post?: PostArrival;
}

/**
 * Begins a draft, or takes up the person's open one for the same procedure (`resumed`), from any device.
 * One person has at most one open draft per procedure unless they ask for another.
 */
export async function startDraft(
  database: Database,
  input: StartDraft,
): Promise<Outcome<Stand & { resumed: boolean }>> {
  const actor: Actor = input.actor ?? { kind: "citizen", sub: input.applicant.sub, name: input.applicant.name };
  return insertDraft(database, {
    ...input,
    id: newId(),
    actor,
    prefill: input.prefill ?? {},
    fresh: input.fresh ?? false,
  });
}
