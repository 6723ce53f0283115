/** Which facts a form (or a page of it) looks at: nothing else is asked of a database about a person. */
import type { FormDefinition, FormPage } from "./form.ts";

/** Names that begin with `kind.`, wherever they stand: preset, worked out or in a condition. Each once. */
export function factsUsed(part: FormDefinition | FormPage, kind: "population" | "result"): readonly string[] {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node === "string") {
      if (node.startsWith(`${kind}.`)) found.add(node);
    } else if (Array.isArray(node)) node.forEach(walk);
    else if (typeof node === "object" && node !== null) {
      for (const [key, value] of Object.entries(node)) if (!WORDS.has(key)) walk(value);
    }
  };
  walk(part);
  return [...found];
}

const WORDS = new Set(["label", "hint", "title", "intro", "purpose", "message", "legal", "choices"]);
