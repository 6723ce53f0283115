import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type pg from "pg";
import { formatDate } from "#kit/calendar.ts";
import { newSecretId } from "#kit/ids.ts";
import { checkLedger, listBalances } from "#province/ledger/index.ts";
import { issueReceiptsForSettlement } from "#province/receipts/index.ts";
import { extractDue } from "#tests/support/filed-dossier.ts";
import { type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import type { Database } from "#kit/db.ts";
import { aDossierAtTheDesk, type DeskExample, deskExample } from "../handling/desk-example.ts";
import { summaryCsv } from "./summary-csv.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";

async function at(desk: DeskExample, username: string) {
  const cookie = await desk.signIn(username);
  return {
    get: async (url: string) => (await desk.site.inject({ url, headers: { cookie } })).body,
    status: async (url: string) => (await desk.site.inject({ url, headers: { cookie } })).statusCode,
    post: (url: string, values: Record<string, string>) =>
      desk.site.inject({
        method: "POST",
        url,
        headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams(values).toString(),
      }),
  };
}

/** A dossier whose 8,000 đ were paid online, or in cash at the desk; answers dossier and settlement. */
async function paid(
  database: Database,
  desk: DeskExample,
  place: TestDatabase,
  way: "online" | "cash",
): Promise<{ id: string; settlementId: string }> {
  const { id } = await aDossierAtTheDesk(database, desk.files, { dues: [extractDue] });
  const run = async (client: pg.Client) => {
    const one = async (sql: string, values: unknown[]) =>
      (await client.query(sql, values)).rows[0] as Record<string, string>;
    const obligation = (await one("select id from obligation where dossier_id = $1", [id]))["id"];
    if (way === "cash")
      return one(
        "select settlement_id from fee_settle_counter($1, $2, $3, 'cash', 8000, 'An', '', 'o1', 'Officer', now())",
        [tenant, obligation, newSecretId()],
      );
    const reference = `dvc${Math.random().toString(36).slice(2)}`;
    await one("select word from fee_request($1, $2, $3, $4, now())", [tenant, id, newSecretId(), reference]);
    return one("select settlement_id from fee_settle($1, $2, 'T1', true, 8000, '00', 'momo', now(), 'test', '{}')", [
      tenant,
      reference,
    ]);
  };
  const row = await withAdmin(place, run);
  return { id, settlementId: row["settlement_id"] ?? "" };
}

const receiptOf = (settlementId: string, dossierId: string) => ({
  settlementId,
  dossier: { id: dossierId, number: 363_816, procedureName: "Khai sinh", applicantSub: "s" },
  payer: { sub: "s", name: "Nguyễn Văn An" },
  lines: [{ ...extractDue }],
  paidAt: new Date(),
  agency: { name: "UBND", taxCode: "3900000008", address: "Tây Ninh" },
});

describe("the accountant", () => {
  test("the day's takings stand by channel and kind; those of other roles see no accounts", () =>
    withProvince(async (database, place) => {
      const desk = await deskExample(database);
      await paid(database, desk, place, "online");
      await paid(database, desk, place, "cash");
      const accountant = await at(desk, "ketoan.tayninh");
      const page = await accountant.get("/ke-toan");
      assert.match(page, /Trực tuyến · MoMo/);
      assert.match(page, /Tiền mặt/);
      assert.match(page, /16\.000 đ/);
      assert.match(page, /<svg viewBox/);
      const today = formatDate(new Date());
      assert.match(
        page,
        new RegExp(`<th scope="row">${today}</th>(?:<td[^>]*>[^<]*</td>){2}<td[^>]*>16\\.000 đ`),
        "the chart's table has the day",
      );
      assert.match(await accountant.get("/ke-toan?ngay=1/1/2020"), /Không có khoản thu nào/);
      assert.match(await accountant.get("/ke-toan/so-cai"), /Sổ cân/);
      const clerk = await at(desk, "tiepnhan.tayninh");
      assert.equal(await clerk.status("/ke-toan"), 403);
      assert.doesNotMatch(await clerk.get("/"), /href="\/ke-toan"/);
      assert.equal(await accountant.status(`/ke-toan/cho-xu-ly/${newSecretId()}`), 404);
    }));

  test("money of a withdrawn dossier waits until one person proposes, another approves, and it is returned", () =>
    withProvince(async (database, place) => {
      const desk = await deskExample(database);
      const db = database.forTenant(tenant);
      const { id, settlementId } = await paid(database, desk, place, "cash");
      await db.tx((tx) => issueReceiptsForSettlement(tx, receiptOf(settlementId, id)));
      const accountant = await at(desk, "ketoan.tayninh");
      const leader = await at(desk, "lanhdao.tayninh");
      assert.match(await accountant.get("/ke-toan/cho-xu-ly"), /Không có khoản nào chờ xử lý/);
      await withAdmin(place, (client) => client.query("update dossier set state = 'withdrawn' where id = $1", [id]));
      assert.match(await accountant.get("/ke-toan/cho-xu-ly"), /Hồ sơ đã kết thúc không có kết quả/);

      const path = `/ke-toan/cho-xu-ly/${settlementId}`;
      assert.equal((await leader.post(`${path}/de-xuat`, {})).statusCode, 403);
      const empty = await accountant.post(`${path}/de-xuat`, {
        "nguoi-nhan": "Nguyễn Văn An",
        "tai-khoan": "",
        "can-cu": "",
      });
      assert.equal(empty.statusCode, 422);
      const proposal = {
        "nguoi-nhan": "Nguyễn Văn An",
        "tai-khoan": "0123 NCB",
        "can-cu": "Công dân rút hồ sơ trước khi thụ lý",
      };
      assert.equal((await accountant.post(`${path}/de-xuat`, proposal)).statusCode, 303);
      const own = await accountant.post(`${path}/duyet`, {});
      assert.equal(own.statusCode, 422);
      assert.match(own.body, /Một người khác phải duyệt/);
      assert.equal(
        (await accountant.post(`${path}/da-tra`, { "chung-tu": "PC01" })).statusCode,
        422,
        "not before approval",
      );
      assert.equal((await leader.post(`${path}/duyet`, {})).statusCode, 303);
      assert.equal((await accountant.post(`${path}/da-tra`, { "chung-tu": "PC01" })).statusCode, 303);
      assert.match(await accountant.get("/ke-toan/cho-xu-ly"), /PC01/);
      const balances = Object.fromEntries((await listBalances(db)).map((row) => [row.account, row.balance]));
      assert.deepEqual(balances, { cash: 0, receivable: 0, "refunds-payable": 0, "revenue:charge": 0 });
      assert.deepEqual(await checkLedger(db), { total: 0, unbalanced: 0, unbooked: 0, receivableDrift: 0 });
    }));

  test("the database itself refuses one person as both hands of a refund, and a change of what was proposed", () =>
    withProvince(async (database, place) => {
      const desk = await deskExample(database);
      const { id, settlementId } = await paid(database, desk, place, "cash");
      await withAdmin(place, (client) => client.query("update dossier set state = 'withdrawn' where id = $1", [id]));
      await withAdmin(place, async (client) => {
        await client.query("select refund_propose($1, $2, 'An', '1', 'x', 'k1', 'K')", [tenant, settlementId]);
        const same = client.query(
          "update refund_decision set state = 'approved', approved_by = proposed_by, approved_at = now()",
        );
        await assert.rejects(same, /refund_two_people/);
        await assert.rejects(client.query("update refund_decision set payee_account = 'mine'"), /does not change/);
        await assert.rejects(client.query("update refund_decision set proposed_by = 'k2'"), /does not change/);
      });
    }));

  test("a fee that is not given back stays with the state when the dossier ends", () =>
    withProvince(async (database, place) => {
      const desk = await deskExample(database);
      const { id, settlementId } = await paid(database, desk, place, "cash");
      const words = await withAdmin(place, async (client) => {
        await client.query(
          "update due_line set refundable = false where obligation_id in (select id from obligation where dossier_id = $1)",
          [id],
        );
        await client.query("update dossier set state = 'withdrawn' where id = $1", [id]);
        return (
          await client.query("select refund_propose($1, $2, 'An', '1', 'x', 'k1', 'K') as word", [tenant, settlementId])
        ).rows[0]?.word;
      });
      assert.equal(words, "not-refundable");
      assert.match(await (await at(desk, "ketoan.tayninh")).get("/ke-toan/cho-xu-ly"), /Không có khoản nào chờ xử lý/);
    }));

  test("the day's receipts are one table for the tax office; a replacement stands beside the receipt it replaces", () =>
    withProvince(async (database, place) => {
      const desk = await deskExample(database);
      const { id, settlementId } = await paid(database, desk, place, "online");
      const [receipt] = await database
        .forTenant(tenant)
        .tx((tx) => issueReceiptsForSettlement(tx, receiptOf(settlementId, id)));
      assert.ok(receipt);
      const accountant = await at(desk, "ketoan.tayninh");
      const path = `/ke-toan/bien-lai/${receipt.id}/thay-the`;
      const same = await accountant.post(path, { "nguoi-nop": "Nguyễn Văn An", "dia-chi": "", "ly-do": "Sai" });
      assert.match(same.body, /không có gì để thay thế/);
      const right = { "nguoi-nop": "Nguyễn Văn Ân", "dia-chi": "", "ly-do": "Sai tên người nộp" };
      assert.equal((await accountant.post(path, right)).statusCode, 303);
      assert.match((await accountant.post(path, right)).body, /đã được thay thế trước đó/);
      const page = await accountant.get("/ke-toan/bien-lai");
      assert.match(page, /Thay thế \d\dTAA 00000001/);
      assert.match(page, /Đã bị thay thế bởi \d\dTAA 00000002/);
      const csv = await accountant.get("/ke-toan/bien-lai/01-th-bldt.csv");
      const lines = csv.trim().split("\r\n");
      assert.equal(lines.length, 3);
      await withAdmin(place, (client) =>
        client.query(
          `insert into receipt (tenant, settlement_id, dossier_id, kind, form, series, number, payer_sub, content, amount, paid_at, code)
           select r.tenant, gen_random_uuid(), r.dossier_id, r.kind, r.form, r.series, n, r.payer_sub,
             jsonb_set(r.content, '{lines}', (r.content -> 'lines') || (r.content -> 'lines')), r.amount, r.paid_at,
             translate(lpad((n + 10000)::text, 16, '9'), '01', 'AB')
           from receipt r, generate_series(3, 2005) n where r.id = $1`,
          [receipt.id],
        ),
      );
      assert.match(await accountant.get("/ke-toan/bien-lai"), /Đây là 2\.000 biên lai đầu của ngày/);
      const all = (await accountant.get("/ke-toan/bien-lai/01-th-bldt.csv")).trim().split("\r\n");
      assert.equal(all.length, 1 + 2_005, "a table for the tax office leaves no receipt out");
      assert.match(all.at(-1) ?? "", /^2005,.*,Lệ phí,([^,]+); \1,8000,8000; 8000,Mới/);
      assert.match(
        lines[2] ?? "",
        /^2,EBL01,\d\dTAA,00000002,.*Nguyễn Văn Ân,Lệ phí,.*,8000,8000,Thay thế,.*,EBL01,\d\dTAA,00000001,Sai tên người nộp$/,
      );
    }));
});

test("a cell that a spreadsheet would run as a formula is text", () => {
  const row = {
    id: "",
    form: "EBL01",
    series: "26TAA",
    number: 1,
    createdAt: new Date(0),
    paidAt: new Date(0),
    kind: "fee",
    amount: 1,
    payer: '=HYPERLINK("x")',
    address: null,
    what: "a,b",
    rate: "1",
    dossier: "1",
    dossierId: "",
    oldForm: null,
    oldSeries: null,
    oldNumber: null,
    reason: null,
    replacedBy: null,
    goneBack: "returned",
  } as const;
  assert.match(summaryCsv("2026-11-21", [row]), /,"'=HYPERLINK\(""x""\)",Phí,"a,b",.*,Đã hoàn trả tiền\r\n$/);
});
