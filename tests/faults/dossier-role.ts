/**
 * One process that does one step of a dossier, as the province's web process or worker would: the fault tests kill it in
 * the middle. Argument: the step as JSON; its answer goes to the parent as a message.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fixedClock } from "#kit/clock.ts";
import { openDatabase } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { renderPdf } from "#kit/pdf/index.ts";
import { openDemoAuthority } from "#kit/signing/index.ts";
import { attachFile, dossierSyncJobs, fileDossier, findDossier, receiveDossier } from "#province/dossiers/index.ts";
import { issueReceiptsForSettlement } from "#province/receipts/index.ts";
import { enterResult, findResultOfDossier, signResultFile } from "#province/results/index.ts";
import { citizenSub } from "#tests/support/filed-dossier.ts";

export type Step =
  | { readonly do: "attach"; readonly dossierId: string; readonly text: string }
  | { readonly do: "file"; readonly dossierId: string; readonly submissionId: string }
  | { readonly do: "sign"; readonly dossierId: string }
  | { readonly do: "sync"; readonly url: string }
  /** Receives every dossier and gives every settlement its receipt; what is done already is left alone. */
  | { readonly do: "number"; readonly dossiers: readonly ToReceive[]; readonly settlements: readonly string[] };

/** `at`: the instant of its reception, ISO 8601. */
export interface ToReceive {
  readonly id: string;
  readonly at: string;
}

const TENANT = "tayninh";
const step = JSON.parse(process.argv[2] ?? "null") as Step;
const folder = process.env["STEP_FOLDER"] ?? "";
const database = openDatabase({ url: process.env["STEP_DATABASE"] ?? "", role: "step", max: 8 });
const files = createDiskStore(join(folder, "files"));
const officer = { kind: "officer", id: "tiepnhan.tayninh", name: "Võ Thị Kim Liên" } as const;

async function attach(dossierId: string, text: string): Promise<unknown> {
  const { sha256, size } = await files.put(Buffer.from(text), { maxBytes: 1_000_000 });
  const paper = { component: "giay-chung-sinh", name: "giay.txt", mediaType: "text/plain" };
  return await attachFile(database, { tenant: TENANT, dossierId, applicantSub: citizenSub, ...paper, sha256, size });
}

function file(dossierId: string, submissionId: string): Promise<unknown> {
  const rest = {
    answers: { "child.name": "Nguyễn Gia Hân" },
    delivery: { handIn: "online", receive: "online" },
    dues: [],
  } as const;
  return fileDossier(database, {
    tenant: TENANT,
    dossierId,
    applicantSub: citizenSub,
    submissionId,
    ...rest,
    dues: [],
  });
}

async function sign(dossierId: string): Promise<unknown> {
  const db = database.forTenant(TENANT);
  const authority = await openDemoAuthority(join(folder, "keys"));
  const agency = "Sở Nông nghiệp và Phát triển nông thôn";
  let result = await findResultOfDossier(db, dossierId);
  if (!result) {
    const template = pathToFileURL(join(folder, "result.typ"));
    const bytes = renderPdf({
      template,
      data: {},
      title: "Giấy chứng nhận",
      author: agency,
      date: new Date("2026-11-20T00:00:00Z"),
    });
    const { sha256 } = await files.put(bytes, { maxBytes: 1_000_000 });
    const fields = {
      number: "1635/GCN-SNN",
      summary: "Giấy chứng nhận đủ điều kiện",
      effectiveOn: "2026-11-21",
      expiresOn: "2031-11-21",
    };
    const entered = await enterResult(db, files, {
      dossierId,
      fields,
      file: { sha256, name: "ket-qua.pdf" },
      enteredBy: "officer:1",
    });
    if (!entered.ok) throw new Error("the result was not entered");
    result = entered.result;
  }
  const leader = await authority.signer({ id: "leader", commonName: "Lê Thị Hữu", organisation: agency });
  return await signResultFile(db, files, leader, { resultId: result.id, position: "Phó Giám đốc", actor: "officer:2" });
}

async function sync(url: string): Promise<void> {
  const tenants = [{ code: TENANT, unit: "000.00.00.H53", portal: "http://localhost:8082", password: "x" }];
  await createWorker({
    database,
    log: createLog("step"),
    handlers: dossierSyncJobs({ database, url, tenants }),
  }).start();
  await new Promise(() => undefined);
}

async function receive({ id: dossierId, at }: ToReceive): Promise<void> {
  const seen = await findDossier(database, { tenant: TENANT, dossierId });
  if (!seen || seen.code) return;
  const outcome = await receiveDossier(
    database,
    { tenant: TENANT, dossierId, expectedVersion: seen.version, actor: officer },
    {
      clock: fixedClock(at),
      dueTimeOf: async (_database, _dossier, receivedAt) => ({
        at: new Date(receivedAt.getTime() + 86_400_000),
        explanation: {
          rule: { type: "working_days", days: 1 },
          lines: [{ vi: "Một ngày.", en: "One day." }],
          provisional: false,
        },
      }),
    },
  );
  if (!outcome.ok && outcome.reason !== "conflict") throw new Error(outcome.reason);
}

async function giveReceipt(settlementId: string): Promise<void> {
  await database.forTenant(TENANT).tx((tx) =>
    issueReceiptsForSettlement(tx, {
      settlementId,
      dossier: {
        id: settlementId,
        code: undefined,
        number: 1,
        procedureName: "Đăng ký khai sinh",
        applicantSub: citizenSub,
      },
      payer: { sub: citizenSub, name: "Nguyễn Văn An", address: "Khu phố 1, Bến Cầu" },
      lines: [
        {
          code: "ban-sao",
          kind: "charge",
          name: { vi: "Bản sao trích lục" },
          amount: 8_000,
          basis: "TT 281/2016/TT-BTC",
        },
      ],
      paidAt: new Date("2026-06-10T01:19:00Z"),
      agency: {
        superior: "UBND huyện Bến Cầu",
        name: "UBND thị trấn Bến Cầu",
        taxCode: "3900244068",
        address: "Bến Cầu, Tây Ninh",
      },
    }),
  );
}

async function number(dossiers: readonly ToReceive[], settlements: readonly string[]): Promise<void> {
  const work = [...dossiers.map((one) => () => receive(one)), ...settlements.map((id) => () => giveReceipt(id))];
  work.sort(() => Math.random() - 0.5);
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (let next = work.pop(); next; next = work.pop()) await next();
    }),
  );
}

async function run(): Promise<unknown> {
  switch (step.do) {
    case "attach":
      return await attach(step.dossierId, step.text);
    case "file":
      return await file(step.dossierId, step.submissionId);
    case "sign":
      return await sign(step.dossierId);
    case "sync":
      return await sync(step.url);
    case "number":
      return await number(step.dossiers, step.settlements);
  }
}

process.on("disconnect", () => process.exit(0));
const answer = await run();
process.send?.(answer ?? null, () => process.exit(0));
