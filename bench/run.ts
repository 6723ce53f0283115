/** `motcua bench`: the workloads one after the other, each against its limit. */
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { compete, type Contest, type Result, table } from "./harness.ts";

const CONTESTS: Readonly<Record<string, () => Promise<Contest | Contest[]>>> = {
  "procedure-page": async () => (await import("./procedure-page.ts")).procedurePage(),
  submit: async () => (await import("./submit.ts")).submit(),
  "momo-callback": async () => (await import("./payment-callback.ts")).paymentCallback("momo"),
  "catalogue-search": async () => (await import("./catalogue-search.ts")).catalogueSearch(),
  reconciliation: async () => (await import("./reconciliation.ts")).reconciliation(),
  inbox: async () => (await import("./inbox.ts")).inbox(Number(values.rows ?? 300_000)),
  "form-validation": async () => (await import("./forms.ts")).formValidation(),
  "form-page-300": async () => (await import("./forms.ts")).formPage300(),
  "vnpay-callback": async () => (await import("./payment-callback.ts")).paymentCallback("vnpay"),
};

const { values, positionals } = parseArgs({
  options: {
    json: { type: "string" },
    rounds: { type: "string" },
    rows: { type: "string" },
    only: { type: "string", multiple: true },
    minutes: { type: "string" },
    rate: { type: "string" },
  },
  allowPositionals: true,
});
if (positionals[0] === "soak") {
  const { soak } = await import("./soak.ts");
  const whole = await soak({ perSecond: Number(values.rate ?? 50), minutes: Number(values.minutes ?? 1) }, (line) =>
    process.stdout.write(`${line}\n`),
  );
  process.exit(whole ? 0 : 1);
}
if (positionals[0] === "bulk") {
  const { bulkFiling } = await import("./bulk.ts");
  process.exit((await bulkFiling((line) => process.stdout.write(`${line}\n`))) ? 0 : 1);
}
if (positionals[0] === "pages") {
  const { pageVitals } = await import("./page-vitals.ts");
  process.exit((await pageVitals((line) => process.stdout.write(`${line}\n`))) ? 0 : 1);
}
const rounds = Number(values.rounds ?? 3);
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write("motcua bench: --rounds is a whole number from 1\n");
  process.exit(2);
}
const names = values.only ?? Object.keys(CONTESTS);
const results: Result[] = [];
for (const name of names) {
  const make = CONTESTS[name];
  if (!make) {
    process.stderr.write(
      `motcua bench: there is no workload "${name}"; there are ${Object.keys(CONTESTS).join(", ")}\n`,
    );
    process.exit(2);
  }
  for (const contest of [await make()].flat())
    results.push(await compete(contest, rounds, (line) => process.stderr.write(`${line}\n`)));
}
process.stdout.write(`${table(results)}\n`);
if (values.json) {
  const machine = {
    cores: availableParallelism(),
    model: cpus()[0]?.model ?? "",
    memoryBytes: totalmem(),
    node: process.version,
  };
  writeFileSync(
    values.json,
    `${JSON.stringify({ at: new Date().toISOString(), machine, rounds, results }, null, 2)}\n`,
  );
}
process.exit(0);
