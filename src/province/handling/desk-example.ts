/** For tests: a province's desk with its officers, and a filed dossier with papers. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FastifyInstance } from "fastify";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { demoOfficers, demoSecrets } from "#kit/demo.ts";
import { type BlobStore, createDiskStore } from "#kit/files.ts";
import { createSite } from "#kit/http/index.ts";
import { newSecretId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { renderPdf } from "#kit/pdf/index.ts";
import { openSigners, type SignerSource } from "#kit/signing/index.ts";
import { failureBody } from "#kit/ui/index.ts";
import { accountingRoutes } from "#province/accounting/index.ts";
import { reconciliationRoutes } from "#province/reconciliation/index.ts";
import { createDeskShell, deskTheme } from "#province/desk/index.ts";
import {
  attachFile,
  type Delivery,
  type DossierDue,
  type DossierProcedure,
  fileDossier,
  startDraft,
} from "#province/dossiers/index.ts";
import { holidayRoutes } from "#province/holidays/index.ts";
import { inboxRoutes, orderRoutes } from "#province/inbox/index.ts";
import { codeAt, createOfficerOf, signInRoutes } from "#province/officers/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import type { HandlingDeps } from "./handling.ts";
import { createDeskActs } from "./desk-acts.ts";
import { handlingRoutes } from "./index.ts";

export interface DeskExample {
  readonly site: FastifyInstance;
  readonly files: BlobStore;
  readonly signers: SignerSource;
  /** For routes of rooms that stand on handling. */
  readonly handling: HandlingDeps;
  /** Where files of the tests lie. */
  readonly folder: string;
  /** The cookie of a signed-in officer. */
  signIn(username: string): Promise<string>;
}

const dataKey = demoSecrets.dataKeys.province;

/** Keys take a second to make: one folder for all tests of a process. */
let keys: Promise<{ folder: string; signers: SignerSource }> | undefined;

function openKeys() {
  keys ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), "motcua-desk-"));
    return { folder, signers: await openSigners({ dataDir: folder, demo: true }) };
  })();
  return keys;
}

/** `database` is that of a furnished province (tests/support/furnished-province.ts). */
export async function deskExample(
  database: Database,
  options: { readonly origin?: string; readonly province?: string; readonly clock?: Clock } & Pick<
    HandlingDeps,
    "renderSlip"
  > = {},
): Promise<DeskExample> {
  const tenant = findTenant(options.province ?? "tayninh");
  const origin = options.origin ?? "http://localhost:8083";
  const { folder, signers } = await openKeys();
  const shell = createDeskShell(tenant);
  const files = createDiskStore(join(folder, "files"));
  const site = await createSite({
    name: `${tenant.code}-desk`,
    origin,
    cookie: "test_desk",
    database,
    log: createLog("test"),
    theme: deskTheme(tenant),
    failurePage: (view) => shell({ lang: view.lang, title: view.title, width: "narrow", body: failureBody(view) }),
  });
  const clock = options.clock ?? { now: () => new Date() };
  const officerOf = createOfficerOf({ tenant: tenant.code, database, shell });
  signInRoutes(site, { tenant: tenant.code, database, shell, dataKey, clock });
  accountingRoutes(site, { tenant, database, shell, officerOf, clock });
  reconciliationRoutes(site, { tenant, database, shell, officerOf, partner: "DVCQG_TAYNINH" });
  holidayRoutes(site, { tenant, database, shell, officerOf, clock });
  const handling: HandlingDeps = {
    tenant,
    database,
    files,
    shell,
    officerOf,
    dataKey,
    clock,
    portalOrigin: "http://localhost:8082",
    ...(options.renderSlip ? { renderSlip: options.renderSlip } : {}),
    signers: {
      officer: ({ id, name }, agency) => signers.person({ id, name, agency: agency.name.vi }),
      seal: ({ id, name }) => signers.seal({ id, name: name.vi }),
    },
  };
  handlingRoutes(site, handling);
  inboxRoutes(site, { tenant, database, shell, officerOf, acts: createDeskActs(handling), clock });
  orderRoutes(site, { tenant, database, shell, officerOf, clock });
  return { site, handling, folder, files, signers, signIn: (username) => signIn(site, origin, username, clock) };
}

