/** For tests: two provinces with their desks' signers, a linked filing, and officers who handle its parts. */
import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FastifyInstance } from "fastify";
import type { Database } from "#kit/db.ts";
import { demoSecrets } from "#kit/demo.ts";
import { createDiskStore } from "#kit/files.ts";
import { html } from "#kit/html.ts";
import { createSite } from "#kit/http/index.ts";
import { newId } from "#kit/ids.ts";
import { createWorker, type JobHandler } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { renderPdf } from "#kit/pdf/index.ts";
import { openSigners } from "#kit/signing/index.ts";
import {
  type Applicant,
  declineDossier,
  filePrepared,
  findDossier,
  findFilingToday,
  receiveDossier,
  recordResult,
  refuseDossier,
  returnResult,
  signResult,
} from "#province/dossiers/index.ts";
import type { Answers as FormAnswers } from "#province/forms/index.ts";
import { enterResult, signResultFile } from "#province/results/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { linkedJobs } from "./linked-jobs.ts";
import { linkedRoutes } from "./linked-routes.ts";
import { listParts } from "./linked-view.ts";

export const FATHER: Applicant = {
  sub: "01900000-0000-7000-8000-000000000101",
  name: "Nguyễn Văn An",
  identityNumber: "072090000101",
  identityKind: "cccd",
  birthDate: "1990-02-11",
  phone: "0900000101",
  email: "an.nguyen@example.vn",
};

