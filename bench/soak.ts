/**
 * `motcua bench soak`: callbacks arrive at a fixed rate whatever the hub does (open loop), half from MoMo and half from
 * VNPAY; latency counts from the moment at which each was due. Afterwards the books are checked.
 */
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { checkLedger } from "#national/ledger/index.ts";
import { openDatabase } from "#kit/db.ts";
import { type CallbackProvider, startCallbackHub } from "./callback-hub.ts";

export interface Soak {
  readonly perSecond: number;
  readonly minutes: number;
}

interface Prepared {
  readonly provider: CallbackProvider;
  readonly bytes: Buffer;
}

/** Answers true when the hub is whole and every callback was answered as accepted. */
export async function soak({ perSecond, minutes }: Soak, say: (line: string) => void): Promise<boolean> {
  const total = Math.round(perSecond * 60 * minutes);
  const hub = await startCallbackHub();
  try {
    const half = Math.ceil(total / 2);
    const requests: Prepared[] = [];
    const names = { momo: (await hub.prepare("momo", half)).names, vnpay: (await hub.prepare("vnpay", half)).names };
    for (let n = 0; n < half; n += 1) {
      for (const provider of ["momo", "vnpay"] as const)
        requests.push({ provider, bytes: hub.request(provider, names[provider][n] ?? "") });
    }
    const agent = new Agent({ keepAlive: true, maxSockets: 256 });
    const latencies: number[] = [];
    let refused = 0;
    const began = performance.now();
    const running: Promise<void>[] = [];
    for (const [n, one] of requests.entries()) {
      const due = began + (n * 1_000) / perSecond;
      const ahead = due - performance.now();
      if (ahead > 1) await sleep(ahead);
      running.push(
        send(agent, hub.port, one).then((accepted) => {
          latencies.push(performance.now() - due);
          if (!accepted) refused += 1;
        }),
      );
    }
    await Promise.all(running);
    const seconds = (performance.now() - began) / 1_000;
    agent.destroy();
    latencies.sort((a, b) => a - b);
    const at = (share: number): string =>
      `${(latencies[Math.floor(share * (latencies.length - 1))] ?? Number.NaN).toFixed(0)} ms`;
    say(
      `${requests.length} callbacks in ${seconds.toFixed(1)} s (${(requests.length / seconds).toFixed(1)}/s): p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)}; not accepted ${refused}`,
    );
    const wrong = await violations(hub.place, requests.length);
    for (const line of wrong) say(`VIOLATION ${line}`);
    say(`violations ${wrong.length}`);
    return wrong.length === 0 && refused === 0;
  } finally {
    await hub.close();
  }
}

/** The prepared bytes hold a whole request; node's client wants it in parts. */
function send(agent: Agent, port: number, { bytes }: Prepared): Promise<boolean> {
  const text = bytes.toString("utf8");
  const [head = "", body = ""] = text.split("\r\n\r\n");
  const [method, path] = head.split(" ");
  const headers = body
    ? { "content-type": "application/json; charset=utf-8", "content-length": Buffer.byteLength(body) }
    : {};
  return new Promise((resolve) => {
    const call = request({ agent, host: "127.0.0.1", port, method, path, headers }, (response) => {
      let answer = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
      response.on("end", () => resolve(response.statusCode === 204 || answer.includes('"RspCode":"00"')));
    });
    call.on("error", () => resolve(false));
    call.end(body);
  });
}

/** What must be empty after so many captures: P1 to P7 as far as one hub can know. */
async function violations(
  place: Awaited<ReturnType<typeof startCallbackHub>>["place"],
  captured: number,
): Promise<string[]> {
  const rules: readonly (readonly [string, string])[] = [
    [
      "P1: settled twice",
      "select provider_transaction as what from settlement group by provider, provider_transaction having count(*) > 1",
    ],
    [
      "P1: two kept for one order",
      "select order_id as what from settlement where kept group by order_id having count(*) > 1",
    ],
    [
      "P2: captured and not settled",
      "select a.id as what from payment_attempt a left join settlement s on s.attempt_id = a.id where s.id is null limit 20",
    ],
    ["P2: number of settlements", `select count(*) as what from settlement having count(*) <> ${captured}`],
    ["P3: evidence of forgery", "select id as what from payment_evidence limit 20"],
    [
      "P13: a broken history",
      "select id as what from payment_order where payment_history_broken(id) is not null limit 20",
    ],
    ["P7: not zero", "select transaction_id as what from ledger_entry group by transaction_id having sum(amount) <> 0"],
    [
      "P11: no word to the merchant",
      `select s.order_id as what from settlement s
         left join (select key, count(*) from job where queue = 'confirm-merchant' group by key) j on j.key = s.order_id::text
       where j.count is distinct from 1 limit 20`,
    ],
  ];
  const found = await place.admin(async (client) => {
    const lines: string[] = [];
    for (const [why, sql] of rules)
      for (const row of (await client.query<{ what: string }>(sql)).rows) lines.push(`${why}: ${row.what}`);
    return lines;
  });
  const database = openDatabase({ url: place.appUrl, role: "bench", max: 1 });
  const ledger = await checkLedger(database);
  await database.close();
  for (const [what, number] of Object.entries(ledger)) if (number !== 0) found.push(`P7: ledger ${what} is ${number}`);
  return found;
}
