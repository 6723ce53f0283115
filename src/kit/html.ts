/**
 * Auto-escaping HTML templates.
 *
 * `html` is a tagged template: each value is escaped for the place it stands in (text, quoted attribute, URL attribute).
 * Places where no escaping is safe (unquoted attributes, tag names, inside <script> and <style>) are refused when the
 * template is first used, so that a mistake is found by the first test that renders the page.
 */

/** A piece of HTML that is already safe. Only `html` and `unescapedHtml` make one. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

/** What may stand in a template: text, numbers, safe HTML, lists of these; null, undefined, false and true print nothing. */
export type HtmlValue = Html | string | number | bigint | boolean | null | undefined | readonly HtmlValue[];

type Place = "text" | "attribute" | "url";

const UNSAFE = /[&<>"']/;
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const URL_ATTRIBUTES = new Set(["href", "src", "action", "formaction", "poster", "cite", "data"]);
/** Schemes that a link of ours may have; everything else (javascript:, data:, vbscript:) becomes "#". */
const SAFE_URL = /^(?:https?:|mailto:|tel:|sms:|[/?#.]|[^:/?#]*(?:[/?#]|$))/i;

/** Escapes text for an HTML text node or a quoted attribute. */
export function escapeHtml(text: string): string {
  return UNSAFE.test(text) ? text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "") : text;
}

/** The one way to print a string without escaping: for markup that was produced by a trusted renderer (QR, charts). */
export function unescapedHtml(markup: string): Html {
  return new Html(markup);
}

/** Text of a safe piece of HTML, as sent to the browser. */
export function toText(value: Html): string {
  return value.markup;
}

const places = new WeakMap<TemplateStringsArray, readonly Place[]>();

export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let known = places.get(strings);
  if (!known) {
    known = findPlaces(strings);
    places.set(strings, known);
  }
  let out = strings[0] ?? "";
  for (let index = 0; index < values.length; index += 1) {
    out += print(values[index], known[index] ?? "text") + (strings[index + 1] ?? "");
  }
  return new Html(out);
}

function print(value: HtmlValue, place: Place): string {
  if (value instanceof Html) {
    if (place === "text") return value.markup;
    return escapeHtml(value.markup);
  }
  if (value === null || value === undefined || value === false || value === true) return "";
  if (Array.isArray(value)) {
    let out = "";
    for (const item of value as readonly HtmlValue[]) out += print(item, place);
    return out;
  }
  const text = String(value);
  return escapeHtml(place === "url" ? safeUrl(text) : text);
}

/** Browsers skip control characters and blanks inside a scheme, so they are skipped before looking at it. */
function safeUrl(text: string): string {
  return SAFE_URL.test(text.replace(/[\p{Cc}\s]/gu, "")) ? text : "#";
}

/** Walks the static parts once and names the place of each value. Throws on a place where nothing can be made safe. */
function findPlaces(strings: readonly string[]): readonly Place[] {
  const found: Place[] = [];
  let state: "text" | "tag" | "value" = "text";
  let attribute = "";
  let quote = "";
  let firstOfValue = true;
  let rawText = "";
  for (let part = 0; part < strings.length - 1; part += 1) {
    const source = strings[part] ?? "";
    for (let index = 0; index < source.length; index += 1) {
      const character = source[index] ?? "";
      if (state === "text") {
        if (character !== "<") continue;
        const tag = /^<(\/?)([a-zA-Z][\w-]*)/.exec(source.slice(index));
        if (!tag) continue;
        state = "tag";
        const name = (tag[2] ?? "").toLowerCase();
        rawText = tag[1] ? "" : name === "script" || name === "style" ? name : "";
        index += tag[0].length - 1;
      } else if (state === "tag") {
        if (character === ">") {
          state = "text";
        } else if (character === "=") {
          attribute = /([\w:-]+)\s*$/.exec(source.slice(0, index))?.[1]?.toLowerCase() ?? "";
          const next = source[index + 1];
          if (next === '"' || next === "'") {
            state = "value";
            quote = next;
            firstOfValue = true;
            index += 1;
          } else if (next === undefined) {
            throw new Error(`html: the value of attribute "${attribute}" needs quotes`);
          }
        }
      } else if (character === quote) {
        state = "tag";
      } else {
        firstOfValue = false;
      }
    }
    if (state === "text") {
      if (rawText) throw new Error(`html: no values inside <${rawText}>`);
      found.push("text");
    } else if (state === "value") {
      if (attribute.startsWith("on") || attribute === "style" || attribute === "srcdoc") {
        throw new Error(`html: no values inside attribute "${attribute}"`);
      }
      found.push(URL_ATTRIBUTES.has(attribute) && firstOfValue ? "url" : "attribute");
      firstOfValue = false;
    } else {
      // Between attributes only a prepared piece such as html` hidden` may stand: it is printed as safe HTML.
      found.push("text");
    }
  }
  return found;
}

/** `attributes({ id: "x", hidden: true, title: undefined })` → ` id="x" hidden`, escaped, for use between attributes. */
export function attributes(values: Readonly<Record<string, string | number | boolean | null | undefined>>): Html {
  let out = "";
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === false) continue;
    if (!/^[a-zA-Z][\w:-]*$/.test(name) || name.startsWith("on")) throw new Error(`html: bad attribute name "${name}"`);
    if (value === true) out += ` ${name}`;
    else {
      const text = String(value);
      out += ` ${name}="${escapeHtml(URL_ATTRIBUTES.has(name) ? safeUrl(text) : text)}"`;
    }
  }
  return new Html(out);
}
