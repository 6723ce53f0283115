import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join, posix, resolve } from "node:path";
import { type Command, EXIT, parseOptions } from "./command.ts";

export const command: Command = {
  help: `
Usage: motcua strip

Makes dist/ from src/ for the published package (npm runs it as prepack): Node runs no .ts files below node_modules, so
types are taken out and imports are written as relative .js files. Lines keep their numbers. In a checkout only.
`,
  run: (args) => {
    parseOptions(args, {});
    const root = resolve(import.meta.dirname, "../..");
    const count = strip(join(root, "src"), join(root, "dist"));
    process.stderr.write(`dist/: ${count} files\n`);
    return Promise.resolve(EXIT.ok);
  },
};

/** `from "./x.ts"`, `import("#kit/x.ts")`, `import "./x.json"`: what leads to a file of ours. */
const SPECIFIER = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(["'])(\.{1,2}\/[^"']+|#[^"']+)\2/g;

/**
 * The JavaScript of one source file.
 * @param path from `src/`, with forward slashes
 */
export function strippedSource(path: string, source: string): string {
  const folder = posix.dirname(path);
  return stripTypeScriptTypes(source).replace(SPECIFIER, (_all, before: string, quote: string, to: string) => {
    let target = to.replace(/\.ts$/, ".js");
    if (target.startsWith("#")) {
      // package.json's "imports" point at src/, which is not published
      const relative = posix.relative(folder, target.slice(1));
      target = relative.startsWith(".") ? relative : `./${relative}`;
    }
    return `${before}${quote}${target}${quote}`;
  });
}

function strip(from: string, to: string): number {
  rmSync(to, { recursive: true, force: true });
  const paths = globSync("**/*", { cwd: from, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(from, posix.join(entry.parentPath, entry.name)))
    // Declarations of other packages' types are for the checker alone.
    .filter((path) => !path.endsWith(".test.ts") && !path.endsWith(".d.ts"));
  for (const path of paths) {
    const target = join(to, path);
    mkdirSync(dirname(target), { recursive: true });
    if (!path.endsWith(".ts")) cpSync(join(from, path), target);
    else writeFileSync(target.replace(/\.ts$/, ".js"), strippedSource(path, readFileSync(join(from, path), "utf8")));
  }
  return paths.length;
}
