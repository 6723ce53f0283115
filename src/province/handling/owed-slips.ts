/** Which slip follows from what happened to a dossier. Pure. */
import type { HistoryEntry } from "#province/dossiers/index.ts";
import type { Slip, SlipKind } from "#province/slips/index.ts";

export interface OwedSlip {
  readonly kind: SlipKind;
  /** Tells the second round's slip from the first one's */
  readonly occasion: string;
}

/** The slip that an entry of the history calls for; the same acts are named by the trigger `slip_owed`. */
export function owedBy({ action, detail }: Pick<HistoryEntry, "action" | "detail">): OwedSlip | undefined {
  switch (action) {
    case "receive":
      return { kind: "receipt", occasion: "" };
    case "request-supplement":
      return { kind: "supplement", occasion: String(detail["round"] ?? "") };
    case "decline":
    case "refuse":
      return { kind: "refusal", occasion: "" };
    case "reschedule":
      return { kind: "apology", occasion: "" };
    case "stop":
      return { kind: "stop", occasion: "" };
    default:
      return undefined;
  }
}

export interface MissingSlip extends OwedSlip {
  readonly entry: HistoryEntry;
}

/** What happened without its slip: never issued, or issued and its file not made yet. */
export function missingSlips(
  history: readonly HistoryEntry[],
  slips: readonly Pick<Slip, "kind" | "occasion" | "fileSha256">[],
): readonly MissingSlip[] {
  return history.flatMap((entry) => {
    const owed = owedBy(entry);
    if (!owed) return [];
    const made = slips.some(
      (slip) => slip.kind === owed.kind && slip.occasion === owed.occasion && slip.fileSha256 !== undefined,
    );
    return made ? [] : [{ ...owed, entry }];
  });
}
