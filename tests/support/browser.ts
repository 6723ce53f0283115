import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { type Browser, chromium } from "playwright-core";

/**
 * A real Chromium for journeys: one found on the machine, or the one inside the npm package, which we unpack ourselves
 * (by itself it reuses one fixed folder whatever its version, and lacks libnss3).
 */

const ARGS = [
  "--no-sandbox", // as root, and in containers without user namespaces
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

interface Executable {
  readonly path: string;
  /** Folder of libraries the machine may lack. */
  readonly libraries?: string;
}

/** Folder of ours that survives runs: in the user's cache, or in /tmp where the home folder cannot be written. */
function cacheFolder(): string {
  for (const folder of [
    process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
    join(tmpdir(), `motcua-${process.getuid?.() ?? 0}`),
  ]) {
    try {
      const own = join(folder, "motcua");
      mkdirSync(own, { recursive: true });
      return own;
    } catch {
      // Not ours to write: the next.
    }
  }
  throw new Error("no folder to unpack Chromium into");
}

async function unpacked(): Promise<Executable> {
  const require = createRequire(import.meta.url);
  const root = dirname(dirname(require.resolve("@sparticuz/chromium"))); // …/build/index.js
  const packed = join(root, "bin");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const home = join(cacheFolder(), `chromium-${version}`);
  const found: Executable = { path: join(home, "chromium"), libraries: join(home, "lib") };
  if (existsSync(found.path)) return found;
  const draft = `${home}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  await pipeline(
    createReadStream(join(packed, "chromium.br")),
    createBrotliDecompress(),
    createWriteStream(join(draft, "chromium"), { mode: 0o755 }),
  );
  await pipeline(
    createReadStream(join(packed, "al2023.tar.br")),
    createBrotliDecompress(),
    createWriteStream(join(draft, "libraries.tar")),
  );
  const tar = spawnSync("tar", ["-xf", join(draft, "libraries.tar"), "-C", draft, "--no-same-owner"], {
    encoding: "utf8",
  });
  if (tar.status !== 0) throw new Error(`tar: ${tar.error?.message ?? tar.stderr}`);
  rmSync(join(draft, "libraries.tar"));
  try {
    renameSync(draft, home);
  } catch (error) {
    if (!existsSync(found.path)) throw error; // else another run unpacked it meanwhile
    rmSync(draft, { recursive: true, force: true });
  }
  return found;
}

let executable: Promise<Executable> | undefined;

/** The browser's program. CHROMIUM_PATH overrides; a browser of the machine goes before the packed one. */
export function browserExecutable(): Promise<Executable> {
  executable ??= (async () => {
    const path = [process.env["CHROMIUM_PATH"], ...INSTALLED].find(
      (candidate) => candidate !== undefined && existsSync(candidate),
    );
    if (path) return { path };
    if (process.arch !== "x64") throw new Error("no Chromium found: install chromium, or name it in CHROMIUM_PATH");
    return await unpacked();
  })();
  return executable;
}

/** Starts a headless browser. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { path, libraries } = await browserExecutable();
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  if (libraries) env["LD_LIBRARY_PATH"] = [libraries, process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":");
  return await chromium.launch({ executablePath: path, args: ARGS, env });
}
