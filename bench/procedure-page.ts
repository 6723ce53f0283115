import { fork } from "node:child_process";
import { join } from "node:path";
import { startCountry } from "#tests/support/country.ts";
import type { Contest } from "./harness.ts";
import { requestsPerSecond } from "./http-load.ts";

const LOAD = { connections: 16, ms: 3_000 };

/** A procedure's page as a browser asks for it (brotli), against node:http with a constant body of as many bytes. */
export async function procedurePage(): Promise<Contest> {
  const country = await startCountry({ env: { LOG_LEVEL: "warn" } });
  const portal = country.document.provinces[0]?.portal.origin ?? "";
  const page = new URL("/thu-tuc/1.001193", portal);
  const size = await bytesOnTheWire(page);
  const constant = fork(join(import.meta.dirname, "constant-server.ts"), [String(size)], { execArgv: [] });
  const port = await new Promise<number>((resolve, reject) => {
    constant.once("message", (message) => resolve(Number(message)));
    constant.once("error", reject);
  });
  return {
    name: "procedure page",
    unit: "pages",
    limitName: `node:http, constant body of ${size} bytes`,
    limit: () => requestsPerSecond(new URL(`http://127.0.0.1:${port}/`), LOAD),
    workload: () => requestsPerSecond(page, LOAD),
    close: async () => {
      constant.disconnect();
      await country.stop();
    },
  };
}

async function bytesOnTheWire(url: URL): Promise<number> {
  const answer = await fetch(url, { method: "HEAD", headers: { accept: "text/html", "accept-encoding": "br" } });
  const length = Number(answer.headers.get("content-length"));
  if (!answer.ok || !Number.isInteger(length) || length <= 0)
    throw new Error(`${url.href} answers ${answer.status} without a length`);
  return length;
}