async function signIn(site: FastifyInstance, origin: string, username: string, clock: Clock): Promise<string> {
  const officer = demoOfficers.find((one) => one.username === username);
  if (!officer) throw new Error(`no demo officer ${username}`);
  const post = (url: string, values: Record<string, string>, cookie = "") =>
    site.inject({
      method: "POST",
      url,
      headers: { origin, cookie, "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams(values).toString(),
    });
  const cookieOf = (answer: Awaited<ReturnType<typeof post>>) =>
    answer.cookies.map((one) => `${one.name}=${one.value}`).join("; ");
  const first = await post("/dang-nhap", { username, password: officer.password });
  const second = await post(
    "/dang-nhap/ma-xac-thuc",
    { code: codeAt(officer.totpSecret, clock.now()) },
    cookieOf(first),
  );
  if (second.statusCode !== 303) throw new Error(`sign-in answered ${second.statusCode}`);
  return cookieOf(second);
}

/** A PDF without a signature. */
export async function samplePdf(words: string): Promise<Uint8Array> {
  const { folder } = await openKeys();
  const template = join(folder, "sample.typ");
  await writeFile(
    template,
    '#let data = json("/data.json")\n#set text(lang: "vi")\n#data.words\n#v(60mm)\n#align(right)[LÃNH ĐẠO CƠ QUAN]',
  );
  return renderPdf({
    template: pathToFileURL(template),
    data: { words },
    title: words,
    author: "motcua",
    date: new Date("2026-03-02T00:00:00Z"),
  });
}

/** A picture of one pixel. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==",
  "base64",
);

/** A birth registration filed at thị trấn Bến Cầu with a PDF and a photo. */
export async function aDossierAtTheDesk(
  database: Database,
  files: BlobStore,
  options: {
    readonly dues?: readonly DossierDue[];
    readonly name?: string;
    readonly applicantSub?: string;
    /** Another procedure of the commune, whose form is not judged here. */
    readonly procedure?: DossierProcedure;
    readonly delivery?: Delivery;
  } = {},
): Promise<{ readonly id: string; readonly applicantSub: string }> {
  const tenant = "tayninh";
  const applicantSub = options.applicantSub ?? newSecretId();
  const name = options.name ?? "Nguyễn Văn An";
  const started = await startDraft(database, {
    tenant,
    procedure: options.procedure ?? {
      code: "1.001193",
      version: 1,
      name: { vi: "Thủ tục đăng ký khai sinh", en: "Birth registration" },
      fieldCode: "HT",
      fieldName: { vi: "Hộ tịch", en: "Civil status" },
    },
    agency: { id: "xa-25681", name: "Ủy ban nhân dân thị trấn Bến Cầu", identifier: "000.20.31.H53" },
    channel: "provincial-portal",
    applicant: {
      sub: applicantSub,
      name,
      identityNumber: "072090000101",
      identityKind: "cccd",
      birthDate: "1990-02-11",
      phone: "0900000101",
      email: "an.nguyen@example.vn",
      address: "12 Đường 30 Tháng 4, Phường 1, Thành phố Tây Ninh",
    },
    prefill: {},
  });
  if (!started.ok) throw new Error(started.reason);
  const key = { tenant, dossierId: started.dossierId, applicantSub };
  const papers = [
    { name: "giay-chung-sinh.pdf", bytes: await samplePdf("Giấy chứng sinh"), mediaType: "application/pdf" },
    { name: "anh-can-cuoc.png", bytes: PNG, mediaType: "image/png" },
  ];
  for (const { name: fileName, bytes, mediaType } of papers) {
    const { sha256, size } = await files.put(bytes, { maxBytes: 1_000_000 });
    const attached = await attachFile(database, {
      ...key,
      component: "giay-chung-sinh",
      name: fileName,
      sha256,
      size,
      mediaType,
    });
    if (!attached.ok) throw new Error(attached.reason);
  }
  const filed = await fileDossier(database, {
    ...key,
    submissionId: newSecretId(),
    answers: { nksHoTen: "Nguyễn Gia Hân", nksGioiTinh: "nu", nksNgaySinh: "2026-02-20" },
    delivery: options.delivery ?? { handIn: "online", receive: "online" },
    dues: [...(options.dues ?? [])],
    holderName: "Nguyễn Gia Hân",
  });
  if (!filed.ok) throw new Error(filed.reason);
  return { id: started.dossierId, applicantSub };
}
