import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { newSecretId } from "#kit/ids.ts";
import { checkLedger, listBalances } from "#province/ledger/index.ts";
import { extractDue } from "#tests/support/filed-dossier.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aDossierAtTheDesk, type DeskExample, deskExample } from "../handling/desk-example.ts";
import { takeLines } from "./bank-store.ts";
import { readStatementCsv } from "./statement-csv.ts";
import type { BankLine } from "./reconciliation.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";
const account = "9990005300001";
const partner = "DVCQG_TAYNINH";

async function at(desk: DeskExample, username: string) {
  const cookie = await desk.signIn(username);
  return {
    get: async (url: string) => (await desk.site.inject({ url, headers: { cookie } })).body,
    post: (url: string, values: Record<string, string>) =>
      desk.site.inject({
        method: "POST",
        url,
        headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams(values).toString(),
      }),
    upload: (url: string, csv: string) =>
      desk.site.inject({
        method: "POST",
        url,
        headers: { cookie, origin, "content-type": "multipart/form-data; boundary=xx" },
        payload: `--xx\r\ncontent-disposition: form-data; name="tai-khoan"\r\n\r\n${account}\r\n--xx\r\ncontent-disposition: form-data; name="tep"; filename="s.csv"\r\ncontent-type: text/csv\r\n\r\n${csv}\r\n--xx--\r\n`,
      }),
  };
}

let next = 0;
const line = (content: string, amount: number, more: Partial<BankLine> = {}): BankLine => {
  next += 1;
  return {
    line: `FT${String(next).padStart(6, "0")}`,
    bookedAt: new Date(),
    direction: "in",
    amount,
    content,
    ...more,
  };
};

const balancesOf = async (database: Database) =>
  Object.fromEntries(
    (await listBalances(database.forTenant(tenant))).map((row) => [row.account, row.balance] as const),
  );

