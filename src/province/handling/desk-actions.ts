/** Which buttons an officer sees on a dossier: the lifecycle's answer, the role's, and what there is to sign. Pure. */
import { availableActions, type Dossier } from "#province/dossiers/index.ts";
import { type DeskAction, mayDo, type Officer } from "#province/officers/index.ts";
import { isHandledInParts } from "./handling.ts";

/** Actions with a page of their own: more is asked than a click. */
export const PAGED = [
  "request-supplement",
  "decline",
  "forward",
  "record-result",
  "reschedule",
  "refuse",
  "stop",
  "set-substate",
  "close",
] as const;
export type PagedAction = (typeof PAGED)[number];

/** In the order of the action bar; the first one that is there is the main button. */
const ORDER = [
  "receive",
  "sign-result",
  "return-result",
  "record-result",
  "forward",
  "sign-copies",
  "request-supplement",
  "require-fee",
  "set-substate",
  "reschedule",
  "decline",
  "refuse",
  "stop",
  "close",
  "note",
] as const satisfies readonly DeskAction[];

/** States in which papers are still being worked with. */
const DIGITISING = new Set(["filed", "received", "processing"]);

export function deskActions(
  dossier: Dossier,
  officer: Pick<Officer, "role" | "maySign">,
  papers: { readonly uncopied: number },
  /** Acts that the internal procedure keeps for another step or another officer. */
  blocked: ReadonlySet<string> = new Set(),
): readonly (typeof ORDER)[number][] {
  const possible = new Set<DeskAction>(availableActions(dossier, "officer"));
  // Each part has its own copies of the papers of the whole.
  if (papers.uncopied > 0 && DIGITISING.has(dossier.state) && !isHandledInParts(dossier)) possible.add("sign-copies");
  return ORDER.filter((action) => possible.has(action) && !blocked.has(action) && mayDo(officer, action));
}
