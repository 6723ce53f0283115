import assert from "node:assert/strict";
import { test } from "node:test";
import Fastify from "fastify";
import { instantOf } from "#kit/calendar.ts";
import type { Database } from "#kit/db.ts";
import {
  buildDossierRecord,
  buildProgressRecord,
  createSyncClient,
  type DossierFacts,
  type DossierRecord,
} from "#protocols/dossier-sync/index.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import {
  type DossierIndexDeps,
  dossierIndexRoutes,
  listIndexedDossiers,
  receiveSync,
  signInProvince,
} from "./index.ts";

const provinces = [
  { code: "tayninh", identifier: "H53", portal: "http://localhost:8082", password: "mat-khau-tay-ninh" },
  { code: "kontum", identifier: "H34", portal: "http://localhost:8084", password: "mat-khau-kon-tum" },
];

const facts: DossierFacts = {
  number: 363_816,
  code: null,
  version: 2,
  link: "http://localhost:8082/ho-so/1",
  procedure: { code: "1.001193", name: "Thủ tục Đăng ký khai sinh", fieldCode: "HT", fieldName: "Hộ tịch" },
  way: "online",
  filedAtNationalPortal: false,
  holder: "Nguyễn Văn An",
  techId: "an",
  identityNumber: "072090000101",
  email: "",
  phone: "",
  summary: "",
  note: "",
  status: 1,
  filedAt: instantOf("2020-07-22", 8),
  receivedAt: null,
  dueAt: null,
  finishedAt: null,
  returnedAt: null,
  refusedAt: null,
  returnedByPost: false,
  agencyName: "UBND thị trấn Bến Cầu",
  owed: 16_000,
  payableOnline: true,
  papers: [],
  dues: [],
  supplements: [],
  results: [],
};
const received = {
  ...facts,
  code: "000.20.31.H53-200722-0001",
  version: 3,
  status: 2,
  receivedAt: instantOf("2020-07-22", 9),
};

async function connected(database: Database, username = "tayninh") {
  const deps: DossierIndexDeps = { database, provinces };
  const password = provinces.find((one) => one.code === username)?.password ?? "";
  const { session } = await signInProvince(deps, { username, password });
  const unit = username === "tayninh" ? "000.00.00.H53" : "000.00.00.H34";
  const send = async (record: DossierRecord, isUpdating: "True" | "False" = "True", madonvi = unit) =>
    (await receiveSync(deps, { session, madonvi, service: "DongBoHoSoMC", isUpdating, data: [record] })).error_code;
  const step = async (record: unknown) =>
    (await receiveSync(deps, { session, madonvi: unit, service: "CapNhatTienDoHoSoMC", data: [record] })).error_code;
  return { deps, send, step, mine: () => listIndexedDossiers(database, { techId: "an" }) };
}

test("a dossier told first by its number keeps one row when the official code comes", async () => {
  await withDatabase("national", async (database) => {
    const { send, mine } = await connected(database);
    assert.equal(await send(buildDossierRecord(facts), "False"), "0");
    assert.equal(await send(buildDossierRecord(received)), "0");
    const { dossiers } = await mine();
    assert.deepEqual(
      dossiers.map((one) => [one.number, one.code, one.status]),
      [["363816", "000.20.31.H53-200722-0001", 2]],
    );
  });
});

test("twice changes nothing, late does not undo, and a newer one under False is “đã tồn tại”", async () => {
  await withDatabase("national", async (database) => {
    const { send, mine } = await connected(database);
    assert.equal(await send(buildDossierRecord(facts), "False"), "0");
    assert.equal(await send(buildDossierRecord(facts), "False"), "0");
    assert.equal(await send(buildDossierRecord(received), "False"), "3");
    assert.equal(await send(buildDossierRecord(received)), "0");
    assert.equal(await send(buildDossierRecord(facts)), "0");
    assert.equal((await mine()).dossiers[0]?.status, 2);
  });
});

