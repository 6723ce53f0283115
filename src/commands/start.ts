import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "../kit/config.ts";
import { type Command, EXIT, parseOptions, UsageError } from "./command.ts";
import { isRole, ROLE_NAMES } from "./roles.ts";
import { requireProduction } from "./start/production.ts";
import { runRole } from "./start/run-role.ts";
import { type Street, startStreet } from "./start/supervisor.ts";

export const command: Command = {
  help: `
Usage: motcua start [--role ROLE] [--production]

Without options: the whole street on this machine, for trying and for development. Starts PostgreSQL (inside the
checkout unless DATABASE_URL_NATIONAL and DATABASE_URL_PROVINCE are set), applies migrations, loads the demo data, and
runs every role as a process of its own, started again when it dies. Prints the addresses. Listens on loopback only.

  PORT=8080        the start page; the systems follow: +1 national portal, +2 +3 portal and desk of Tây Ninh,
                   +4 +5 of Kon Tum, +6 sandbox, +7 its mail, +9 PostgreSQL
  MOTCUA_DATA      folder for the database, files and keys (default .motcua in the checkout)
  --role ROLE      one role only, as a process to be supervised from outside. Roles: ${ROLE_NAMES.join(", ")}
  --production     no demo data, no sandbox. Checks that everything it needs is set and nothing is a demo's, says what is
                   wrong (exit code 78), then starts the roles. It needs:
                     DATABASE_URL_NATIONAL, DATABASE_URL_PROVINCE   application roles; they own nothing, no BYPASSRLS
                     MIGRATE_URL_NATIONAL, MIGRATE_URL_PROVINCE     owners of the tables, for motcua migrate
                     ORIGIN_NATIONAL, ORIGINS_PROVINCES             https origins, "tayninh=https://portal,https://desk;…"
                     MOTCUA_SECRETS, MOTCUA_SERVICES                JSON files: keys shared with others, services outside
                     MOTCUA_DATA                                    folder for files and keys
                   docs/operations/production.md explains each. Run "motcua migrate" and "motcua seed" before.

Stops on Ctrl-C or SIGTERM: requests and jobs in hand may end, the database goes last. After a kill -9 the next start
needs no help.
`,
  run: async (args) => {
    const { values } = parseOptions(args, { role: { type: "string" }, production: { type: "boolean" } });
    if (values.production) process.env["MOTCUA_MODE"] = "production";
    const production = process.env["MOTCUA_MODE"] === "production";
    if (values.role !== undefined) {
      if (!isRole(values.role))
        throw new UsageError(`there is no role "${values.role}"; roles are ${ROLE_NAMES.join(", ")}`);
      if (production) await requireProduction(values.role);
      return await runRole(values.role, loadConfig());
    }
    if (production) await requireProduction();
    return await runStreet();
  },
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** A second Ctrl-C within this time is the same one, passed on by npm or the door as well. */
const SAME_SIGNAL_MS = 1_000;

async function runStreet(): Promise<number> {
  const began = performance.now();
  let street: Street | undefined;
  let stopping: Promise<void> | undefined;
  let askedAt = 0;
  const giveUp = new AbortController();
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const stop = (why: string): void => {
    if (askedAt > 0) {
      // Asked again on purpose: leave at once; the watchdogs of PostgreSQL and of the roles end them.
      if (why !== "orphan" && Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(EXIT.failed);
      return;
    }
    askedAt = Date.now();
    if (why !== "orphan") say("Stopping …");
    if (street) stopping = street.stop().finally(finish);
    else giveUp.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop(signal));
  process.on("disconnect", () => stop("orphan"));
  // Output may go to a closed terminal; that must not end the street in disorder.
  process.stdout.on("error", () => undefined);

  say("Starting: database, migrations, demo data, roles …");
  try {
    street = await startStreet(say, giveUp.signal);
    // Asked in the very last moment of starting.
    if (giveUp.signal.aborted) stopping = street.stop().finally(finish);
    else printAddresses(street, (performance.now() - began) / 1000);
    await finished;
    await stopping;
  } catch (error) {
    if (!giveUp.signal.aborted) throw error;
  }
  say("Stopped.");
  // Handles of libraries must not hold a stopped street.
  await Promise.race([new Promise((resolve) => process.stdout.write("", resolve)), sleep(200)]);
  process.exit(EXIT.ok);
}

function printAddresses(street: Street, seconds: number): void {
  const { origins, dataDir, demo } = street.config;
  const rows: [string, string][] = [
    ...(demo
      ? ([["Start page", `${origins.start}   systems, demo accounts, SMS and mail`]] as [string, string][])
      : []),
    ["National portal", origins.national],
    ...origins.provinces.flatMap(({ name, portal, desk }): [string, string][] => [
      [`${name}, portal`, portal],
      [`${name}, desk`, desk],
    ]),
    ...(origins.sandbox ? ([["Sandbox", origins.sandbox]] as [string, string][]) : []),
  ];
  say(`Ready in ${seconds.toFixed(1)} s.\n`);
  for (const [name, address] of rows) say(`  ${name.padEnd(18)} ${address}`);
  say(
    `\n  Processes          ${street
      .processes()
      .map(({ role, pid }) => `${role} ${pid}`)
      .join(" · ")}`,
  );
  say(`  Data and logs      ${dataDir}`);
  say("\nCtrl-C stops.");
}