describe("the statement of the payee's account", () => {
  test("cash goes from the till through a closing and a handover to the bank; a wrong count says why", () =>
    withProvince(async (database, place) => {
      const desk = await deskExample(database);
      const clerk = await at(desk, "tiepnhan.tayninh");
      const ids = await withAdmin(place, async (client) => {
        const officer = (await client.query("select id, name from officer where username = 'tiepnhan.tayninh'"))
          .rows[0];
        for (let n = 0; n < 2; n += 1) {
          const { id } = await aDossierAtTheDesk(database, desk.files, { dues: [extractDue] });
          const due = (await client.query("select id from obligation where dossier_id = $1", [id])).rows[0];
          const settled = await client.query(
            "select word from fee_settle_counter($1, $2, $3, 'cash', 8000, 'An', '', $4, $5, now())",
            [tenant, due.id, newSecretId(), officer.id, officer.name],
          );
          assert.equal(settled.rows[0].word, "settled");
        }
        return officer;
      });
      assert.ok(ids);
      assert.match(await clerk.get("/ke-toan/tien-mat"), /16\.000 đ<\/strong> · 2 lượt thu/);
      const close = { id: newSecretId(), "theo-so": "16000", "dem-duoc": "15.000" };
      const refused = await clerk.post("/ke-toan/tien-mat/khoa-so", close);
      assert.equal(refused.statusCode, 422);
      assert.match(refused.body, /hãy ghi lý do/);
      const reason = { ...close, "ly-do": "Thối nhầm 1.000 đ" };
      assert.equal((await clerk.post("/ke-toan/tien-mat/khoa-so", reason)).statusCode, 303);
      assert.equal((await clerk.post("/ke-toan/tien-mat/khoa-so", reason)).statusCode, 303, "pressed twice is one");
      const hand = { id: newSecretId(), "so-giay": "GNT-0001", "tai-khoan": account };
      assert.equal((await clerk.post("/ke-toan/tien-mat/nop", hand)).statusCode, 303);
      assert.equal((await clerk.post("/ke-toan/tien-mat/nop", hand)).statusCode, 303);
      let balances = await balancesOf(database);
      assert.deepEqual(
        [balances["cash"], balances["cash-in-transit"], balances["cash-differences"]],
        [0, 15_000, 1_000],
      );
      const accountant = await at(desk, "ketoan.tayninh");
      assert.match(await accountant.get("/ke-toan/sao-ke"), /GNT-0001/, "waits for the statement");
      const lines = [line("NOP TIEN MAT GNT-0001 BO PHAN MOT CUA", 15_000)];
      const part = { tenant, account, source: "feed", partner, lines } as const;
      assert.deepEqual(await takeLines(database, part), { taken: 1, contradicts: null });
      assert.deepEqual(await takeLines(database, part), { taken: 0, contradicts: null }, "the same lines again");
      balances = await balancesOf(database);
      assert.deepEqual([balances["cash-in-transit"], balances["bank"]], [0, 15_000]);
      assert.match(await clerk.get("/ke-toan/tien-mat"), /Giấy GNT-0001, đã xác nhận/);
      const check = await checkLedger(database.forTenant(tenant));
      assert.deepEqual([check.total, check.unbalanced], [0, 0]);
    }));

  test("remittances, transfers recorded before or after their line, and money nobody knows each end in the books once", () =>
    withProvince(async (database, place) => {
      const desk = await deskExample(database);
      const due = async (): Promise<string> => {
        const { id } = await aDossierAtTheDesk(database, desk.files, { dues: [extractDue] });
        return withAdmin(
          place,
          async (client) => (await client.query("select id from obligation where dossier_id = $1", [id])).rows[0].id,
        );
      };
      const record = async (reference: string): Promise<void> => {
        const obligation = await due();
        await withAdmin(place, (client) =>
          client.query("select fee_settle_counter($1, $2, $3, 'transfer', 8000, 'An', $4, 'o1', 'Officer', now())", [
            tenant,
            obligation,
            newSecretId(),
            reference,
          ]),
        );
      };
      // Paid online: the hub owes 8,000.
      const { id } = await aDossierAtTheDesk(database, desk.files, { dues: [extractDue] });
      await withAdmin(place, async (client) => {
        await client.query("select fee_request($1, $2, $3, 'dvcRMT1', now())", [tenant, id, newSecretId()]);
        await client.query("select fee_settle($1, 'dvcRMT1', 'T1', true, 8000, '00', 'momo', now(), 'test', '{}')", [
          tenant,
        ]);
      });
      const [first, late] = [line("nop phi ho so", 8_000), line("nop phi", 8_000)];
      await record(first.line);
      const remittance = line(`${partner} RMT0A1B2C3D4E CHUYEN TIEN THU`, 8_000);
      const strange = line("chuyen nham", 50_000);
      const paidOut = line("phi quan ly tai khoan", 11_000, { direction: "out" });
      const lines = [first, late, remittance, strange, paidOut];
      await takeLines(database, { tenant, account, source: "feed", partner, lines });
      let balances = await balancesOf(database);
      assert.deepEqual(
        [balances["hub-clearing"], balances["transfers-unmatched"], balances["outgoing-unmatched"], balances["bank"]],
        [0, -58_000, 11_000, 8_000 + 8_000 + 8_000 + 50_000 - 11_000],
      );
      const accountant = await at(desk, "ketoan.tayninh");
      assert.match(await accountant.get("/ke-toan/sao-ke"), /chuyen nham/);
      // The counter's record comes after the line; the same statement again as a file finds it.
      await record(late.line);
      const day = "10/03/2026 09:00:00";
      const csv = ["Số giao dịch,Ngày giao dịch,Nội dung,Ghi nợ,Ghi có"];
      for (const one of lines)
        csv.push(
          `${one.line},${day},${one.content},${one.direction === "out" ? one.amount : ""},${one.direction === "in" ? one.amount : ""}`,
        );
      const again = await accountant.upload("/ke-toan/sao-ke/tep", csv.join("\r\n"));
      assert.equal(again.statusCode, 303, again.body);
      balances = await balancesOf(database);
      assert.deepEqual([balances["transfers-unmatched"], balances["bank"]], [-50_000, 63_000]);
      const open = await withAdmin(
        place,
        async (client) =>
          (await client.query("select id from bank_line where line = $1", [strange.line])).rows[0].id as string,
      );
      assert.equal((await accountant.post(`/ke-toan/sao-ke/${open}`, { thuoc: "other-income" })).statusCode, 422);
      const answer = { thuoc: "other-income", "ly-do": "Tiền thuê mặt bằng, chuyển nhầm tài khoản" };
      assert.equal((await accountant.post(`/ke-toan/sao-ke/${open}`, answer)).statusCode, 303);
      assert.equal((await accountant.post(`/ke-toan/sao-ke/${open}`, answer)).statusCode, 422, "only once");
      balances = await balancesOf(database);
      assert.deepEqual([balances["transfers-unmatched"], balances["other-income"]], [0, -50_000]);
      const wrong = await accountant.upload(
        "/ke-toan/sao-ke/tep",
        `${csv[0]}\nFT1,31/02/2026,x,,1000\nFT2,${day},y,,12.5\n`,
      );
      assert.equal(wrong.statusCode, 422);
      assert.match(wrong.body, /2 dòng chưa đúng/);
      await assert.rejects(
        withAdmin(place, (client) =>
          client.query(
            `set role motcua_province_app; select set_config('app.tenant', '${tenant}', false); update bank_line set amount = 1`,
          ),
        ),
        /permission denied/,
      );
    }));

  test("money sent by mistake goes back by two people, and the statement's line of it explains itself, before or after", () =>
    withProvince(async (database, place) => {
      const desk = await deskExample(database);
      const [accountant, leader] = [await at(desk, "ketoan.tayninh"), await at(desk, "lanhdao.tayninh")];
      const take = (...lines: BankLine[]) =>
        takeLines(database, { tenant, account, source: "feed", partner, lines: [...lines] });
      const idOf = (name: string) =>
        withAdmin(
          place,
          async (client) =>
            (await client.query("select id from bank_line where line = $1", [name])).rows[0].id as string,
        );
      const strays = [line("chuyen nham", 50_000), line("chuyen nham", 70_000)];
      await take(...strays);
      const payee = { "nguoi-nhan": "Trần Văn Bình", "tai-khoan-nhan": "0101234567, Vietcombank", "can-cu": "Đơn 12" };
      const out = ["FTOUT0001", "FTOUT0002"];
      for (const [index, stray] of strays.entries()) {
        const path = `/ke-toan/sao-ke/${await idOf(stray.line)}`;
        const back = line("HOAN TRA", stray.amount, { line: out[index] ?? "", direction: "out" });
        assert.equal((await accountant.post(`${path}/tra-lai`, payee)).statusCode, 404, "not owed to anybody yet");
        await accountant.post(path, { thuoc: "returns-payable", "ly-do": "Người gửi xác nhận chuyển nhầm" });
        assert.match(await accountant.get("/ke-toan/sao-ke"), /Chưa đề xuất/);
        const empty = await accountant.post(`${path}/tra-lai`, { ...payee, "tai-khoan-nhan": "" });
        assert.equal(empty.statusCode, 422);
        assert.match(empty.body, /số tài khoản và ngân hàng[\s\S]*value="Trần Văn Bình"/);
        const number = { "so-giao-dich": back.line };
        assert.equal((await accountant.post(`${path}/tra-lai`, payee)).statusCode, 303);
        assert.equal((await accountant.post(`${path}/tra-lai`, payee)).statusCode, 422, "once");
        assert.match((await accountant.post(`${path}/tra-lai/duyet`, {})).body, /không được duyệt/);
        assert.equal((await accountant.post(`${path}/tra-lai/da-chuyen`, number)).statusCode, 422, "not approved");
        assert.equal((await leader.post(`${path}/tra-lai/duyet`, {})).statusCode, 303);
        if (index === 0) await take(back);
        assert.equal((await accountant.post(`${path}/tra-lai/da-chuyen`, { "so-giao-dich": "x" })).statusCode, 422);
        assert.equal((await accountant.post(`${path}/tra-lai/da-chuyen`, number)).statusCode, 303);
        assert.equal((await accountant.post(`${path}/tra-lai/da-chuyen`, number)).statusCode, 422, "recorded once");
        const balances = await balancesOf(database);
        assert.equal(balances["returns-payable"], 0);
        assert.equal(balances["outgoing-unmatched"], index === 0 ? 0 : -70_000, "until the statement has it");
        if (index === 1) await take(back);
        assert.match(await leader.get(path), /sao kê đã xác nhận/);
        assert.match(await leader.get(`/ke-toan/sao-ke/${await idOf(back.line)}`), /Khớp/);
      }
      const balances = await balancesOf(database);
      assert.deepEqual([balances["outgoing-unmatched"], balances["bank"]], [0, 0]);
      // One person's word about what went out ends no debt to a sender.
      await take(line("khong ro", 9_000, { line: "FTOUT0003", direction: "out" }));
      const path = `/ke-toan/sao-ke/${await idOf("FTOUT0003")}`;
      assert.ok(!(await accountant.get(path)).includes('value="returns-payable"'));
      const short = await accountant.post(path, { thuoc: "returns-payable", "ly-do": "Trả" });
      assert.equal(short.statusCode, 422, short.body);
      const check = await checkLedger(database.forTenant(tenant));
      assert.deepEqual([check.total, check.unbalanced], [0, 0]);
    }));

  test("amounts and days of a statement as banks write them", () => {
    const read = readStatementCsv(
      'Ngày giao dịch;Số giao dịch;Nội dung;Ghi nợ;Ghi có\n10/03/2026;FT1;"Nộp phí; hồ sơ";;1.000.000\n10/03/2026 23:59:59;FT2;x;50,000.00;\n',
    );
    assert.ok(read.ok);
    assert.deepEqual(
      read.lines.map(({ line: name, direction, amount, content }) => [name, direction, amount, content]),
      [
        ["FT1", "in", 1_000_000, "Nộp phí; hồ sơ"],
        ["FT2", "out", 50_000, "x"],
      ],
    );
    assert.equal(read.lines[1]?.bookedAt.toISOString(), "2026-03-10T16:59:59.000Z");
    const both = readStatementCsv("Số giao dịch,Ngày giao dịch,Nội dung,Ghi nợ,Ghi có\nFT1,10/03/2026,x,1000,1000\n");
    assert.deepEqual(both.ok || both.problems, [{ line: 2, column: "credit", value: "1000" }]);
  });
});
