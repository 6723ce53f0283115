import { fold } from "#kit/vietnamese.ts";

/**
 * Folded words as the names found write them, the longest run first: "giay phep lai xe" → "giấy phép lái xe", not the "lại" of
 * another name. A single word that the names write in several ways stays without marks.
 */
export function withMarks(folded: string, names: readonly string[]): string {
  const written = names.map((name) => name.toLowerCase().match(/[\p{L}\p{M}\d]+/gu) ?? []);
  const plain = written.map((words) => words.map(fold));
  const wanted = folded.split(" ");
  const said: string[] = [];
  for (let at = 0; at < wanted.length; ) {
    const run = longestRun(wanted.slice(at), written, plain);
    said.push(...(run ?? [singleWord(wanted[at] ?? "", written, plain)]));
    at += run?.length ?? 1;
  }
  return said.join(" ");
}

type Names = readonly (readonly string[])[];

/** Two words or more that stand together in a name; of names that have as many, the first. */
function longestRun(wanted: readonly string[], written: Names, plain: Names): readonly string[] | undefined {
  for (let length = wanted.length; length > 1; length -= 1) {
    const run = wanted.slice(0, length).join(" ");
    for (const [index, words] of plain.entries()) {
      const start = words.findIndex((_, from) => words.slice(from, from + length).join(" ") === run);
      if (start >= 0) return written[index]?.slice(start, start + length);
    }
  }
  return undefined;
}

function singleWord(wanted: string, written: Names, plain: Names): string {
  const forms = new Set(
    plain.flatMap((words, index) => words.flatMap((word, at) => (word === wanted ? (written[index]?.[at] ?? []) : []))),
  );
  const [form] = forms;
  return forms.size === 1 && form !== undefined ? form : wanted;
}
