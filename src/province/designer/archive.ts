/** A procedure as files: a zip of `procedure.json` and `form.json`, as the folder `procedures/` holds them. Nothing in it is ever run. */
import { strToU8, zipSync } from "fflate";
import { isBomb, listEntries, unpackEntry } from "#kit/zip-file.ts";
import type { Content } from "./content.ts";
import { JSON_MOST, readPlainJson, shownJson } from "./plain-json.ts";
import { shapeProblems } from "./shape.ts";

export const ARCHIVE_MOST = 1_000_000;
const ENTRIES_MOST = 20;

/** The same content gives the same bytes. */
export function writeArchive({ definition, form }: Content): Uint8Array {
  const file = (value: unknown): Uint8Array => strToU8(`${shownJson(inOrder(value))}\n`);
  const day = { mtime: new Date(1980, 0, 1) };
  const folder = definition.code;
  const entries = {
    [`${folder}/procedure.json`]: [file({ $schema: "../procedure.schema.json", ...definition }), day] as const,
    ...(form ? { [`${folder}/form.json`]: [file(form), day] as const } : {}),
  };
  return zipSync(entries as unknown as Parameters<typeof zipSync>[0]);
}

export type ReadArchive =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly reason: "zip" }
  | { readonly ok: false; readonly reason: "json"; readonly file: string; readonly why: string }
  | {
      readonly ok: false;
      readonly reason: "shape";
      readonly problems: readonly { readonly file: string; readonly problem: string }[];
    };

/** The shape is checked before anything looks at the content; what is wrong beyond that, the linter says in the copy. */
export async function readArchive(bytes: Buffer): Promise<ReadArchive> {
  const entries = listEntries(bytes);
  if (!Array.isArray(entries) || entries.length > ENTRIES_MOST || isBomb(entries)) return { ok: false, reason: "zip" };
  const read = async (name: string): Promise<unknown> => {
    const entry = entries.find((one) => one.name === name || one.name.endsWith(`/${name}`));
    if (!entry) return undefined;
    const content = entry.unpacked > JSON_MOST * 4 ? "bomb" : await unpackEntry(bytes, entry);
    if (typeof content === "string") return new Unreadable(name, content);
    const json = readPlainJson(content.toString("utf8"));
    return json.ok ? json.value : new Unreadable(name, json.why);
  };
  const [definition, form = null] = [await read("procedure.json"), await read("form.json")];
  for (const one of [definition, form]) if (one instanceof Unreadable) return { ok: false, reason: "json", ...one };
  if (definition === undefined) return { ok: false, reason: "zip" };
  const shape = shapeProblems({ definition, form });
  const problems = [
    ...shape.definition.map((problem) => ({ file: "procedure.json", problem })),
    ...shape.form.map((problem) => ({ file: "form.json", problem })),
  ];
  if (problems.length > 0) return { ok: false, reason: "shape", problems };
  return { ok: true, content: { definition, form } as Content };
}

class Unreadable {
  readonly file: string;
  readonly why: string;
  constructor(file: string, why: string) {
    this.file = file;
    this.why = why;
  }
}

/** The database keeps no order of names: people who read the file find what says most first. */
const ORDER =
  "$schema id code number version kind type title name shortName summary label hint intro legal holder keywords field levels issuer decision audience validFrom validTo offers serviceLevels serviceLevelReason fileable onlinePayment timeLimits ways rule pauses timeText when required asked prefill derive choices value cases components notes fees amount exemptions basis collect results legalBasis steps conditions pages sections items rules at message vi en".split(
    " ",
  );
const RANK = new Map(ORDER.map((name, index) => [name, index]));

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const rank = (name: string): number => RANK.get(name) ?? ORDER.length;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(([name, one]) => [name, inOrder(one)]),
  );
}
