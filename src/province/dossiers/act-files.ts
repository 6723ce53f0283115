/** Documents that an officer gives with an act; the act's entry of the history names them. Pure. */
import type { HistoryEntry } from "./dossier.ts";

export interface ActFile {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  /** bytes */
  readonly size: number;
  readonly mediaType: string;
}

/** Acts with documents; those told to the applicant, who then may read them. Handing on is the offices' own. */
const WITH_FILES = { decline: true, refuse: true, stop: true, reschedule: true, forward: false } as const;

export type ActWithFiles = keyof typeof WITH_FILES;

export function areFilesTold(action: ActWithFiles): boolean {
  return WITH_FILES[action];
}

/** Of one entry, for officers or for the applicant. */
export function actFilesOf(
  { action, detail }: Pick<HistoryEntry, "action" | "detail">,
  reader: "officer" | "applicant",
): readonly ActFile[] {
  const told = (WITH_FILES as Readonly<Record<string, boolean | undefined>>)[action];
  if (told === undefined || (reader === "applicant" && !told) || !Array.isArray(detail["files"])) return [];
  return detail["files"] as readonly ActFile[];
}

/** For the entry's detail; nothing when there is none. */
export function filesDetail(files: readonly ActFile[] | undefined): { readonly files?: readonly ActFile[] } {
  return files && files.length > 0 ? { files } : {};
}
