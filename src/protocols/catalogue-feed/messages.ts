import type { Text } from "#kit/i18n.ts";

export const FEED_PATH = "/nguon/thu-tuc";
/** Procedures of a page. */
export const ITEMS_MAX = 500;

export interface FeedItem {
  readonly code: string;
  /** false: withdrawn; forget it. The rest is as it was. */
  readonly offered: boolean;
  readonly version: number;
  readonly name: Text;
  readonly shortName: Text;
  readonly field: Text;
  readonly levels: readonly ("province" | "district" | "commune")[];
  /** "1" to "4", or "full", "partial", "information". */
  readonly serviceLevel: string;
  readonly fileable: boolean;
  readonly onlinePayment: boolean;
  /** Of its page on the province's portal, from the root. */
  readonly path: string;
  /** More words that people look for it by. */
  readonly words: string;
}

export interface FeedPage {
  /** Of the province: "tayninh". */
  readonly province: string;
  readonly items: readonly FeedItem[];
  /** Ask with it next time. */
  readonly cursor: string;
  /** There is more behind it already. */
  readonly more: boolean;
}
