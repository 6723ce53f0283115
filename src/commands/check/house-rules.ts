import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Verdict } from "./tools.ts";

/** Rules of the house that no bought tool knows: names of files, their length, and where SQL may stand. */

const LINES_MAX = 400;
const NO_NOUN = /(^|\/)(utils?|helpers?|common|misc|shared|lib)(\/|\.[a-z]+$)/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(db|test|d))*\.ts$/;
const SQL_HOME = /-(store|view)\.ts$|\.test\.ts$|^(tests|bench)\//;

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What is wrong with one file, and what to do. */
export function houseRuleFindings({ path, text }: SourceFile): string[] {
  const found: string[] = [];
  const lines = text.split("\n").length - 1;
  if (lines > LINES_MAX) found.push(`${path} has ${lines} lines: split it by role (at most ${LINES_MAX})`);
  if (NO_NOUN.test(path)) found.push(`${path} has no noun: name it after the thing it is`);
  if (!KEBAB.test(path.split("/").at(-1) ?? "")) found.push(`${path}: file names are kebab-case`);
  if (
    !SQL_HOME.test(path) &&
    path !== "src/kit/db.ts" &&
    /\b(?:statement|oncePlanned)(<[^()]*>)?\(\s*["'`]/.test(text)
  ) {
    found.push(`${path} has SQL: put statements into a *-store.ts or *-view.ts`);
  }
  return found;
}

export async function checkHouseRules(root: string): Promise<Verdict> {
  const paths = globSync("{src,tests,bench}/**/*.ts", { cwd: root }).sort();
  const found = paths.flatMap((path) => houseRuleFindings({ path, text: readFileSync(join(root, path), "utf8") }));
  if (found.length > 0)
    return { ok: false, line: `${found.length} findings`, details: found.map((line) => `  ${line}`).join("\n") };
  return { ok: true, line: `${paths.length} files`, details: "" };
}
