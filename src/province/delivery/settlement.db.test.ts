import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDate, plainDateOf } from "#kit/calendar.ts";
import { exemptLine, listObligations, recordCounterPayment } from "#province/fees/index.ts";
import { checkLedger, listBalances } from "#province/ledger/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aStreet, clock, DESK, HOME, tenant } from "#tests/support/delivery-street.ts";
import { postageRoutes } from "./index.ts";
import { listSettlements } from "./settlement-view.ts";

test("postage goes on to the post by a list of two people, each letter once; the statement confirms it, and the books are even", () =>
  withProvince(async (database, place) => {
    const street = await aStreet(database, place);
    postageRoutes(street.desk.site, { ...street.desk.handling, clock });
    const balances = async () =>
      Object.fromEntries((await listBalances(street.db)).map(({ account, balance }) => [account, balance]));
    const signIn = async (name: string) => {
      const cookie = await street.desk.signIn(name);
      return {
        get: (url = "/ke-toan/buu-chinh") => street.desk.site.inject({ url, headers: { cookie } }),
        post: (url: string, values: Record<string, string> = {}) =>
          street.desk.site.inject({
            method: "POST",
            url: `/ke-toan${url}`,
            headers: { cookie, origin: DESK, "content-type": "application/x-www-form-urlencoded" },
            payload: new URLSearchParams(values).toString(),
          }),
      };
    };
    const payFor = async (dossierId: string, serial: number) => {
      const [obligation] = (await listObligations(street.db, dossierId)).filter(({ state }) => state === "due");
      const officer = { id: "o1", name: "Võ Thị Kim Liên" };
      const word = await recordCounterPayment(database, {
        tenant,
        obligationId: obligation?.id ?? "",
        id: `01900000-0000-7000-8000-0000000000d${serial}`,
        method: "cash",
        amount: 26_000,
        payerName: "Nguyễn Văn An",
        reference: "",
        officer,
        receivedAt: clock.now(),
      });
      assert.equal(word, "settled");
      await street.work();
      return obligation?.id ?? "";
    };

    // One letter is carried twice for one postage, one is cancelled after it was paid for, one is not paid yet.
    const carried = await street.signed({ ...HOME, postage: "hub" });
    const cancelled = await street.signed({ ...HOME, postage: "hub" });
    const unpaid = await street.signed({ ...HOME, postage: "hub" });
    await street.work();
    const [due] = await listObligations(street.db, unpaid);
    const exempt = await exemptLine(database, {
      tenant,
      obligationId: due?.id ?? "",
      id: "01900000-0000-7000-8000-0000000000e1",
      position: 1,
      amount: 0,
      reason: "Hộ nghèo",
      basis: "Nghị quyết",
      proof: "Sổ hộ nghèo",
      actor: { kind: "officer", id: "o1", name: "Võ Thị Kim Liên" },
    });
    assert.deepEqual(exempt, { ok: false, reason: "wrong-state" }, "of postage nothing is exempt");
    await payFor(carried, 1);
    const unused = await payFor(cancelled, 2);
    const desk = await street.desk.signIn("tiepnhan.tayninh");
    const newest = async (id: string) => (await street.ordersOf(id))[0]?.id ?? "";
    await street.act(desk, cancelled, { don: await newest(cancelled), viec: "cancelled" });
    await street.tell(await newest(carried), 2, "collected");
    await street.act(desk, carried, { don: await newest(carried), viec: "returned" });
    const again = { viec: "ordered", "dia-chi": HOME.receiveAddress ?? "", gam: "100", tra: "hub" };
    assert.equal((await street.act(desk, carried, again)).statusCode, 303);
    await street.work();
    await street.act(desk, carried, { don: await newest(carried), viec: "collected" });
    await street.work();

    const accountant = await signIn("ketoan.tayninh");
    const leader = await signIn("lanhdao.tayninh");
    const page = (await accountant.get()).body;
    assert.match(page, /2 bưu gửi, 52\.000/);
    assert.match((await accountant.get("/ke-toan")).body, /Cước thu hộ bưu chính/, "no fee of the day's takings");
    const account =
      /<option value="(\d+)"/.exec(page)?.[1] ?? /name="tai-khoan"[^>]*value="(\d+)"/.exec(page)?.[1] ?? "";
    const list = { id: "01900000-0000-7000-8000-0000000000f1", "tai-khoan": account };
    const wrong = await accountant.post("/buu-chinh", { ...list, "den-ngay": "31/02/2026" });
    assert.match(wrong.body, /Nhập ngày có thật/);
    const today = formatDate(plainDateOf(clock.now()));
    for (const time of ["once", "twice"])
      assert.equal((await accountant.post("/buu-chinh", { ...list, "den-ngay": today })).statusCode, 303, time);
    const agencies = street.desk.handling.tenant.agencies.map(({ id }) => id);
    const lists = await listSettlements(street.db, agencies, 10);
    assert.deepEqual(
      lists.map(({ items, amount, collected, state }) => [items, amount, collected, state]),
      [[2, 52_000, 26_000, "proposed"]],
    );
    const of = `/buu-chinh/${list.id}`;
    assert.match((await accountant.post(`${of}/duyet`)).body, /Người lập không tự duyệt được/);
    const field = `chung-tu-${list.id}`;
    assert.match((await accountant.post(`${of}/da-tra`, { [field]: "FT26326001" })).body, /chưa được duyệt/);
    assert.equal((await leader.post(`${of}/bo`)).statusCode, 303, "given up, and made anew");
    const second = { ...list, id: "01900000-0000-7000-8000-0000000000f2", "den-ngay": today };
    assert.equal((await accountant.post("/buu-chinh", second)).statusCode, 303);
    assert.equal((await leader.post(`/buu-chinh/${second.id}/duyet`)).statusCode, 303);
    const csv = (await accountant.get(`/ke-toan/buu-chinh/${second.id}/bang-ke.csv`)).body;
    assert.match(csv, /RC00000000\dVN.*Thu hộ người nộp,26000/);
    const paid = { [`chung-tu-${second.id}`]: "FT26326001" };
    assert.equal((await accountant.post(`/buu-chinh/${second.id}/da-tra`, paid)).statusCode, 303);
    assert.match((await accountant.post(`/buu-chinh/${second.id}/da-tra`, paid)).body, /đã chuyển sang việc khác/);
    const line = [{ line: "FT26326001", bookedAt: clock.now(), direction: "out", amount: 52_000, content: "Tra cuoc" }];
    await withAdmin(place, async (client) => {
      await client.query("select bank_lines_take($1, $2, 'feed', '', $3::jsonb)", [
        tenant,
        account,
        JSON.stringify(line),
      ]);
      const { rows } = await client.query("select action, subject from bank_answer");
      assert.deepEqual(rows, [{ action: "matched", subject: second.id }]);
    });

    // The cancelled one's postage goes back, and never was revenue.
    const settlement = await withAdmin(place, (client) =>
      client.query<{ id: string }>("select id from settlement where obligation_id = $1", [unused]),
    );
    const back = `/cho-xu-ly/${settlement.rows[0]?.id}`;
    const payee = { "nguoi-nhan": "An", "tai-khoan": "1", "can-cu": "Đơn đã hủy" };
    assert.match((await accountant.get("/ke-toan/cho-xu-ly")).body, /Cước bưu chính đã trả, đơn đã hủy/);
    assert.equal((await accountant.post(`${back}/de-xuat`, payee)).statusCode, 303);
    assert.equal((await leader.post(`${back}/duyet`)).statusCode, 303);
    assert.deepEqual(await balances(), {
      bank: -52_000,
      cash: 52_000,
      "expense:post": 26_000,
      "outgoing-unmatched": 0,
      // What is demanded and not paid yet.
      "payable:post": -26_000,
      receivable: 26_000,
      "refunds-payable": -26_000,
      "revenue:fee": 0,
    });
    const { total, unbalanced, unbooked, receivableDrift } = await checkLedger(street.db);
    assert.deepEqual([total, unbalanced, unbooked, receivableDrift], [0, 0, 0, 0]);
  }));
