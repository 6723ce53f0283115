import assert from "node:assert/strict";
import { execFile, fork } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { clusterFolder, joinEmbedded, serverUser } from "#kit/postgres/index.ts";
import { newSecretId } from "#kit/ids.ts";
import { type Country, lives, startCountry } from "../support/country.ts";
import { freeFamily } from "../support/ports.ts";
import { feeState, openOrder } from "./country-order.ts";
import { press } from "./payment-street.ts";

const root = join(import.meta.dirname, "../..");
const ROLES = ["sandbox", "national-web", "national-worker", "province-web", "province-worker"];

let country: Country;

/** Waits for what must come true by itself; bounded. */
async function until(what: string, holds: () => Promise<boolean> | boolean, seconds = 60): Promise<void> {
  const limit = Date.now() + seconds * 1000;
  while (Date.now() < limit) {
    if (await Promise.resolve(holds()).catch(() => false)) return;
    await sleep(100);
  }
  assert.fail(`after ${seconds} s: ${what}\n${country.output()}`);
}

const pidOf = async (role: string): Promise<number | undefined> =>
  (await country.current()).processes.find((process) => process.role === role)?.pid;
const isReady = async (origin: string): Promise<boolean> => (await fetch(`${origin}/readyz`)).ok;

/** Starts `motcua start` where it must be refused. */
function refusedStart(env: Record<string, string>): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    const all = { ...process.env, NODE_TEST_CONTEXT: undefined, MOTCUA_CRASH: undefined, ...env };
    execFile(
      process.execPath,
      [join(root, "src/main.ts"), "start"],
      { env: all, timeout: 60_000 },
      (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, text: out + err });
      },
    );
  });
}

before(async () => {
  country = await startCountry();
});

after(() => country.stop());

describe("the supervisor", () => {
  it("runs every role as a process of its own and says which is which", async () => {
    const { processes } = await country.current();
    assert.deepEqual(processes.map(({ role }) => role).sort(), [...ROLES, "postgres"].sort());
    assert.equal(new Set(processes.map(({ pid }) => pid)).size, processes.length);
  });

  it("starts a killed role again, and it serves again", async () => {
    for (const role of ["national-web", "province-worker"]) {
      const before = await pidOf(role);
      assert.ok(before);
      process.kill(before, "SIGKILL");
      await until(`${role} has another pid`, async () => {
        const now = await pidOf(role);
        return now !== undefined && now !== before;
      });
    }
    await until("the national portal answers", () => isReady(country.document.national.origin));
  });

  it("starts a killed PostgreSQL again, and the portals find it again", async () => {
    const before = await pidOf("postgres");
    assert.ok(before);
    process.kill(before, "SIGKILL");
    await until("PostgreSQL has another pid", async () => {
      const now = await pidOf("postgres");
      return now !== undefined && now !== before;
    });
    for (const { portal } of country.document.provinces) await until("a portal answers", () => isReady(portal.origin));
  });

  it("refuses a second start on the same data, and one on taken ports, and says what to do", async () => {
    const same = await refusedStart({ PORT: String(await freeFamily()), MOTCUA_DATA: country.dataDir });
    assert.equal(same.code, 69);
    assert.match(same.text, new RegExp(`already running here: ${country.origin}, pid ${country.pid}`));
    const port = await freeFamily();
    const intruder = createServer().listen(port + 2, "127.0.0.1");
    try {
      const taken = await refusedStart({ PORT: String(port), MOTCUA_DATA: `${country.dataDir}/other` });
      assert.equal(taken.code, 69);
      assert.match(taken.text, new RegExp(`port ${port + 2} \\(the portal of Tây Ninh\\).*PORT=\\d+ npm start`));
    } finally {
      intruder.close();
    }
  });

  it("takes everything with it when it is killed outright while a citizen pays; the next start needs no help and settles the payment by itself", async () => {
    const { processes } = await country.current();
    const { dossier, order } = await openOrder(country);
    const wallet = await press(`${order}/thanh-toan`, { lan: newSecretId(), kenh: "momo" });
    assert.ok(wallet);
    // The hub's web process dies first, so that the wallet's callback finds nobody.
    const web = processes.find((process) => process.role === "national-web");
    assert.ok(web);
    process.kill(web.pid, "SIGKILL");
    const back = await press(wallet.location, { phone: "0900000101", password: "000000", otp: "000000" });
    assert.equal(back?.status, 303);
    const others = (await country.current()).processes;
    await country.kill();
    await until("every process has ended", () => [...processes, ...others].every(({ pid }) => !lives(pid)), 20);
    country = await startCountry({ dataDir: country.dataDir, port: country.port });
    for (const { portal, desk } of country.document.provinces) {
      assert.ok(await isReady(portal.origin));
      assert.ok(await isReady(desk.origin));
    }
    await until("the dossier is paid", async () => (await feeState(country, dossier)) === "paid", 60);
  });

  it("stops cleanly when asked", async () => {
    const { processes } = await country.current();
    await country.stop({ keepData: true });
    assert.deepEqual(
      processes.filter(({ pid }) => lives(pid)),
      [],
    );
    assert.match(country.output(), /Stopped\.\n$/);
    assert.doesNotMatch(country.output(), /ended \(/);
  });
});

describe("a start that is interrupted", () => {
  it("stops what it has started, soon, and leaves nothing behind", async () => {
    const port = await freeFamily();
    const dataDir = mkdtempSync(join(root, ".motcua/test/country-"));
    chmodSync(dataDir, 0o755);
    const env = { ...process.env, PORT: String(port), MOTCUA_DATA: dataDir, NODE_TEST_CONTEXT: undefined };
    // A group of its own, interrupted as a whole: that is what Ctrl-C in a terminal does.
    const child = fork(join(root, "src/main.ts"), ["start"], {
      env,
      execArgv: [],
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (printed += text));
    const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const server = join(dataDir, "pg-passwords.json");
    for (let tries = 0; tries < 300 && !existsSync(server); tries++) await sleep(50);
    await sleep(1_500);
    process.kill(-(child.pid ?? 0), "SIGINT");
    assert.equal(await gone, 0, printed);
    assert.match(printed, /Stopping …\nStopped\.\n$/);
    assert.doesNotMatch(printed, /ended \(/);
    assert.equal(joinEmbedded({ dataFolder: dataDir }), undefined);
    rmSync(clusterFolder(dataDir, serverUser()), { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
  });
});
