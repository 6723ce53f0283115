import { type Condition, FACTS } from "./process.ts";

/**
 * A condition of the subset, `fact = "word"` or `fact != "word"`, as BPMN editors write expressions: with or without `${…}`,
 * with `==` or `=`, either quote. Undefined for anything else. Pure.
 */
export function readCondition(text: string): Condition | undefined {
  const inner = /^\$\{(.*)\}$/s.exec(text.trim())?.[1] ?? text.trim();
  const found = /^\s*([a-z]+)\s*(==|=|!=)\s*(["']?)([a-z-]{1,40})\3\s*$/.exec(inner);
  const fact = FACTS.find((one) => one === found?.[1]);
  const value = found?.[4];
  return fact && value && WORDS[fact].includes(value) ? { fact, is: found[2] !== "!=", value } : undefined;
}

/** Every word that a fact can be. */
export const WORDS: { readonly [fact in (typeof FACTS)[number]]: readonly string[] } = {
  channel: ["national-portal", "provincial-portal", "app", "counter", "post"],
  fee: ["none", "due", "paid"],
  receive: ["online", "home", "desk", "post"],
  /** of the opinion that ended last */
  opinion: ["none", "given", "overdue"],
  supplemented: ["yes", "no"],
};
