import assert from "node:assert/strict";
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { AppError } from "#kit/errors.ts";
import { findTenant } from "#province/tenants/index.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import {
  approveProposal,
  findProcedure,
  getProcedureVersion,
  importCatalogue,
  loadProcedures,
  searchProcedures,
  seedCatalogue,
} from "../index.ts";
import { listProposals } from "../publishing/show-proposal.ts";

const tenant = findTenant("tayninh");
const REAL = join(import.meta.dirname, "../../../../../shared/data/procedures.jsonl.gz");

// In pieces that cut lines, characters and gzip blocks.
async function* bytes(content: string | Buffer, size = 61): AsyncGenerator<Buffer> {
  const all = Buffer.from(content);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

const wood = {
  code: "1.900001",
  name: "Thủ tục cấp giấy xác nhận nguồn gốc gỗ",
  field: "Lâm nghiệp",
  levels: ["province"],
  issuer: "Bộ Nông nghiệp và Môi trường",
  agencies: ["Sở Tư Pháp"],
  decision: "1/QĐ-BNNMT",
  audience: ["Công dân Việt Nam"],
  channels: [
    { channel: "online", time: 3, unit: "working_day", fee: 0, currency: "VND", note: "Theo Nghị quyết của HĐND tỉnh" },
    { channel: "in_person", time: 3, unit: "working_day", fee: 50000, currency: "VND", note: "Lệ phí" },
  ],
  components: [
    {
      case: "Trường hợp 1",
      items: [
        { name: "- Đơn đề nghị", originals: 1, copies: 0, kind: "document", form: "?" },
        { name: "Lưu ý chung", originals: 0, copies: 0, kind: "note" },
      ],
    },
  ],
  results: [{ name: "Giấy xác nhận", code: "KQ.G10.000001" }],
  legalBasis: ["16/2017/QH14"],
  conditions: "Không",
};

const lines = [
  JSON.stringify({ ...wood, name: wood.name.normalize("NFD") }),
  '{"code": "1.900002", "name": "bị cắt',
  JSON.stringify({ ...wood, code: "1.900001" }),
  JSON.stringify({ ...wood, code: "1.9003" }),
  JSON.stringify({ ...wood, code: "1.900004.H53" }),
  JSON.stringify({ ...wood, code: "1.900005.000.00.00.H34" }),
  JSON.stringify({ ...wood, code: "1.900006", name: "" }),
  JSON.stringify({ ...wood, code: "1.900007", name: "x".repeat(2_000) }),
  JSON.stringify({ ...wood, code: "1.900008", channels: [{ channel: "online", time: -3, unit: "day" }] }),
  JSON.stringify({ ...wood, code: "1.900009", levels: ["planet"] }),
  "[1, 2",
  JSON.stringify({ something: "else" }),
];
const broken = Buffer.concat([
  Buffer.from('{"code": "1.900010", "name": "'),
  Buffer.from([0xc3, 0x28]),
  Buffer.from('"}'),
]);
const file = Buffer.concat([Buffer.from(`${lines.join("\r\n")}\n\n`), broken]);

describe("importing the national catalogue", () => {
  test("takes what it understands, says why it does not take the rest, and changes nothing the second time", () =>
    withProvince(async (database) => {
      const db = database.forTenant("tayninh");
      const dry = await importCatalogue(database, tenant, bytes(gzipSync(file)), { dryRun: true });
      assert.equal(await findProcedure(db, "1.900001"), undefined, "a dry run writes nothing");
      const first = await importCatalogue(database, tenant, bytes(gzipSync(file)));
      assert.deepEqual(first, dry);
      assert.deepEqual([first.read, first.added, first.changed, first.unchanged], [13, 2, 0, 0]);
      assert.deepEqual(
        first.rejected.map(({ line, code, reason }) => `${line} ${code} ${reason}`),
        [
          "2 null not-json",
          "3 1.900001 code-twice",
          "4 1.9003 code-shape",
          "6 1.900005.000.00.00.H34 code-of-other-province",
          "7 1.900006 name-missing",
          "8 1.900007 name-too-long",
          "9 1.900008 time",
          "10 1.900009 levels",
          "11 null not-json",
          "12 null not-a-procedure",
          "14 null broken-utf8",
        ],
      );
      const again = await importCatalogue(database, tenant, bytes(file));
      assert.deepEqual([again.added, again.changed, again.unchanged], [0, 0, 2]);

      const procedure = await findProcedure(db, "1.900001");
      assert.equal(procedure?.name.vi, wood.name);
      assert.equal(procedure?.fileable, false);
      assert.deepEqual(
        procedure?.fees.map(({ amount, ways }) => [amount.type, ways]),
        [
          ["by_provincial_resolution", ["online"]],
          ["fixed", ["counter"]],
        ],
      );
      assert.deepEqual(
        procedure?.components.map(({ name, form }) => [name.vi, form]),
        [["Đơn đề nghị", undefined]],
      );
      assert.deepEqual(
        procedure?.notes.map(({ vi }) => vi),
        ["Lưu ý chung"],
      );
      const found = await searchProcedures(db, { words: "nguon goc go" });
      assert.equal(found.rows[0]?.code, "1.900001");
      assert.equal(found.rows[0]?.agencyName.vi, "Sở Tư pháp");
      assert.equal((await getProcedureVersion(db, "1.900004", 1))?.source?.localCode, "1.900004.H53");

      // Publishing the files again leaves alone what was imported.
      assert.equal(await seedCatalogue(database, "tayninh"), 0);
      assert.equal((await searchProcedures(db, { words: "nguon goc go" })).rows[0]?.code, "1.900001");
      const changed = JSON.stringify({ ...wood, decision: "2/QĐ-BNNMT" });
      const next = await importCatalogue(database, tenant, bytes(changed));
      assert.deepEqual(next.changes, [
        { line: 1, code: "1.900001", differences: [{ place: "decision", before: "1/QĐ-BNNMT", after: "2/QĐ-BNNMT" }] },
      ]);
      assert.equal((await findProcedure(db, "1.900001"))?.version, 2);
      const later = JSON.stringify({ ...wood, decision: "3/QĐ-BNNMT" });
      for (let turn = 0; turn < 2; turn += 1) {
        const waiting = await importCatalogue(database, tenant, bytes(later), { propose: true });
        assert.equal(waiting.changed, 1);
        assert.equal((await findProcedure(db, "1.900001"))?.decision, "2/QĐ-BNNMT", "it waits for an administrator");
      }
      const [proposal, ...others] = (await listProposals(db, undefined)).open;
      assert.deepEqual([proposal?.code, proposal?.origin, others.length], ["1.900001", "import", 0]);
      const decision = { id: proposal?.id ?? "", note: "", by: "officer:1", byName: "Diễm" };
      assert.equal((await approveProposal(database, tenant, decision)).word, "published");
      assert.equal((await findProcedure(db, "1.900001"))?.decision, "3/QĐ-BNNMT");
      assert.equal((await importCatalogue(database, tenant, bytes(later))).unchanged, 1);
      assert.equal((await getProcedureVersion(db, "1.900001", 1))?.decision, "1/QĐ-BNNMT", "old versions stay");
    }));

  test("never overwrites what is filed here, keeps translations of what is only listed, and reports what differs", () =>
    withProvince(async (database) => {
      const db = database.forTenant("tayninh");
      const birth = await findProcedure(db, "1.001193");
      const listed = loadProcedures().find(({ form }) => form === null)?.definition.code ?? assert.fail();
      const before = await findProcedure(db, listed);
      const records = [
        { ...wood, code: "1.001193", name: "Thủ tục đăng ký khai sinh", decision: "999/QĐ-BTP" },
        { ...wood, code: listed, name: before?.name.vi, field: before?.field.name.vi },
      ];
      const report = await importCatalogue(database, tenant, bytes(JSON.stringify(records, null, 2)));
      assert.deepEqual([report.read, report.added, report.changed, report.unchanged], [2, 0, 1, 1]);
      assert.deepEqual(await findProcedure(db, "1.001193"), birth);
      assert.equal(report.kept[0]?.code, "1.001193");
      assert.deepEqual(
        report.kept[0]?.differences.find(({ place }) => place === "decision"),
        { place: "decision", before: "163/QĐ-BTP", after: "999/QĐ-BTP" },
      );
      const imported = await findProcedure(db, listed);
      assert.equal(imported?.decision, "1/QĐ-BNNMT");
      assert.deepEqual([imported?.name, imported?.field], [before?.name, before?.field]);
    }));

  test("reads answers of LayThuTuc and CSV; a file that is neither is refused as a whole", () =>
    withProvince(async (database) => {
      const db = database.forTenant("tayninh");
      const national = {
        MATTHC: "1.900020",
        TENTTHC: "Cấp giấy phép thử",
        LINHVUCTHUCHIEN: [{ TENLINHVUC: "Thử nghiệm" }],
        CACHTHUCTHUCHIEN: [
          {
            KENH: "2",
            THOIGIAN: [
              {
                THOIGIANGIAIQUYET: "15",
                DONVITINH: "Ngày làm việc",
                MOTA: "kể từ ngày nhận đủ hồ sơ",
                PHILEPHI: [{ MAPHILEPHI: "P1", SOTIEN: "800000", DONVI: "VNĐ", MOTA: "Phí thẩm định" }],
              },
            ],
          },
          { KENH: "1", THOIGIAN: [{ THOIGIANGIAIQUYET: "1", DONVITINH: "", MOTA: "Trong ngày" }] },
        ],
        THANHPHANHOSO: [{ TRUONGHOP: "Cấp mới", GIAYTO: [{ MAGIAYTO: "G1", TENMAUDON: "Mẫu 03", TENGIAYTO: "Đơn" }] }],
        YEUCAU: "Có kho",
        KETQUATHUCHIEN: ["Giấy phép"],
        CANCUPHAPLY: ["41/2013/QH13"],
        COQUANTHUCHIEN: ["Ủy ban nhân dân cấp xã"],
      };
      const wrapped = JSON.stringify({ error_code: "0", result: [national] }, null, 1);
      assert.equal((await importCatalogue(database, tenant, bytes(`\uFEFF${wrapped}`))).added, 1);
      const one = await findProcedure(db, "1.900020");
      assert.deepEqual(one?.levels, ["commune"]);
      assert.deepEqual(one?.timeLimits, [{ ways: ["online"], rule: { type: "working_days", days: 15 } }]);
      assert.equal(one?.timeText?.vi, "Trong ngày", "a number without a unit is no promise");
      assert.deepEqual(
        one?.fees.map(({ amount }) => amount),
        [{ type: "fixed", amount: 800_000 }],
      );
      assert.deepEqual(
        one?.cases?.map(({ name }) => name.vi),
        ["Cấp mới"],
      );

      const csv = [
        "code,name,field,levels,agencies,time,time_unit,fee,components,legal_basis",
        '1.900030,"Cấp ""thẻ""\nxanh",Thử nghiệm,tỉnh; xã,Sở Tư pháp,5,ngày làm việc,"20.000 đ",Đơn; Ảnh 4x6,41/2013/QH13;1/2020/TT-BTC',
        "1.900031,Thiếu cột,Thử nghiệm",
        "1.900032,Phí lạ,Thử nghiệm,xã,,5,ngày,-5,,",
        "1.900033,Miễn phí,Thử nghiệm,xã,,,,Miễn phí,,",
        `1.900034,Không rõ,${"Chú thích: rà chuột vào văn bản ".repeat(9)},xã,,1,,0,,`,
      ];
      const report = await importCatalogue(database, tenant, bytes(csv.join("\r\n")));
      assert.deepEqual([report.read, report.added], [5, 3]);
      assert.deepEqual(
        report.rejected.map(({ line, code, reason }) => [line, code, reason]),
        [
          [4, "1.900031", "columns"],
          [5, "1.900032", "fee"],
        ],
      );
      const card = await findProcedure(db, "1.900030");
      assert.deepEqual([card?.name.vi, card?.components.length, card?.legalBasis.length], ['Cấp "thẻ" xanh', 2, 2]);
      assert.equal((await findProcedure(db, "1.900033"))?.fees[0]?.amount.type, "free");
      assert.deepEqual((await findProcedure(db, "1.900034"))?.fees, [], "0 đồng without a word is unknown, not free");
      assert.deepEqual((await findProcedure(db, "1.900034"))?.timeLimits, []);
      assert.equal((await findProcedure(db, "1.900034"))?.field.name.vi, "Chưa phân lĩnh vực", "a page's text");
      const refused = (content: string | Buffer, reason: string) =>
        assert.rejects(
          importCatalogue(database, tenant, bytes(content)),
          (error) => error instanceof AppError && error.reason === reason,
        );
      await refused("ma,ten\n1,2", "columns");
      await refused(gzipSync(csv.join("\n")).subarray(0, 60), "gzip");
      assert.equal((await importCatalogue(database, tenant, bytes(""))).read, 0);
    }));

  test("all rows of the real catalogue are taken, and none twice", { skip: !existsSync(REAL) }, () =>
    withProvince(async (database) => {
      const first = await importCatalogue(database, tenant, createReadStream(REAL));
      assert.deepEqual([first.read, first.rejected], [3952, []]);
      assert.ok(first.added > 3900);
      const second = await importCatalogue(database, tenant, createReadStream(REAL));
      assert.deepEqual([second.read, second.added, second.changed, second.rejected], [3952, 0, 0, []]);
      assert.equal(await seedCatalogue(database, "tayninh"), 0);
    }),
  );
});
