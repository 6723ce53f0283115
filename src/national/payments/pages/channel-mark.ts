import { html, type Html, unescapedHtml } from "#kit/html.ts";
import type { Channel } from "../providers/provider.ts";

/** Neutral drawings of our own (a plate with the bank's short name; a house with columns, a globe, a card, a purse, three corners of a code): the trade marks of banks and wallets are theirs. */
const SHAPES = {
  bank: '<path d="M5 14 16 7l11 7H5zM8 17v7M13.300 17v7M18.700 17v7M24 17v7M5 27h22"/>',
  "internet-banking":
    '<circle cx="16" cy="16" r="10.500"/><path d="M5.500 16h21M16 5.500c4 3.500 4 17.500 0 21M16 5.500c-4 3.500-4 17.500 0 21"/>',
  international: '<rect x="4.500" y="8" width="23" height="16" rx="2"/><path d="M4.500 13h23M8.500 19.500h6"/>',
  wallet:
    '<path d="M6 11.500A2.500 2.500 0 0 1 8.500 9H24v3M6 11.500V24a2 2 0 0 0 2 2h18V12H8.500A2.500 2.500 0 0 1 6 11.500zM26 17h-5a2 2 0 0 0 0 4h5"/>',
  transfer: '<path d="M5 5h8v8H5zM19 5h8v8h-8zM5 19h8v8H5zM19 19h3v3h-3zM27 19v3M24 27h3v-3M19 27v-1"/>',
} as const;

export function channelMark(channel: Pick<Channel, "kind" | "badge">): Html {
  const { badge } = channel;
  if (badge) {
    return html`<svg class="pay-mark pay-mark--plate" viewBox="0 0 104 32" width="104" height="32" aria-hidden="true" focusable="false"><rect x="0.750" y="0.750" width="102.500" height="30.500" rx="4" fill="none" stroke="currentColor" stroke-width="1.500"/><text x="52" y="16.500" fill="currentColor" font-size="13" font-weight="700" text-anchor="middle" dominant-baseline="central">${badge}</text></svg>`;
  }
  const shape = unescapedHtml(SHAPES[channel.kind]);
  return html`<svg class="pay-mark" viewBox="0 0 32 32" width="32" height="32" fill="none" stroke="currentColor" stroke-width="1.800" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${shape}</svg>`;
}