/** Every order in which four messages can arrive. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, at) => orders(items.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

test("in whatever order four messages arrive, the newest stands at the end", async () => {
  await withDatabase("national", async (database) => {
    const { send } = await connected(database);
    const life = [1, 2, 4, 9].map((status, at) => ({
      ...facts,
      status,
      version: at + 2,
      code: status > 1 ? received.code : null,
    }));
    for (const [index, order] of orders(life).entries()) {
      for (const told of order)
        assert.equal(await send(buildDossierRecord({ ...told, number: index + 1, techId: `p${index}` })), "0");
      const [dossier] = (await listIndexedDossiers(database, { techId: `p${index}` })).dossiers;
      assert.deepEqual(
        [dossier?.status, dossier?.code],
        [9, received.code],
        order.map((told) => told.version).join(" "),
      );
    }
  });
});

test("the same first message ten times at once is one dossier", async () => {
  await withDatabase("national", async (database) => {
    const { send, mine } = await connected(database);
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(buildDossierRecord(facts), "False")));
    assert.deepEqual(new Set(answers), new Set(["0"]));
    assert.equal((await mine()).dossiers.length, 1);
  });
});

test("a step is one row however often it comes, and waits for its dossier", async () => {
  await withDatabase("national", async (database, place) => {
    const { send, step } = await connected(database);
    const record = buildProgressRecord({
      dossierCode: "363816",
      by: "Kim Liên",
      role: "",
      at: facts.filedAt,
      unit: "",
      content: "Gửi hồ sơ",
      status: 1,
      dueAt: null,
    });
    assert.equal(await step(record), "4");
    await send(buildDossierRecord(received));
    assert.equal(await step(record), "0");
    assert.equal(await step({ ...record, MaHoSo: received.code }), "0");
    const { rows } = await withAdmin(place, (client) =>
      client.query("select count(*)::int as n from dossier_index_progress"),
    );
    assert.equal(rows[0]?.n, 1);
  });
});

test("a province speaks only for itself", async () => {
  await withDatabase("national", async (database) => {
    const { send, mine } = await connected(database, "kontum");
    assert.equal(await send(buildDossierRecord(facts), "False", "000.00.00.H53"), "1");
    assert.equal(await send(buildDossierRecord(facts)), "0");
    const [dossier] = (await mine()).dossiers;
    assert.equal(dossier?.province, "kontum");
    // a link to somebody else's site is replaced by the province's own portal
    assert.equal(dossier?.link, "http://localhost:8084");
  });
});

test("without a session, with a wrong password or a wrong shape nothing is written", async () => {
  await withDatabase("national", async (database) => {
    const { deps, send, mine } = await connected(database);
    assert.equal((await signInProvince(deps, { username: "tayninh", password: "sai" })).error_code, "1");
    assert.equal((await signInProvince(deps, { username: "hanoi", password: "sai" })).error_code, "1");
    const message = {
      session: "x",
      madonvi: "000.00.00.H53",
      service: "DongBoHoSoMC",
      isUpdating: "False",
      data: [buildDossierRecord(facts)],
    };
    assert.equal((await receiveSync(deps, message)).error_code, "2");
    assert.equal(await send({ ...buildDossierRecord(facts), TrangThaiHoSo: "99" }), "1");
    assert.equal(await send({ ...buildDossierRecord(facts), NgayNopHoSo: "20201332000000" }), "1");
    assert.deepEqual((await mine()).dossiers, []);
  });
});

test("the kept message names no identity paper", async () => {
  await withDatabase("national", async (database, place) => {
    const { send } = await connected(database);
    await send(buildDossierRecord(facts));
    const { rows } = await withAdmin(place, (client) =>
      client.query("select row_to_json(d)::text as text from dossier_index d"),
    );
    assert.ok(!String(rows[0]?.text).includes(facts.identityNumber));
  });
});

test("search finds by code, number and name without marks, and only one's own", async () => {
  await withDatabase("national", async (database) => {
    const { send } = await connected(database);
    await send(buildDossierRecord(received));
    await send(buildDossierRecord({ ...facts, number: 2, techId: "binh" }));
    const found = async (text: string) => (await listIndexedDossiers(database, { techId: "an", text })).dossiers.length;
    assert.deepEqual(
      await Promise.all(["200722-0001", "363816", "dang ky KHAI SINH", "kết hôn", "%"].map(found)),
      [1, 1, 1, 0, 0],
    );
  });
});

test("pages go on where the last one ended", async () => {
  await withDatabase("national", async (database) => {
    const { send } = await connected(database);
    for (let number = 1; number <= 23; number += 1) await send(buildDossierRecord({ ...facts, number }));
    const first = await listIndexedDossiers(database, { techId: "an" });
    const second = await listIndexedDossiers(database, { techId: "an", after: first.next ?? "" });
    assert.equal(new Set([...first.dossiers, ...second.dossiers].map((one) => one.number)).size, 23);
    assert.equal(second.next, null);
  });
});

test("the province's own client gets through over HTTP", async () => {
  await withDatabase("national", async (database) => {
    const site = Fastify();
    dossierIndexRoutes(site, { database, provinces });
    const origin = await site.listen({ host: "127.0.0.1", port: 0 });
    try {
      const client = createSyncClient({
        url: `${origin}/dong-bo`,
        username: "tayninh",
        password: "mat-khau-tay-ninh",
        unit: "000.00.00.H53",
      });
      await client.sendDossier(buildDossierRecord(facts), false);
      await client.sendDossier(buildDossierRecord(received), false);
      assert.equal((await listIndexedDossiers(database, { techId: "an" })).dossiers[0]?.status, 2);
    } finally {
      await site.close();
    }
  });
});
