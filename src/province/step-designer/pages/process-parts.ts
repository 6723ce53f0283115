/** Parts of pages about processes: the picture, its list of steps, what is wrong. */
import { attributes, html, type Html, unescapedHtml } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { assetPath, table } from "#kit/ui/index.ts";
import { problemText } from "#province/steps/index.ts";
import type { Mark, Picture } from "../browser/picture.ts";
import { messages } from "../messages.ts";
import type { PlacedProblem } from "../problem-place.ts";
import type { StepRow } from "../step-rows.ts";

export interface PictureProps {
  readonly lang: Lang;
  readonly xml: string;
  readonly marks?: Readonly<Record<string, Mark>>;
  /** The same as a list: what stands there without JavaScript and for who cannot see pictures. */
  readonly list: Html;
}

/** The picture of a process above the list that says the same. */
export function processPicture({ lang, xml, marks = {}, list }: PictureProps): Html {
  const picture: Picture = { xml: lang === "en" ? inEnglish(xml) : xml, marks, words: messages[lang].picture };
  return html`<process-picture data-module="${assetPath("picture-browser.js")}" data-styles="${assetPath("drawing.css")}">${dataBlock("data-picture", picture)}${list}</process-picture>`;
}

/** The drawing with its English names in the place of the others, to look at: elements without one keep theirs. */
function inEnglish(xml: string): string {
  return xml.replaceAll(/<[^<>]*\bmotcua:en="([^"]+)"[^<>]*>/g, (tag, name: string) =>
    tag.replace(/\sname="[^"]*"/, () => ` name="${name}"`),
  );
}

/** A block of data, never run. Every `<` is written as an escape, so that nothing in it can end it. */
export function dataBlock(name: "data-picture" | "data-board", value: unknown): Html {
  const json = JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return unescapedHtml(`<script type="application/json" ${name}>${json}</script>`);
}

/** A step's place on the page; a problem's link leads there. */
export const placeId = (element: string): string => `buoc-${element}`;

/** Steps in their order; who, how long, and where each leads. */
export function stepTable(lang: Lang, rows: readonly StepRow[], caption: string): Html {
  const t = messages[lang].stepColumns;
  return html`<div class="process-steps">${table({
    caption,
    hideCaption: true,
    rows,
    columns: [
      {
        label: t.step,
        head: true,
        cell: ({ id, name }) => html`<span id="${placeId(id)}" tabindex="-1">${name}</span>`,
      },
      { label: t.who, cell: ({ who }) => who },
      { label: t.unit, cell: ({ unit }) => unit },
      { label: t.hours, cell: ({ hours }) => html`<span class="tabular">${hours}</span>` },
      { label: t.act, cell: ({ act }) => act },
      { label: t.next, cell: ({ next }) => lines(next) },
    ],
  })}</div>`;
}

function lines(texts: readonly string[]): Html | string {
  const [only = "", ...more] = texts;
  return more.length === 0
    ? only
    : html`<ul class="process-steps__ways">${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
}

/** Everything that a check found, each with its place. */
export function problemItems(lang: Lang, problems: readonly PlacedProblem[], linked: boolean): Html {
  return html`<ul class="process-problems">${problems.map((problem) => {
    const { place } = problem;
    const link = linked && problem.elementId !== "" ? `#${placeId(problem.elementId)}` : undefined;
    return html`<li class="process-problems__one"${attributes({ id: linked ? undefined : placeId(problem.elementId) })}>${link ? html`<a class="govuk-link" href="${link}">${place}</a>` : html`<strong>${place}</strong>`}: ${problemText(problem, lang)}</li>`;
  })}</ul>`;
}
