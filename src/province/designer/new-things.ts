/** What a new thing begins with, and the lasting name it gets. Pure. */
import type { Text } from "#kit/i18n.ts";
import { fold } from "#kit/vietnamese.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import { type Content, type Kind, type Thing, thingsOf } from "./content.ts";

/** Kinds that are named by letters and digits; the others by small letters and dashes. */
const CAMEL = new Set<Kind>(["section", "item", "rule"]);

/** A name that nothing of the form or the list has: from what was typed, else from the words. */
export function freshId(content: Content, kind: Kind, typed: string, name: string): string {
  const wanted = typed === "" ? fromWords(kind, name) : typed;
  const taken = takenIds(content, kind);
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const next = CAMEL.has(kind) ? `${wanted}${number}` : `${wanted}-${number}`;
    if (!taken.has(next)) return next;
  }
}

/** Is a typed name fit for the kind? */
export function isFitId(kind: Kind, id: string): boolean {
  if (kind === "result") return /^[A-Za-z][A-Za-z0-9.-]{2,60}$/.test(id);
  if (CAMEL.has(kind)) return /^[a-zA-Z][a-zA-Z0-9]{0,59}$/.test(id) && !(id in Object.prototype) && id !== "row";
  return /^[a-z][a-z0-9-]{1,59}$/.test(id);
}

function takenIds(content: Content, kind: Kind): ReadonlySet<string> {
  // Sections and items share their names: answers are kept by them.
  const kinds: readonly Kind[] = kind === "item" || kind === "section" ? ["item", "section"] : [kind];
  return new Set(kinds.flatMap((one) => thingsOf(content, one).map(({ id }) => id)));
}

function fromWords(kind: Kind, name: string): string {
  const words = fold(name)
    .replace(/[^a-z0-9 ]+/g, " ")
    .split(" ")
    .filter(Boolean)
    .slice(0, 5);
  const made = CAMEL.has(kind)
    ? words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("")
    : words.join("-");
  const lettered = /^[a-z]/.test(made) ? made : `${kind}${CAMEL.has(kind) ? "" : "-"}${made}`;
  return isFitId(kind, lettered.slice(0, 50)) ? lettered.slice(0, 50) : `${kind}${CAMEL.has(kind) ? "1" : "-1"}`;
}

/** A new thing with its name and words; the rest as its kind begins. */
export function newThing(kind: Kind, id: string, name: Text, today: string): Thing {
  switch (kind) {
    case "time":
      return { ways: ["online", "counter", "post"], rule: { type: "working_days", days: 5 } };
    case "paper":
      return { code: id, name, kind: "paper", originals: 1, copies: 0, required: true, digitise: true };
    case "fee":
      return {
        code: id,
        kind: "fee",
        name,
        amount: { type: "fixed", amount: 0 },
        validFrom: today,
        validTo: null,
        basis: "",
        collect: "on-filing",
      };
    case "basis":
      return { number: id, name };
    case "step":
      return { title: name, text: { vi: "", en: "" } };
    case "form":
      return { ...emptyForm(id, name) };
    case "page":
      return { id, title: name, sections: [] };
    case "section":
      return { id, title: name, items: [] };
    case "item":
      return { id, type: "text", label: name };
    case "rule":
      return { id, when: false, at: "", message: name };
    default:
      return { code: id, name };
  }
}

function emptyForm(id: string, title: Text): FormDefinition {
  return { id, version: 1, title, pages: [] };
}

/** A procedure from nothing: what has to be filled in is left empty, and the linter names it. */
export function newProcedure(code: string, name: Text, today: string): ProcedureDefinition {
  const empty: Text = { vi: "", en: "" };
  return {
    code,
    name,
    shortName: name,
    summary: empty,
    field: { code: "", name: empty },
    levels: ["province"],
    issuer: empty,
    decision: "",
    audience: [],
    validFrom: today,
    validTo: null,
    offers: [],
    serviceLevels: { "decree-43-2011": 2, "decree-42-2022": "information", "decree-224-2026": "information" },
    fileable: false,
    onlinePayment: false,
    timeLimits: [],
    components: [],
    notes: [],
    fees: [],
    results: [],
    legalBasis: [],
    steps: [],
    conditions: [],
  };
}
