import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { demoProvinces, PORT_OFFSETS } from "../../kit/demo.ts";
import { AppError } from "../../kit/errors.ts";

/** The ports of the street: all must be free before anything starts, so that a start never half succeeds. */

const LOOPBACK = ["127.0.0.1", "::1"] as const;
/** Children of a killed supervisor need a moment to notice and leave. */
const WAIT_MS = 6_000;

/** Port → what listens there. */
export function streetPorts(port: number, options: { embeddedDatabase: boolean }): Map<number, string> {
  const ports = new Map<number, string>([
    [port + PORT_OFFSETS.start, "the start page"],
    [port + PORT_OFFSETS.national, "the national portal"],
    [port + PORT_OFFSETS.sandbox, "the sandbox"],
    [port + PORT_OFFSETS.smtp, "the sandbox's mail"],
  ]);
  for (const { name, portalOffset, deskOffset } of demoProvinces) {
    ports.set(port + portalOffset, `the portal of ${name}`);
    ports.set(port + deskOffset, `the desk of ${name}`);
  }
  if (options.embeddedDatabase) ports.set(port + PORT_OFFSETS.database, "PostgreSQL");
  return ports;
}

async function isFreeAt(port: number, host: string): Promise<boolean> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) =>
      server.once("error", reject).listen({ port, host, exclusive: true }, resolve),
    );
    await new Promise((resolve) => server.close(resolve));
    return true;
  } catch (error) {
    // No IPv6 on this machine: nobody can be in the way there.
    return ["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes((error as NodeJS.ErrnoException).code ?? "");
  }
}

async function isFree(port: number): Promise<boolean> {
  for (const host of LOOPBACK) if (!(await isFreeAt(port, host))) return false;
  return true;
}

/** @throws AppError unavailable naming each taken port and the way out, after waiting a little for them. */
export async function requireFreePorts(ports: ReadonlyMap<number, string>, waitMs = WAIT_MS): Promise<void> {
  const limit = Date.now() + waitMs;
  for (;;) {
    const taken: string[] = [];
    for (const [port, what] of ports) if (!(await isFree(port))) taken.push(`${port} (${what})`);
    if (taken.length === 0) return;
    if (Date.now() >= limit) {
      throw new AppError("unavailable", {
        message: `another program uses port ${taken.join(", ")}. Choose another family of ports, for example: PORT=${Math.min(...ports.keys()) + 100} npm start`,
      });
    }
    await sleep(300);
  }
}
