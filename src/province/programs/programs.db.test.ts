import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { createDiskStore } from "#kit/files.ts";
import { html } from "#kit/html.ts";
import { createSite } from "#kit/http/index.ts";
import { createLog } from "#kit/log.ts";
import { findDossier } from "#province/dossiers/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { PDF } from "#tests/support/filing-walk.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { createClient, revokeClient } from "./access.ts";
import { programRoutes } from "./program-routes.ts";

const area = "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh";
const OWNER = {
  name: "Nguyễn Văn An",
  identityNumber: "072090001234",
  identityKind: "cccd" as const,
  birthDate: "1990-02-11",
  phone: "0869123603",
};
const ANSWERS = {
  nycNgayCapGiayToTuyThan: "2021-05-10",
  nycNoiCapGiayToTuyThan: "Bộ Công an",
  nycLoaiCuTru: "thuongTru",
  nycNoiCuTru: { detail: "12 ấp 3", area },
  nycQuanHe: "cha",
  nksHoTen: "Nguyễn Minh Khôi",
  nksGioiTinh: "nam",
  nksNgaySinh: new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10),
  nksDanToc: "01",
  nksSinhTai: "trongNuoc",
  nksNoiSinh: { detail: "Trung tâm Y tế huyện Bến Cầu", area },
  nksQueQuan: area,
  nksLoaiKhaiSinh: "duChaMe",
  meHoTen: "Trần Thị Bình",
  meNgaySinh: "1992",
  meDanToc: "01",
  meCungNoiCuTru: true,
  chaDanToc: "01",
  extractCopies: 2,
};

type Json = Record<string, unknown> & { readonly errors?: readonly { pointer: string; reason: string }[] };

test("a program files for its owner: token, papers, pointed errors, one dossier per key, nothing of others", async () => {
  await withProvince(async (database) => {
    const folder = await mkdtemp(join(tmpdir(), "programs-"));
    const tenant = findTenant("tayninh");
    const site = await createSite({
      name: "tayninh-portal",
      origin: "http://localhost:8082",
      cookie: "test_portal",
      log: createLog("test"),
      failurePage: () => html`<p>?</p>`,
    });
    const place = { database, tenant, clock: systemClock, secret: "0123456789abcdef0123456789abcdef" };
    programRoutes(site, { ...place, store: createDiskStore(folder), origin: "http://localhost:8082" });
    const call = async (method: "GET" | "POST", url: string, body?: unknown, headers: Record<string, string> = {}) => {
      const answer = await site.inject({ method, url, headers, ...(body ? { payload: body as object } : {}) });
      return { status: answer.statusCode, type: String(answer.headers["content-type"]), body: answer.json<Json>() };
    };
    const enter = async (scopes: Parameters<typeof createClient>[1]["scopes"]) => {
      const client = await createClient(place, { name: "Cổng nhân sự", owner: OWNER, scopes, actor: "officer:1" });
      const grant = { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret };
      const { status, body } = await call("POST", "/api/v1/token", grant);
      assert.equal(status, 200);
      return { ...client, bearer: { authorization: `Bearer ${String(body["access_token"])}` } };
    };
    try {
      const program = await enter(["dossiers:write", "dossiers:read", "files:write"]);
      const wrongSecret = { grant_type: "client_credentials", client_id: program.id, client_secret: "x" };
      assert.equal((await call("POST", "/api/v1/token", wrongSecret)).status, 401);

      const procedure = (await call("GET", "/api/v1/procedures/1.001193")).body;
      const agencies = procedure["agencies"] as readonly { readonly id: string; readonly name: string }[];
      const agency = agencies.find(({ name }) => name.includes("thị trấn Bến Cầu")) ?? assert.fail();
      const base = { procedure: "1.001193", version: procedure["version"], agency: agency.id };
      const file = (body: unknown, key: string, more = program.bearer) =>
        call("POST", "/api/v1/dossiers", body, { ...more, "idempotency-key": key });

      const strange = await file({ ...base, answers: [], extra: 1 }, "key-000001");
      assert.equal(strange.status, 422);
      assert.match(strange.type, /application\/problem\+json/);
      assert.deepEqual(strange.body.errors?.map(({ pointer }) => pointer).sort(), ["/answers", "/extra"]);

      const wrong = { ...ANSWERS, meSoGiayToTuyThan: "07909012345", nksGioiTinh: 7, misspelt: "x" };
      const refused = await file({ ...base, answers: wrong }, "key-000001");
      assert.equal(refused.status, 422);
      const pointers = refused.body.errors?.map(({ pointer }) => pointer) ?? [];
      for (const pointer of ["/answers/misspelt", "/answers/nksGioiTinh", "/answers/meSoGiayToTuyThan", "/files"])
        assert.ok(pointers.includes(pointer), `${pointer} of ${pointers.join()}`);
      assert.equal((await file({ ...base, version: 999, answers: ANSWERS }, "key-000001")).status, 409);
      assert.equal(
        (await file({ ...base, answers: ANSWERS }, "key-000001", { authorization: "Bearer x" })).status,
        401,
      );

      const form = new FormData();
      form.append("file", new Blob([new Uint8Array(PDF)]), "giay chung sinh.pdf");
      const sent = new Request("http://localhost/", { method: "POST", body: form });
      const upload = await site.inject({
        method: "POST",
        url: "/api/v1/files",
        headers: { ...program.bearer, "content-type": sent.headers.get("content-type") ?? "" },
        payload: Buffer.from(await sent.arrayBuffer()),
      });
      assert.equal(upload.statusCode, 201, upload.body);
      const paper = upload.json<{ id: string }>().id;
      const missing = refused.body.errors?.find(({ pointer }) => pointer === "/files") as
        | { detail?: string }
        | undefined;
      const component = missing?.detail?.split(":")[0] ?? assert.fail();
      const good = { ...base, answers: ANSWERS, files: [{ component, file: paper }] };

      const filed = await file(good, "key-000001");
      assert.equal(filed.status, 201, JSON.stringify(filed.body));
      assert.deepEqual(filed.body["fee"], { state: "due", total: 16_000 });
      const id = String(filed.body["id"]);
      const again = await file(good, "key-000001");
      assert.deepEqual([again.status, again.body["number"]], [200, filed.body["number"]]);
      const other = await file({ ...good, answers: { ...ANSWERS, extractCopies: 1 } }, "key-000001");
      assert.equal(other.body["type"], "urn:motcua:problem:key-reused");
      const both = await Promise.all([file(good, "key-000002"), file(good, "key-000002")]);
      assert.deepEqual(both.map(({ status }) => status).filter((status) => status === 201).length, 1);

      const dossier = await findDossier(database, { tenant: "tayninh", dossierId: id });
      assert.equal(dossier?.answers["chaHoTen"], OWNER.name);
      assert.equal(dossier?.holderName, "Nguyễn Minh Khôi");
      assert.equal((await call("GET", `/api/v1/dossiers/${id}`, undefined, program.bearer)).body["state"], "filed");
      const stranger = await enter(["dossiers:read"]);
      assert.equal((await call("GET", `/api/v1/dossiers/${id}`, undefined, stranger.bearer)).status, 404);
      assert.equal((await file(good, "key-000003", stranger.bearer)).status, 403);
      await revokeClient(place, program.id, "officer:1");
      assert.equal((await call("GET", `/api/v1/dossiers/${id}`, undefined, program.bearer)).status, 401);
    } finally {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
