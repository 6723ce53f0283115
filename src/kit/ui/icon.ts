import { attributes, html, type Html, unescapedHtml } from "../html.ts";

/** Small line drawings, 20 × 20, in the colour of their text. Beside words only, so hidden from screen readers. */
const PATHS = {
  check: "M4 10.500l4 4 8-9",
  clock: "M10 4.500V10l3.500 2M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15z",
  warning: "M10 3 2.500 16.500h15L10 3zM10 8v4M10 14.200v.3",
  cross: "M5 5l10 10M15 5 5 15",
  pen: "M3.500 16.500l1-4L13 4l3 3-8.500 8.500-4 1zM11.500 5.500l3 3",
  send: "M3 10l14-6-5 13-3-5.500L3 10z",
  inbox: "M3 11l2-7h10l2 7v5H3v-5zM3 11h4l1 2h4l1-2h4",
  file: "M5 2.500h6.500L15 6v11.500H5v-15zM11 2.500V6.500h4",
  money: "M2.500 5.500h15v9h-15v-9zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM5 8v4M15 8v4",
  stamp: "M7 9V5.500a3 3 0 0 1 6 0V9l2.500 2.500V14h-11v-2.500L7 9zM4.500 17h11",
  person: "M10 10a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3.500 17.500c.5-4 3-6 6.500-6s6 2 6.500 6",
  search: "M9 3.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11zM13 13l4 4",
  arrow: "M4 10h12M11 5l5 5-5 5",
  stop: "M6.500 2.500h7l4 4v7l-4 4h-7l-4-4v-7l4-4zM7 10h6",
  phone: "M6 2.500h8v15H6v-15zM9 15h2",
  mail: "M2.500 5h15v10h-15V5zM2.500 5.500 10 11l7.500-5.500",
  print: "M6 8V3h8v5M6 14H3.500V8h13v6H14M6 12h8v5H6v-5z",
  menu: "M3 5.500h14M3 10h14M3 14.500h14",
  download: "M10 3v9M6 8.500l4 4 4-4M4 16.500h12",
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName, size = 20): Html {
  const shape = unescapedHtml(`<path d="${PATHS[name]}"/>`);
  return html`<svg${attributes({ width: size, height: size, viewBox: "0 0 20 20", fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true", focusable: "false" })}>${shape}</svg>`;
}

/** The project's mark: an open door drawn as one line. */
export function mark(): Html {
  return unescapedHtml(
    '<svg class="masthead__mark" viewBox="0 0 34 40" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="M3 37h28M7 37V5.500A2.500 2.500 0 0 1 9.500 3h15A2.500 2.500 0 0 1 27 5.500V37M27 8 16 11.500V37M20 23.500v2"/></svg>',
  );
}

/** Drawing of an empty state: an open door with nothing waiting. */
export function emptyDrawing(): Html {
  return unescapedHtml(
    '<svg viewBox="0 0 96 96" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="M10 84h76M30 84V22a6 6 0 0 1 6-6h26a6 6 0 0 1 6 6v62M68 26 48 34v50M54 58v6M16 84V70h8v14M74 84c0-8 4-12 8-12"/></svg>',
  );
}
