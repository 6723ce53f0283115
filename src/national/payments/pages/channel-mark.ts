import { html, type Html, unescapedHtml } from "#kit/html.ts";
import type { Channel } from "../providers/provider.ts";

/** Neutral drawings of our own (a house with columns, a purse, three corners of a code): the trade marks of banks and wallets are theirs. */
const SHAPES = {
  bank: '<path d="M5 14 16 7l11 7H5zM8 17v7M13.300 17v7M18.700 17v7M24 17v7M5 27h22"/>',
  wallet:
    '<path d="M6 11.500A2.500 2.500 0 0 1 8.500 9H24v3M6 11.500V24a2 2 0 0 0 2 2h18V12H8.500A2.500 2.500 0 0 1 6 11.500zM26 17h-5a2 2 0 0 0 0 4h5"/>',
  transfer: '<path d="M5 5h8v8H5zM19 5h8v8h-8zM5 19h8v8H5zM19 19h3v3h-3zM27 19v3M24 27h3v-3M19 27v-1"/>',
} as const;

export function channelMark(kind: Channel["kind"]): Html {
  const shape = unescapedHtml(SHAPES[kind]);
  return html`<svg class="pay-mark" viewBox="0 0 32 32" width="32" height="32" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${shape}</svg>`;
}
