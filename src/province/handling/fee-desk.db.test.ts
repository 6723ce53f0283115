import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newSecretId } from "#kit/ids.ts";
import { findDossier } from "#province/dossiers/index.ts";
import { listObligations } from "#province/fees/index.ts";
import { checkLedger, listBalances } from "#province/ledger/index.ts";
import { extractDue } from "#tests/support/filed-dossier.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aDossierAtTheDesk, deskExample } from "./desk-example.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";

type Post = (path: string, values: Record<string, string>) => Promise<{ status: number; body: string }>;

/** A filed dossier that owes 8,000 đ, and an officer who looks at its money. */
async function scene(
  username: string,
  work: (scene: {
    id: string;
    post: Post;
    page: () => Promise<string>;
    obligations: () => ReturnType<typeof listObligations>;
    feeState: () => Promise<string>;
    balances: () => Promise<Record<string, number>>;
    rows: (sql: string) => Promise<Record<string, unknown>[]>;
  }) => Promise<void>,
): Promise<void> {
  await withProvince(async (database, place) => {
    const desk = await deskExample(database);
    const { id } = await aDossierAtTheDesk(database, desk.files, { dues: [extractDue] });
    const cookie = await desk.signIn(username);
    const db = database.forTenant(tenant);
    await work({
      id,
      post: async (path, values) => {
        const answer = await desk.site.inject({
          method: "POST",
          url: `/ho-so/${id}/phi/${path}`,
          headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams(values).toString(),
        });
        return { status: answer.statusCode, body: answer.body };
      },
      page: async () => (await desk.site.inject({ url: `/ho-so/${id}/phi`, headers: { cookie } })).body,
      obligations: () => listObligations(db, id),
      feeState: async () => (await findDossier(database, { tenant, dossierId: id }))?.feeState ?? "",
      balances: async () => Object.fromEntries((await listBalances(db)).map((row) => [row.account, row.balance])),
      rows: (sql) => withAdmin(place, async (client) => (await client.query(sql)).rows),
    });
    assert.deepEqual(await checkLedger(db), { total: 0, unbalanced: 0, unbooked: 0, receivableDrift: 0 });
  });
}

const cash = (khoan: string, change: Record<string, string> = {}) => ({
  khoan,
  ma: newSecretId(),
  "hinh-thuc": "cash",
  "so-tien": "8.000",
  "nguoi-nop": "Trần Thị Bình",
  "tham-chieu": "",
  ...change,
});

describe("money at the desk", () => {
  test("cash settles the obligation once, whoever presses how often, and the payer stands on the receipt", () =>
    scene("tiepnhan.tayninh", async ({ post, obligations, feeState, balances, rows }) => {
      const [due] = await obligations();
      const payment = cash(due?.id ?? "");
      const answers = await Promise.all([post("thu", payment), post("thu", payment), post("thu", payment)]);
      assert.deepEqual(
        answers.map((one) => one.status),
        [303, 303, 303],
      );
      assert.equal(await feeState(), "paid");
      assert.deepEqual(await balances(), { cash: 8_000, receivable: 0, "revenue:charge": -8_000 });
      assert.equal((await rows("select 1 from settlement")).length, 1);
      assert.equal((await rows("select 1 from job where queue = 'issue-receipts'")).length, 1);
      const again = await post("thu", cash(due?.id ?? ""));
      assert.equal(again.status, 422);
      assert.match(again.body, /đã được nộp trước đó/);
    }));

  test("an amount that differs and a transfer without a reference are refused, with what was typed", () =>
    scene("ketoan.tayninh", async ({ post, obligations, feeState }) => {
      const [due] = await obligations();
      const khoan = due?.id ?? "";
      const wrong = await post("thu", cash(khoan, { "so-tien": "7.000" }));
      assert.equal(wrong.status, 422);
      assert.match(wrong.body, /Số tiền phải đúng 8\.000/);
      assert.match(wrong.body, /value="Trần Thị Bình"/);
      const bare = await post("thu", cash(khoan, { "hinh-thuc": "transfer" }));
      assert.match(bare.body, /Chuyển khoản cần mã giao dịch/);
      assert.equal(await feeState(), "due");
      assert.equal((await post("thu", cash(khoan, { "hinh-thuc": "transfer", "tham-chieu": "FT26325" }))).status, 303);
      assert.equal(await feeState(), "paid");
    }));

  test("a specialist may ask for a fee but takes no money", () =>
    scene("chuyenvien.tayninh", async ({ post, obligations, page }) => {
      const [due] = await obligations();
      assert.equal((await post("thu", cash(due?.id ?? ""))).status, 403);
      assert.doesNotMatch(await page(), /phi\/thu/);
    }));

  test("a fee set by the province is asked for with its resolution and its reason, and is a second obligation", () =>
    scene("tiepnhan.tayninh", async ({ post, obligations, page, balances }) => {
      const version = /name="version" value="(\d+)"/.exec(await page())?.[1] ?? "";
      const ask = { version, ma: newSecretId(), "rule-0": "15.000", why: "", when: "wait" };
      const refused = await post("yeu-cau", ask);
      assert.equal(refused.status, 422);
      assert.match(refused.body, /Hãy ghi căn cứ/);
      assert.match(refused.body, /value="15\.000"/);
      const good = {
        ...ask,
        "basis-0": "Nghị quyết 12/2024/NQ-HĐND",
        why: "Đăng ký khai sinh quá hạn nên phải nộp lệ phí.",
      };
      assert.equal((await post("yeu-cau", good)).status, 303);
      assert.equal((await post("yeu-cau", good)).status, 303, "the same press again");
      const all = await obligations();
      assert.deepEqual(
        all.map((one) => [one.occasion, one.total, one.state]),
        [
          ["filing", 8_000, "due"],
          ["officer", 15_000, "due"],
        ],
      );
      assert.match(all[1]?.reason ?? "", /quá hạn/);
      assert.equal(all[1]?.lines[0]?.basis, "Nghị quyết 12/2024/NQ-HĐND");
      assert.equal((await balances())["receivable"], 23_000);
      const stale = await post("yeu-cau", { ...good, ma: newSecretId() });
      assert.equal(stale.status, 409);
      assert.match(stale.body, /người khác xử lý/);
    }));

  test("an exemption on papers shown replaces the obligation; who, why and the proof stand beside the amount", () =>
    scene("tiepnhan.tayninh", async ({ post, obligations, feeState, page, balances, rows }) => {
      const [due] = await obligations();
      const words = { "ly-do": "Hộ nghèo", "can-cu": "Thông tư 281/2016/TT-BTC", "giay-to": "Xuất trình tại quầy" };
      const exemption = { ma: newSecretId(), dong: `${due?.id}:1`, "con-lai": "0", ...words };
      const more = await post("mien", { ...exemption, "con-lai": "8.000" });
      assert.match(more.body, /phải nhỏ hơn/);
      assert.equal((await post("mien", exemption)).status, 303);
      assert.equal((await post("mien", { ...exemption, ma: newSecretId() })).status, 422, "the old obligation is over");
      assert.equal(await feeState(), "none");
      assert.deepEqual(await balances(), { receivable: 0, "revenue:charge": 0 });
      assert.match(await page(), /Hộ nghèo · Chứng minh: Xuất trình tại quầy/);
      assert.deepEqual(
        (await rows("select state, total::int from obligation order by created_at, state")).map((row) => [
          row["state"],
          row["total"],
        ]),
        [
          ["cancelled", 8_000],
          ["exempt", 0],
        ],
      );
    }));
});
