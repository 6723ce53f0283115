/** Everything of a working copy as one tree: the way around the designer, with marks where something is wrong. */
import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang, Text } from "#kit/i18n.ts";
import { icon } from "#kit/ui/index.ts";
import { type Content, type Kind, type Place, placeName, type Thing, thingsOf } from "../content.ts";
import { type Finding, findingsByPlace } from "../lint-copy.ts";
import { messages } from "../messages.ts";
import { designerPaths } from "./designer-paths.ts";

export interface TreeProps {
  readonly lang: Lang;
  readonly code: string;
  readonly content: Content;
  readonly findings: readonly Finding[];
  readonly current?: Place;
}

interface Tree extends TreeProps {
  readonly marks: ReadonlyMap<string, readonly Finding[]>;
}

const LISTS: readonly Kind[] = ["time", "case", "paper", "fee", "result", "basis", "step"];

/** A thing in one line, in the reader's language. */
export function thingTitle(lang: Lang, kind: Kind, id: string, thing: Thing): string {
  const t = messages[lang];
  if (kind === "procedure" || kind === "form") return t.kinds[kind];
  const words = (kind === "rule" ? thing["message"] : (thing["label"] ?? thing["title"] ?? thing["name"])) as
    | Partial<Text>
    | undefined;
  const said = words?.[lang] || words?.vi || "";
  if (kind === "basis") return [thing["number"], said].filter(Boolean).join(" ");
  if (kind === "time") return `${t.kinds.time} ${Number(id) + 1}`;
  return said === "" ? id : said;
}

/** Links to every thing; on a phone it is folded away above the page. */
export function copyTree(props: TreeProps): Html {
  const { lang, content } = props;
  const t = messages[lang];
  const tree: Tree = { ...props, marks: findingsByPlace(props.findings) };
  const body = html`<p class="designer-tree__group">${t.groups.content}</p><ul>${link(tree, "procedure", "-", {})}${LISTS.map((kind) => listOf(tree, kind))}</ul><p class="designer-tree__group">${t.groups.form}</p>${
    content.form ? formTree(tree) : html`<p class="govuk-hint">${t.noForm}</p><ul>${adder(tree, "form")}</ul>`
  }`;
  return html`<nav class="designer-tree" aria-label="${t.tree}"><details class="designer-tree__fold" open><summary>${t.tree}</summary>${body}</details></nav>`;
}

function listOf(tree: Tree, kind: Kind): Html {
  const things = thingsOf(tree.content, kind);
  return html`<li><details${attributes({ open: isOpen(tree, kind) })}><summary>${messages[tree.lang].kinds[kind]} <span class="muted">${things.length}</span></summary><ul>${things.map(({ id, thing }) => link(tree, kind, id, thing))}${adder(tree, kind)}</ul></details></li>`;
}

/** What one is at, and where something is wrong; the rest is a line. */
function isOpen({ current, marks, content }: Tree, kind: Kind): boolean {
  return current?.kind === kind || thingsOf(content, kind).some(({ id }) => marks.has(placeName({ kind, id })));
}

function formTree(tree: Tree): Html {
  const pages = tree.content.form?.pages ?? [];
  return html`<ul>${link(tree, "form", "-", {})}${pages.map(
    (page) =>
      html`<li>${anchor(tree, "page", page.id, page as unknown as Thing)}<ul>${page.sections.map(
        (section) =>
          html`<li>${anchor(tree, "section", section.id, section as unknown as Thing)}<ul>${section.items.map((item) => link(tree, "item", item.id, item as unknown as Thing))}${adder(tree, "item", section.id)}</ul></li>`,
      )}${adder(tree, "section", page.id)}</ul></li>`,
  )}${adder(tree, "page")}${listOf(tree, "rule")}</ul>`;
}

function link(tree: Tree, kind: Kind, id: string, thing: Thing): Html {
  return html`<li>${anchor(tree, kind, id, thing)}</li>`;
}

function anchor({ lang, code, current, marks }: Tree, kind: Kind, id: string, thing: Thing): Html {
  const t = messages[lang];
  const found = marks.get(placeName({ kind, id })) ?? [];
  const worst = found.some(({ severity }) => severity === "error") ? "error" : "warning";
  const title = thingTitle(lang, kind, id, thing);
  const here = current?.kind === kind && current.id === id;
  return html`<a class="designer-tree__thing designer-tree__thing--${kind}" href="${designerPaths.thing(code, { kind, id })}"${attributes({ "aria-current": here ? "page" : undefined, title: title.length > 60 ? title : undefined })}>${title.slice(0, 160)}${
    found.length > 0
      ? html` <span class="designer-mark designer-mark--${worst}">${icon("warning", 16)}<span class="visually-hidden">${t.findings.severity[worst]}</span></span>`
      : null
  }</a>`;
}

function adder({ lang, code }: Tree, kind: Kind, parent = ""): Html {
  const t = messages[lang];
  const query = new URLSearchParams({ loai: kind, ...(parent ? { trong: parent } : {}) }).toString();
  return html`<li><a class="govuk-link designer-tree__add" href="${designerPaths.part(code, "them")}?${query}">+ ${t.add.title(t.kinds[kind].toLowerCase())}</a></li>`;
}
