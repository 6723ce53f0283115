/** The words of the store room: what a person has at the province, and what may be used again. */
import { fold } from "#kit/vietnamese.ts";
import type { Text } from "#kit/i18n.ts";

/** A paper the person uploaded for later. */
export interface OwnPaper {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  readonly addedAt: Date;
}

/** A result that was returned to the person. */
export interface OwnResult {
  readonly dossierId: string;
  readonly fileName: string;
  readonly size: number;
  readonly procedureName: Text;
  /** What the procedure gives, as its version names it. */
  readonly resultNames: readonly Text[];
  readonly returnedAt: Date;
}

/** A paper of an earlier dossier that an officer checked, digitised and signed. */
export interface CheckedPaper {
  readonly fileId: string;
  readonly dossierId: string;
  readonly component: string;
  readonly fileName: string;
  readonly size: number;
  readonly procedureName: Text;
  readonly signedAt: Date;
}

export const OWN_PAPERS_MAX = 60;
export const OWN_BYTES_MAX = 300 * 1_024 * 1_024;
/** Offered beside one paper at most. */
export const OFFERS_MAX = 12;

/**
 * May a returned result stand for this paper? By the words of the law: the component's name says the result's name
 * ("Giấy xác nhận tình trạng hôn nhân đã cấp trước đó"). A code would be better; the national list has none for both.
 */
export function resultFits(component: { readonly name: Text }, result: Pick<OwnResult, "resultNames">): boolean {
  const asked = fold(component.name.vi);
  return result.resultNames.some(({ vi }) => vi.length >= 8 && asked.includes(fold(vi)));
}

export const SOURCES = ["copy", "result", "own"] as const;
export type Source = (typeof SOURCES)[number];

/** "copy:<id>" as a form sends it; undefined for anything else. */
export function readSource(value: string): { readonly source: Source; readonly id: string } | undefined {
  const [word = "", id = ""] = value.split(":");
  const source = SOURCES.find((one) => one === word);
  return source && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? { source, id } : undefined;
}
