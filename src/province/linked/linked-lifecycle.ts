/**
 * What follows from where the parts of a linked filing stand. Pure, and told by the stand alone: whoever was killed in the middle
 * of it looks again and finds what is left to do. Domain: NĐ 61/2018 Đ19.6–19.7 (serial and parallel handling, each agency with
 * its own deadline), NĐ 63/2024 Đ5 and Đ7.
 */
import type { DossierState, Ending } from "#province/dossiers/index.ts";
import type { LinkedStand, PartStand } from "./linked.ts";

export type Move =
  /** its wait is over: it goes to its agency */
  | { readonly kind: "open"; readonly part: string }
  /** it can never begin, because this part gave no result */
  | { readonly kind: "end"; readonly part: string; readonly because: string }
  /** the applicant withdrew the whole */
  | { readonly kind: "withdraw"; readonly part: string }
  /** its result need not wait for the others any longer */
  | { readonly kind: "release"; readonly part: string }
  /** its released result is given */
  | { readonly kind: "return"; readonly part: string }
  | { readonly kind: "follow"; readonly to: DossierState; readonly ending: Ending | null; readonly signed: boolean };

const OVER: ReadonlySet<DossierState> = new Set(["returned", "declined", "stopped", "withdrawn"]);
/** While it waits or is worked on without a decision, the applicant may take it back (NĐ 118/2025 Đ21). */
const WITHDRAWABLE: ReadonlySet<DossierState> = new Set([
  "filed",
  "received",
  "processing",
  "supplement-requested",
  "fee-due",
]);

export function nextMoves(stand: LinkedStand): Move[] {
  if (stand.state === "withdrawn") return stand.parts.flatMap(withdrawal);
  const moves = stand.parts.flatMap((part) => begin(part, stand.parts));
  if (stand.together && stand.parts.every(isSettled)) moves.push(...stand.parts.flatMap(give));
  // Where the whole stands is known when what ends has ended.
  if (moves.some(({ kind }) => kind === "end")) return moves;
  const whole = followed(stand.parts);
  const signed = stand.parts.some(({ resultSigned }) => resultSigned);
  if (whole.to !== stand.state || signed !== stand.resultSigned) moves.push({ kind: "follow", ...whole, signed });
  return moves;
}

function begin(part: PartStand, all: readonly PartStand[]): Move[] {
  if (part.opened || part.endedBecause !== null || isOver(part)) return [];
  const before = part.waitsFor.flatMap((code) => all.find((one) => one.code === code) ?? []);
  const failed = before.find((one) => isOver(one) && !hasResult(one));
  if (failed) return [{ kind: "end", part: part.code, because: failed.code }];
  return before.every(hasResult) ? [{ kind: "open", part: part.code }] : [];
}

function withdrawal(part: PartStand): Move[] {
  if (part.endedBecause !== null || part.resultSigned) return [];
  if (part.elsewhere) {
    if (!part.opened) return [{ kind: "end", part: part.code, because: part.code }];
    return part.withdrawalTold || isOver(part) ? [] : [{ kind: "withdraw", part: part.code }];
  }
  return part.state !== null && WITHDRAWABLE.has(part.state) ? [{ kind: "withdraw", part: part.code }] : [];
}

function give(part: PartStand): Move[] {
  if (part.state !== "result-ready") return [];
  if (part.elsewhere) return part.released ? [] : [{ kind: "release", part: part.code }];
  return [{ kind: part.hold === null ? "return" : "release", part: part.code }];
}

/** Over, or with a result that only waits to be given. */
function isSettled(part: PartStand): boolean {
  return isOver(part) || part.state === "result-ready";
}

function isOver(part: PartStand): boolean {
  return part.endedBecause !== null || (part.state !== null && OVER.has(part.state));
}

function hasResult(part: PartStand): boolean {
  return part.resultSigned && (part.state === "result-ready" || part.state === "returned");
}

/** Where the whole stands: begun with its first part, over with its last. A pause of one part is that part's own. */
function followed(parts: readonly PartStand[]): { to: DossierState; ending: Ending | null } {
  const endOf = (part: PartStand): Ending => part.ending ?? "stopped";
  if (parts.every(isOver)) {
    const endings = parts.map(endOf);
    if (endings.includes("returned")) return { to: "returned", ending: "returned" };
    if (endings.every((ending) => ending === "withdrawn")) return { to: "withdrawn", ending: "withdrawn" };
    if (
      parts.every(({ state, endedBecause }) => state === "declined" || endedBecause !== null || state === "stopped")
    ) {
      const [first] = parts;
      if (first?.state === "declined") return { to: "declined", ending: "declined" };
    }
    return { to: "stopped", ending: endings.includes("refused") ? "refused" : "stopped" };
  }
  if (parts.every(isSettled)) return { to: "result-ready", ending: null };
  if (parts.every(({ state }) => state === null || state === "filed")) return { to: "filed", ending: null };
  const begun = parts.filter(({ state }) => state !== null && state !== "filed" && state !== "received");
  return { to: begun.length > 0 ? "processing" : "received", ending: null };
}
