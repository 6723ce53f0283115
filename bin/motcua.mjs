#!/usr/bin/env node
// The door of the `motcua` command: plain JavaScript for any Node from 20 on, with nothing installed. It installs the
// packages of a checkout when they are missing or out of date, then runs the program with the Node that it needs.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NEEDS = [24, 7]; // argon2 in node:crypto, --test-isolation, .ts files run as they are
const UNAVAILABLE = 69; // EX_UNAVAILABLE of sysexits.h, as in `motcua --help`

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const checkout = existsSync(join(root, "src/main.ts"));

function fail(message) {
  process.stderr.write(`motcua: ${message}\n`);
  process.exit(UNAVAILABLE);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** True when node_modules holds what the lock file asks for; packages for development may be left out. */
function installedAsLocked(lock) {
  const installed = readJson(join(root, "node_modules/.package-lock.json"))?.packages;
  if (!installed) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed[path];
    return found
      ? found.version === wanted.version
      : Boolean(wanted.optional || wanted.dev || wanted.devOptional || wanted.peer);
  });
}

function install() {
  const lockText = readFileSync(join(root, "package-lock.json"));
  const stamp = join(root, "node_modules/.motcua-lock");
  const hash = createHash("sha256").update(lockText).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  if (!installedAsLocked(JSON.parse(lockText.toString()))) {
    process.stderr.write("motcua: installing packages (npm ci), once …\n");
    const npm = process.env.npm_execpath;
    const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    const options = { cwd: root, stdio: ["ignore", 2, 2] };
    const run =
      npm && basename(npm).startsWith("npm")
        ? spawnSync(process.execPath, [npm, ...args], options)
        : spawnSync("npm", args, options);
    if (run.error) fail(`npm could not be run (${run.error.message}); run "npm ci" in ${root}`);
    if (run.status !== 0) fail(`"npm ci" in ${root} ended with ${run.signal ?? run.status}; see its message above`);
  }
  try {
    writeFileSync(stamp, hash);
  } catch {
    // Installed by another user and not ours to write: the comparison above is made again next time.
  }
}

/** The Node that runs the program: the one from the npm package, else this one if it is new enough. */
function findNode() {
  const require = createRequire(join(root, "package.json"));
  try {
    const packaged = join(
      dirname(require.resolve(`node-${process.platform}-${process.arch}/package.json`)),
      "bin/node",
    );
    if (existsSync(packaged)) return packaged;
  } catch {
    // No such package for this platform.
  }
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NEEDS[0] || (major === NEEDS[0] && minor >= NEEDS[1])) return process.execPath;
  return fail(
    `needs Node ${NEEDS.join(".")} or newer; this is ${process.versions.node}, and no packaged Node is installed for ` +
      `${process.platform}-${process.arch}. Install Node 24 (https://nodejs.org) and try again.`,
  );
}

if (checkout) install();
const entry = checkout ? join(root, "src/main.ts") : join(root, "dist/main.js");
// Compiled code is kept between starts: a third less work for each of the processes.
const env = checkout ? { NODE_COMPILE_CACHE: join(root, ".motcua/compile-cache"), ...process.env } : process.env;
const child = spawn(findNode(), ["--disable-warning=ExperimentalWarning", entry, ...process.argv.slice(2)], {
  // The channel tells the program that this process is gone, however it ended.
  stdio: ["inherit", "inherit", "inherit", "ipc"],
  env,
});
child.on("error", (error) => fail(`the program could not be started: ${error.message}`));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
if (process.env.npm_lifecycle_event) {
  // npm killed outright cannot pass a signal on, but it is our parent.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.connected && child.disconnect(), 500).unref();
}
child.on("exit", (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  // End as the program ended, so that a shell sees the same.
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});
