/**
 * What browsers load besides pages: one stylesheet, one script, fonts and the mark. Built once (Sass, esbuild) into a
 * folder under the data folder, named by the hash of its sources; every process of the machine reads it from there.
 */
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

export interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly br: Buffer | undefined;
}

const here = import.meta.dirname;
const root = path.resolve(here, "../../..");
/** `src` in a checkout, `dist` in the package. Rooms keep their own browser elements in a folder `elements`. */
const sourceRoot = path.resolve(here, "../..");
const ELEMENTS = "**/elements/*.{ts,js}";
/** Larger parts that an element loads when it is on the page; each a file of its own. */
const MODULES = "{kit/ui,province/forms,province/step-designer}/*-browser.{ts,js}";
/** What those modules are made of. */
const MODULE_PARTS = "province/{forms,step-designer/browser}/*.{ts,js}";
/** Logical name ("app.css") → name with hash ("app-1a2b3c4d.css"). */
let manifest: Readonly<Record<string, string>> = {};
const files = new Map<string, Asset>();

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  woff2: "font/woff2",
  svg: "image/svg+xml",
  png: "image/png",
  json: "application/json",
};

/** Address of an asset; without built assets (pure page tests) the logical name. */
export function assetPath(name: string): string {
  return `/assets/${manifest[name] ?? name}`;
}

export function findAsset(name: string): Asset | undefined {
  return files.get(manifest[name] ?? name);
}