const HOME = { detail: "12 ấp 3", area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh" };
export const FAR_HOME = { detail: "45 Phan Đình Phùng", area: "Phường Quang Trung, Thành phố Kon Tum, Tỉnh Kon Tum" };

function answersOf(more: FormAnswers): FormAnswers {
  const bornOn = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
  return {
    nycNgayCapGiayToTuyThan: "2021-05-10",
    nycNoiCapGiayToTuyThan: "Bộ Công an",
    nycNoiCuTru: HOME,
    nycLoaiCuTru: "thuongTru",
    nycQuanHe: "cha",
    nksHoTen: "Nguyễn Minh Khôi",
    nksGioiTinh: "nam",
    nksNgaySinh: bornOn,
    nksDanToc: "01",
    nksQuocTich: "VN",
    nksSinhTai: "trongNuoc",
    nksNoiSinh: HOME,
    nksQueQuan: HOME.area,
    nksLoaiKhaiSinh: "duChaMe",
    meHoTen: "Trần Thị Bình",
    meNgaySinh: "1994",
    meSoGiayToTuyThan: "072194004321",
    meDanToc: "01",
    meQuocTich: "VN",
    meCungNoiCuTru: true,
    chaDanToc: "01",
    chaQuocTich: "VN",
    ttTheo: "cha",
    ttLaChuHo: true,
    bhytNoiKham: "Trạm Y tế thị trấn Bến Cầu",
    extractCopies: 2,
    ...more,
  };
}

export interface LinkedExample {
  readonly database: Database;
  /** Lets the worker do everything that is due. */
  drain(): Promise<number>;
  /** Files the linked procedure in Tây Ninh; answers the whole's id. */
  file(more?: FormAnswers): Promise<string>;
  parts(whole: string): ReturnType<typeof listParts>;
  part(whole: string, code: string): Promise<{ id: string; tenant: string }>;
  receive(tenant: string, id: string): Promise<unknown>;
  decide(tenant: string, id: string, data?: Readonly<Record<string, string>>): Promise<void>;
  giveBack(tenant: string, id: string): ReturnType<typeof returnResult>;
  refuse(tenant: string, id: string, how: "refuse" | "decline"): Promise<unknown>;
  readonly sites: Readonly<Record<string, FastifyInstance>>;
  readonly key: string;
  readonly portals: Readonly<Record<string, string>>;
  /** Where files of both provinces lie. */
  readonly folder: string;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  close(): Promise<void>;
}

const actor = { kind: "officer", id: "7d5e0a10-0000-7000-8000-000000000001", name: "Võ Thị Kim Liên" } as const;

/** `database` is that of a furnished province. */
export async function linkedExample(database: Database): Promise<LinkedExample> {
  const folder = await mkdtemp(join(tmpdir(), "linked-"));
  const files = createDiskStore(join(folder, "files"));
  const signers = await openSigners({ dataDir: folder, demo: true });
  const clock = { now: () => new Date() };
  const log = createLog("test");
  const key = demoSecrets.linkedProvinces["kontum|tayninh"];
  const sites: Record<string, FastifyInstance> = {};
  const portals: Record<string, string> = {};
  for (const tenant of ["tayninh", "kontum"]) {
    const site = await createSite({
      name: `${tenant}-portal`,
      origin: "http://localhost:8082",
      cookie: "t",
      database,
      log,
      failurePage: ({ title }) => html`<h1>${title}</h1>`,
    });
    linkedRoutes(site, {
      database,
      files,
      clock,
      tenant,
      keyOf: (province) => (province !== tenant && ["tayninh", "kontum"].includes(province) ? key : undefined),
      peerPortalOf: (province) => portals[province],
      person: () => FATHER,
      signInPath: (back) => back,
    });
    portals[tenant] = await site.listen({ host: "127.0.0.1", port: 0 });
    sites[tenant] = site;
  }
  const handlers = linkedJobs({
    database,
    clock,
    files,
    peerOf: (_tenant, province) => ({ portal: portals[province] ?? "", key }),
    portalOf: (tenant) => portals[tenant] ?? "",
  });
  const worker = createWorker({ database, handlers, log });
  const stand = async (tenant: string, id: string) => {
    const dossier = await findDossier(database, { tenant, dossierId: id });
    assert.ok(dossier);
    return { tenant, dossierId: id, expectedVersion: dossier.version, actor };
  };
  return {
    database,
    handlers,
    sites,
    key,
    portals,
    folder: join(folder, "files"),
    drain: () => worker.drain(),
    async file(more = {}) {
      const place = { database, store: files, clock, tenant: findTenant("tayninh") };
      const offer = await findFilingToday(place, "2.000986");
      const agency = offer?.agencies.find(({ identifier }) => identifier === "000.20.31.H53");
      assert.ok(offer?.filing && agency);
      const paper = await files.put(Buffer.from("%PDF-1.4\n%EOF\n"), { maxBytes: 1_000 });
      const id = newId();
      const filed = await filePrepared(place, {
        id,
        submissionId: newId(),
        person: FATHER,
        procedure: offer.filing,
        agency: { id: agency.id, name: agency.name, identifier: agency.identifier },
        answers: answersOf(more),
        files: [
          {
            component: "birth-proof",
            name: "giay-chung-sinh.pdf",
            mediaType: "application/pdf",
            sha256: paper.sha256,
            size: paper.size,
          },
        ],
      });
      assert.ok(filed.ok, JSON.stringify(filed));
      return id;
    },
    parts: (whole) => listParts(database.forTenant("tayninh"), [whole]),
    async part(whole, code) {
      const found = (await listParts(database.forTenant("tayninh"), [whole])).find((one) => one.code === code);
      assert.ok(found);
      return { id: found.dossierId ?? found.conversation ?? "", tenant: found.province ?? "tayninh" };
    },
    async receive(tenant, id) {
      return receiveDossier(database, await stand(tenant, id));
    },
    async decide(tenant, id, data = {}) {
      const pdf = await files.put(await resultPdf(folder), { maxBytes: 1_000_000 });
      const file = { sha256: pdf.sha256, size: pdf.size, name: "ket-qua.pdf", mediaType: "application/pdf" };
      const db = database.forTenant(tenant);
      const fields = { number: "12/KS", summary: "Kết quả", effectiveOn: "2026-11-20", data };
      const entered = await enterResult(db, files, { dossierId: id, fields, file, enteredBy: "officer:test" });
      assert.ok(entered.ok, JSON.stringify(entered));
      const recorded = await recordResult(database, {
        ...(await stand(tenant, id)),
        resultId: entered.result.id,
        file,
      });
      assert.ok(recorded.ok, JSON.stringify(recorded));
      await signResultFile(db, files, await signers.person({ id: actor.id, name: actor.name, agency: "Cơ quan" }), {
        resultId: entered.result.id,
        actor: `officer:${actor.id}`,
      });
      const signed = await signResult(database, { ...(await stand(tenant, id)), file });
      assert.ok(signed.ok, JSON.stringify(signed));
    },
    async giveBack(tenant, id) {
      return returnResult(database, await stand(tenant, id));
    },
    async refuse(tenant, id, how) {
      const text = "Giấy chứng sinh ghi tên mẹ khác với tờ khai, đề nghị bệnh viện đính chính.";
      const input = { ...(await stand(tenant, id)), text };
      return how === "refuse" ? refuseDossier(database, input) : declineDossier(database, input);
    },
    async close() {
      for (const site of Object.values(sites)) await site.close();
    },
  };
}

/** A PDF without a signature. */
async function resultPdf(folder: string): Promise<Uint8Array> {
  const template = join(folder, "result.typ");
  await writeFile(template, "KẾT QUẢ\n#v(60mm)\n#align(right)[LÃNH ĐẠO CƠ QUAN]");
  const date = new Date("2026-03-02T00:00:00Z");
  return renderPdf({ template: pathToFileURL(template), data: {}, title: "Kết quả", author: "motcua", date });
}
