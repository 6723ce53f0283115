/** For tests: a person who walks through the pages of filing without a browser. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { withProvince } from "./furnished-province.ts";
import type { Database } from "#kit/db.ts";
import type { PopulationDatabase } from "#protocols/population/index.ts";
import { CAPTCHA_ANSWER, filingExample } from "#province/dossiers/filing-example.ts";

export const PDF = Buffer.from(
  "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>\nendobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \n0000000107 00000 n \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n174\n%%EOF\n",
);

/** A person with a browser: keeps the cookie, sends forms as a browser does. */
export class Browser {
  #cookie = "";
  readonly #site: FastifyInstance;

  constructor(site: FastifyInstance) {
    this.#site = site;
  }

  async get(url: string) {
    return this.#keep(await this.#site.inject({ url, headers: this.#headers() }));
  }

  async post(url: string, fields: Record<string, string> | URLSearchParams, headers: Record<string, string> = {}) {
    const payload = new URLSearchParams(fields).toString();
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return this.#keep(
      await this.#site.inject({ method: "POST", url, payload, headers: { ...this.#headers(), ...type, ...headers } }),
    );
  }

  async upload(
    url: string,
    action: string,
    files: readonly { component: string; name: string; bytes: Buffer }[],
    headers: Record<string, string> = {},
  ) {
    const form = new FormData();
    form.append("_action", action);
    for (const file of files) form.append(`file.${file.component}`, new Blob([new Uint8Array(file.bytes)]), file.name);
    const request = new Request("http://localhost/", { method: "POST", body: form });
    const payload = Buffer.from(await request.arrayBuffer());
    const type = { "content-type": request.headers.get("content-type") ?? "" };
    return this.#keep(
      await this.#site.inject({ method: "POST", url, payload, headers: { ...this.#headers(), ...type, ...headers } }),
    );
  }

  /** A multipart form with these values and at most one file. */
  async form(
    url: string,
    fields: Readonly<Record<string, string>>,
    file?: { readonly field: string; readonly name: string; readonly bytes: Buffer },
  ) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (file) form.append(file.field, new Blob([new Uint8Array(file.bytes)]), file.name);
    const request = new Request("http://localhost/", { method: "POST", body: form });
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    return this.send("POST", url, headers, Buffer.from(await request.arrayBuffer()));
  }

  /** Any request of the page's own scripts. */
  async send(
    method: "GET" | "HEAD" | "POST" | "PATCH" | "DELETE",
    url: string,
    headers: Record<string, string> = {},
    payload?: Buffer,
  ) {
    return this.#keep(
      await this.#site.inject({
        method,
        url,
        headers: { ...this.#headers(), ...headers },
        ...(payload ? { payload } : {}),
      }),
    );
  }

  #headers() {
    return { "sec-fetch-site": "same-origin", ...(this.#cookie ? { cookie: this.#cookie } : {}) };
  }

  #keep<Answer extends { headers: Record<string, unknown> }>(answer: Answer): Answer {
    const set = answer.headers["set-cookie"];
    for (const line of Array.isArray(set) ? set : set ? [set] : []) {
      const [pair = ""] = String(line).split(";");
      if (pair.startsWith("test_portal=")) this.#cookie = pair.endsWith("=") ? "" : pair;
    }
    return answer;
  }
}

export async function withPortal(
  work: (browser: Browser, database: Database, site: FastifyInstance) => Promise<void>,
  tenant = "tayninh",
  more: { readonly population?: PopulationDatabase } = {},
) {
  await withProvince(async (database) => {
    const folder = await mkdtemp(join(tmpdir(), "filing-"));
    const { site } = await filingExample({ database, folder, tenant, ...more });
    try {
      const browser = new Browser(site);
      await browser.get("/thu/vao");
      await work(browser, database, site);
    } finally {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

export const where = (answer: { headers: Record<string, unknown> }): string => String(answer.headers["location"] ?? "");

export async function begin(browser: Browser, code = "1.001193"): Promise<string> {
  const start = await browser.get(`/thu-tuc/${code}/nop`);
  assert.equal(start.statusCode, 200, start.body);
  const agency =
    /<option value="([^"]+)"/.exec(start.body)?.[1] ?? /name="coQuan" value="([^"]+)"/.exec(start.body)?.[1] ?? "";
  const begun = await browser.post(`/thu-tuc/${code}/nop`, { coQuan: agency });
  assert.equal(begun.statusCode, 303, begun.body);
  return where(begun).split("/")[2] ?? "";
}

export const REQUESTER = {
  nycNgayCapGiayToTuyThan: "10/05/2021",
  nycNoiCapGiayToTuyThan: "Cục Cảnh sát QLHC về TTXH",
  "nycNoiCuTru.detail": "12 ấp 3",
  "nycNoiCuTru.area": "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
  nycLoaiCuTru: "thuongTru",
  nycQuanHe: "cha",
  _action: "next",
};

function recently(): string {
  const day = new Date(Date.now() - 5 * 86_400_000);
  return `${day.getUTCDate()}/${day.getUTCMonth() + 1}/${day.getUTCFullYear()}`;
}

export const CHILD = () => ({
  nksHoTen: "Nguyễn Minh Khôi",
  nksGioiTinh: "nam",
  nksNgaySinh: recently(),
  nksDanToc: "01",
  nksQuocTich: "VN",
  nksSinhTai: "trongNuoc",
  "nksNoiSinh.detail": "Trung tâm Y tế huyện Bến Cầu",
  "nksNoiSinh.area": "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
  nksQueQuan: "Xã Tiên Thuận, Huyện Bến Cầu, Tỉnh Tây Ninh",
  maGCS: "",
  _action: "next",
});

export const PARENTS = {
  nksLoaiKhaiSinh: "duChaMe",
  meHoTen: "Trần Thị Bình",
  meNgaySinh: "1992",
  meDanToc: "01",
  meQuocTich: "VN",
  meCungNoiCuTru: "yes",
  chaDanToc: "01",
  chaQuocTich: "VN",
  extractCopies: "2",
  _action: "next",
};

export async function fillIn(browser: Browser, id: string): Promise<void> {
  const first = await browser.post(`/ho-so/${id}/ke-khai/nguoi-yeu-cau`, REQUESTER);
  assert.equal(where(first), `/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, first.body);
  const second = await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD());
  assert.equal(where(second), `/ho-so/${id}/ke-khai/cha-me`, second.body);
  const third = await browser.post(`/ho-so/${id}/ke-khai/cha-me`, PARENTS);
  assert.equal(where(third), `/ho-so/${id}/giay-to`, third.body);
  const papers = await browser.upload(`/ho-so/${id}/giay-to`, "next", [
    { component: "birth-proof", name: "giấy chứng sinh.pdf", bytes: PDF },
  ]);
  assert.equal(where(papers), `/ho-so/${id}/nhan-ket-qua`, papers.body);
  const delivery = await browser.post(`/ho-so/${id}/nhan-ket-qua`, {
    deliveryHandIn: "online",
    deliveryReceive: "online",
    _action: "next",
  });
  assert.equal(where(delivery), `/ho-so/${id}/kiem-tra`, delivery.body);
}

export function sendFields(page: string): Record<string, string> {
  const value = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
  return {
    submissionId: value("submissionId"),
    files: value("files"),
    captchaToken: value("captchaToken"),
    captcha: CAPTCHA_ANSWER,
  };
}