/** Builds unless the same sources were built before. Safe when several processes do it at once. Answers the folder. */
export async function buildAssets(dataDir: string): Promise<string> {
  const sources = [...globSync("styles/**/*.scss", { cwd: here }), "mark.svg", "share.png"].map((name) =>
    path.join(here, name),
  );
  // The elements' imports (form rules in the browser) change the script too.
  for (const pattern of [ELEMENTS, MODULES, "kit/*.{ts,js}", "kit/ui/*.{ts,js}", MODULE_PARTS]) {
    sources.push(...globSync(pattern, { cwd: sourceRoot }).map((name) => path.join(sourceRoot, name)));
  }
  const hash = createHash("sha256").update(readFileSync(import.meta.filename));
  for (const file of sources.sort()) hash.update(path.relative(sourceRoot, file)).update(readFileSync(file));
  const folder = path.join(dataDir, "assets", hash.digest("hex").slice(0, 16));
  if (existsSync(path.join(folder, "manifest.json"))) return folder;
  const temporary = `${folder}.${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  const made: Record<string, string> = {};
  const put = (name: string, body: Buffer): string => {
    const extension = path.extname(name);
    const hashed = `${name.slice(0, -extension.length)}-${createHash("sha256").update(body).digest("hex").slice(0, 10)}${extension}`;
    writeFileSync(path.join(temporary, hashed), body);
    if (extension !== ".woff2" && extension !== ".png") {
      writeFileSync(
        path.join(temporary, `${hashed}.br`),
        brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      );
    }
    made[name] = hashed;
    return hashed;
  };
  for (const picture of ["mark.svg", "share.png"]) put(picture, readFileSync(path.join(here, picture)));
  put("app.css", Buffer.from(fontFaces(put) + (await compileStyles())));
  put("drawing.css", await drawingStyles(put));
  put("app.js", await bundleElements());
  for (const name of globSync(MODULES, { cwd: sourceRoot })) {
    put(`${path.basename(name, path.extname(name))}.js`, await bundleModule(path.join(sourceRoot, name)));
  }
  writeFileSync(path.join(temporary, "manifest.json"), JSON.stringify(made));
  try {
    renameSync(temporary, folder);
  } catch (error) {
    // Another process was first: its result is the same.
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(path.join(folder, "manifest.json"))) throw error;
  }
  return folder;
}

/** Reads built assets into memory, for serving. */
export function loadAssets(folder: string): void {
  manifest = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8")) as Record<string, string>;
  for (const name of Object.values(manifest)) {
    const file = path.join(folder, name);
    const br = `${file}.br`;
    files.set(name, {
      type: TYPES[path.extname(name).slice(1)] ?? "application/octet-stream",
      body: readFileSync(file),
      br: existsSync(br) ? readFileSync(br) : undefined,
    });
  }
}

const FACES = [
  [
    "latin",
    400,
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  ],
  [
    "vietnamese",
    400,
    "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
  ],
  [
    "latin",
    700,
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  ],
  [
    "vietnamese",
    700,
    "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
  ],
] as const;

/** Metrics of the fallback are adjusted so that nothing jumps when the font arrives. */
function fontFaces(put: (name: string, body: Buffer) => string): string {
  const require = createRequire(import.meta.url);
  const folder = path.join(path.dirname(require.resolve("@fontsource/be-vietnam-pro/package.json")), "files");
  const faces = FACES.map(([subset, weight, range]) => {
    const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    const hashed = put(name, readFileSync(path.join(folder, name)));
    return `@font-face{font-family:"Be Vietnam Pro";font-style:normal;font-weight:${weight};font-display:optional;src:url(/assets/${hashed}) format("woff2");unicode-range:${range}}`;
  });
  return faces.join("");
}

/**
 * Styles of the drawing program (bpmn-js), for the pages that draw only: an element asks for them by name. The library's
 * font of signs becomes a file of ours, since the policy takes no fonts from data addresses.
 */
async function drawingStyles(put: (name: string, body: Buffer) => string): Promise<Buffer> {
  const folder = path.join(packageRootOf("bpmn-js"), "node_modules/bpmn-js/dist/assets");
  const read = (name: string): string => readFileSync(path.join(folder, name), "utf8").replace(/^@charset[^;]*;/, "");
  const font = put("bpmn.woff2", readFileSync(path.join(folder, "bpmn-font/font/bpmn.woff2")));
  const signs = read("bpmn-font/css/bpmn.css").replace(
    /@font-face \{[^}]*\}/,
    `@font-face{font-family:"bpmn";src:url(/assets/${font}) format("woff2")}`,
  );
  const { transform } = await import("esbuild");
  const source = [read("diagram-js.css"), read("bpmn-js.css"), signs].join("\n");
  return Buffer.from((await transform(source, { loader: "css", minify: true })).code);
}

async function compileStyles(): Promise<string> {
  const { compileStringAsync } = await import("sass");
  const rooms = globSync("styles/rooms/*.scss", { cwd: here }).sort();
  const source = ['@use "app";', ...rooms.map((file) => `@use "rooms/${path.basename(file, ".scss")}";`)].join("\n");
  const result = await compileStringAsync(source, {
    loadPaths: [path.join(here, "styles"), root, packageRootOf("govuk-frontend")],
    style: "compressed",
    quietDeps: true,
    silenceDeprecations: ["import"],
  });
  return result.css;
}

/** The folder that holds node_modules: the styles name govuk-frontend by its path below it. */
function packageRootOf(name: string): string {
  const require = createRequire(import.meta.url);
  return path.resolve(path.dirname(require.resolve(`${name}/package.json`)), "../..");
}

async function bundleModule(file: string): Promise<Buffer> {
  const { build } = await import("esbuild");
  const result = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    legalComments: "none",
  });
  const output = result.outputFiles[0];
  if (!output) throw new Error("esbuild gave no output");
  return Buffer.from(output.contents);
}

async function bundleElements(): Promise<Buffer> {
  const { build } = await import("esbuild");
  const entries = globSync(ELEMENTS, { cwd: sourceRoot })
    .filter((name) => !/\.test\.[tj]s$/.test(name))
    .sort();
  const result = await build({
    stdin: {
      contents: entries.map((name) => `import "./${name}";`).join("\n"),
      resolveDir: sourceRoot,
      sourcefile: "app.ts",
      loader: "ts",
    },
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
    legalComments: "none",
  });
  const output = result.outputFiles[0];
  if (!output) throw new Error("esbuild gave no output");
  return Buffer.from(output.contents);
}
