import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findDossier } from "#province/dossiers/index.ts";
import { findObligation, listObligations, recordCounterPayment } from "#province/fees/index.ts";
import { aDossierAtTheDesk } from "#province/handling/desk-example.ts";
import { type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aStreet, clock, DESK, HOME, KEY, tenant } from "#tests/support/delivery-street.ts";
import { listEventsOf } from "./delivery-view.ts";
import { deliveryOf } from "./index.ts";

const told = async (place: TestDatabase, id: string): Promise<number> =>
  withAdmin(place, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from job j join dossier_history h on h.dossier_id::text = j.key
         and j.payload ->> 'source' = 'history:' || h.seq
       where j.queue = 'citizen-notice' and j.key = $1 and h.action like 'post-%'`,
      [id],
    );
    return rows[0]?.n ?? 0;
  });

describe("a result goes home by the public post", () => {
  test("ordered once however often the post breaks off; forged events do nothing, late and repeated ones are understood once", () =>
    withProvince(async (database, place) => {
      const street = await aStreet(database, place);
      const id = await street.signed(HOME);
      street.feels("cut");
      await street.work();
      let [order] = await street.ordersOf(id);
      assert.ok(order);
      assert.deepEqual(
        [order.state, order.problem, order.postage, order.pays],
        ["sending", "no-answer", 26_000, "door"],
      );
      assert.match(order.receiver.addressToday ?? "", /Tỉnh Tây Ninh$/);
      street.feels("well");
      await street.hurry();
      await street.work();
      [order] = await street.ordersOf(id);
      assert.ok(order);
      assert.deepEqual([order.state, order.problem, street.orders.length], ["ordered", null, 1]);

      assert.equal((await street.tell(order.id, 2, "collected", "another key")).statusCode, 401);
      assert.equal((await street.ordersOf(id))[0]?.state, "ordered");
      // The courier's failed try is heard of before the collection.
      assert.equal((await street.tell(order.id, 4, "delivery-failed", KEY, "Vắng nhà")).statusCode, 200);
      await street.work();
      assert.equal(await street.state(id), "returned", "what the post has counts as returned");
      assert.equal((await street.tell(order.id, 2, "collected")).statusCode, 200);
      assert.equal((await street.tell(order.id, 2, "collected")).statusCode, 200);
      assert.equal((await street.ordersOf(id))[0]?.state, "delivery-failed");
      assert.equal(await told(place, id), 1, "what is old news is in the history and rings nobody");
      await street.tell(order.id, 5, "out-for-delivery");
      await street.tell(order.id, 6, "delivered");
      assert.equal((await street.ordersOf(id))[0]?.state, "delivered");
      assert.deepEqual(await street.actions(id), ["post-order", "post-failed", "post-collected", "post-delivered"]);
      assert.equal((await listEventsOf(street.db, id)).get(order.id)?.length, 4);
      assert.equal((await street.tell("01900000-0000-7000-8000-000000000009", 1, "accepted")).statusCode, 404);

      const box = String(await deliveryOf(street.db, id, "vi"));
      assert.match(box, /Đã phát/);
      assert.match(box, /Vắng nhà/);
    }));

  test("postage through the hub is an obligation of its own: only the letter waits for it, and it may be paid at the door after all", () =>
    withProvince(async (database, place) => {
      const street = await aStreet(database, place);
      const paid = await street.signed({ ...HOME, postage: "hub" });
      const unpaid = await street.signed({ ...HOME, postage: "hub" });
      await street.work();
      assert.equal((await street.ordersOf(paid))[0]?.state, "awaiting-postage");
      const held = await findDossier(database, { tenant, dossierId: unpaid });
      assert.deepEqual([held?.state, held?.feeState], ["returned", "none"], "the electronic result does not wait");
      assert.equal(await findObligation(street.db, unpaid, "fees"), undefined, "postage is no fee of the dossier");
      const box = String(await deliveryOf(street.db, unpaid, "vi"));
      assert.match(box, /Chờ trả cước/);
      assert.match(box, /Chỉ bưu gửi chờ cước/);
      const [obligation] = await listObligations(street.db, paid);
      assert.deepEqual([obligation?.occasion, obligation?.total], ["postage", 26_000]);
      const word = await recordCounterPayment(database, {
        tenant,
        obligationId: obligation?.id ?? "",
        id: "01900000-0000-7000-8000-0000000000c1",
        method: "cash",
        amount: 26_000,
        payerName: "Nguyễn Văn An",
        reference: "",
        officer: { id: "o1", name: "Võ Thị Kim Liên" },
        receivedAt: clock.now(),
      });
      assert.equal(word, "settled");
      const cookie = await street.desk.signIn("tiepnhan.tayninh");
      const [waiting] = await street.ordersOf(unpaid);
      const toDoor = await street.desk.site.inject({
        method: "POST",
        url: `/ho-so/${unpaid}/buu-chinh`,
        headers: { cookie, origin: DESK, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams({ don: waiting?.id ?? "", viec: "to-door" }).toString(),
      });
      assert.equal(toDoor.statusCode, 303, toDoor.body.slice(0, 500));
      await street.work();
      assert.deepEqual(
        [(await street.ordersOf(paid))[0]?.state, (await street.ordersOf(unpaid))[0]?.state],
        ["ordered", "ordered"],
      );
      assert.deepEqual(street.orders.map(({ postage }) => postage.paid).toSorted(), ["at-the-door", "by-the-agency"]);
      assert.equal((await findDossier(database, { tenant, dossierId: unpaid }))?.feeState, "none");
      await withAdmin(place, async (client) => {
        const { rows } = await client.query<{ account: string; n: string }>(
          "select account, sum(amount) as n from ledger_entry group by account having sum(amount) <> 0 order by account",
        );
        assert.deepEqual(
          rows.map(({ account, n }) => [account, Number(n)]),
          [
            ["cash", 26_000],
            ["payable:post", -26_000],
          ],
        );
      });
    }));

  test("the desk: label, courier, a letter that comes back is handed over or sent again, a lost one is not paid twice", () =>
    withProvince(async (database, place) => {
      const street = await aStreet(database, place);
      const id = await street.signed(HOME);
      await street.work();
      const cookie = await street.desk.signIn("tiepnhan.tayninh");
      const get = (url: string) => street.desk.site.inject({ url, headers: { cookie } });
      const post = (values: Record<string, string>, url = `/ho-so/${id}/buu-chinh`) =>
        street.desk.site.inject({
          method: "POST",
          url,
          headers: { cookie, origin: DESK, "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams(values).toString(),
        });
      const newest = async () => {
        const [order] = await street.ordersOf(id);
        assert.ok(order);
        return order;
      };
      const first = await newest();
      assert.match((await get("/buu-gui")).body, new RegExp(`/ho-so/${id}/buu-chinh`));
      const label = await get(`/ho-so/${id}/buu-chinh/${first.id}.pdf`);
      assert.equal(label.rawPayload.subarray(0, 4).toString(), "%PDF");

      assert.equal((await post({ don: first.id, viec: "collected" })).statusCode, 303);
      const second = await post({ don: first.id, viec: "cancelled" });
      assert.match(second.body, /Đơn đã chuyển sang việc khác/);
      await street.work();
      assert.equal(await street.state(id), "returned");
      await street.tell(first.id, 7, "returned");
      assert.match((await get("/buu-gui?muc=trouble")).body, /Đã về lại quầy/);

      assert.match(
        (await post({ viec: "ordered", "dia-chi": "", gam: "100", tra: "agency" })).body,
        /Nhập địa chỉ nhận/,
      );
      const heavy = await post({ viec: "ordered", "dia-chi": "Số 1, Hà Nội", gam: "nặng", tra: "agency" });
      assert.match(heavy.body, /value="nặng"/);
      assert.equal(
        (await post({ viec: "ordered", "dia-chi": "Số 1, Hà Nội", gam: "600", tra: "agency" })).statusCode,
        303,
      );
      await street.work();
      const again = await newest();
      assert.deepEqual([again.round, again.state, again.postage, again.pays], [2, "ordered", 42_500, "agency"]);
      await street.tell(again.id, 3, "lost");
      assert.equal((await newest()).state, "lost");

      street.feels("refusing");
      await post({ viec: "ordered", "dia-chi": "Số 1, Hà Nội", gam: "100", tra: "door" });
      await street.work();
      const refused = await newest();
      assert.deepEqual([refused.state, refused.problem, refused.pays], ["refused", "Không phục vụ nơi này", "door"]);
      assert.match(
        (await post({ don: refused.id, viec: "item-code", "so-buu-gui": "12" })).body,
        /hai chữ, chín số, VN/,
      );
      const used = await post({ don: refused.id, viec: "item-code", "so-buu-gui": again.itemCode ?? "" });
      assert.match(used.body, /Số này đã dùng/);
      assert.equal((await post({ don: refused.id, viec: "item-code", "so-buu-gui": "RC987654321VN" })).statusCode, 303);
      assert.equal((await newest()).state, "ordered");
      const typed = await withAdmin(place, (client) =>
        client.query("select actor from audit where action = 'post.item-code' and subject = $1", [`dossier:${id}`]),
      );
      assert.match(typed.rows.map(({ actor }) => String(actor)).join(), /^officer:[0-9a-f-]{36}$/);
    }));
});

describe("papers come in by post", () => {
  test("fetched from home they find their dossier, a lost message is made good by asking; other letters wait to be filed", () =>
    withProvince(async (database, place) => {
      const street = await aStreet(database, place);
      const { id } = await aDossierAtTheDesk(database, street.desk.files, {
        delivery: { handIn: "home", receive: "online", handInAddress: HOME.receiveAddress ?? "" },
      });
      await street.work();
      const [order] = await street.ordersOf(id);
      assert.deepEqual(
        [order?.kind, order?.state, order?.receiver.name],
        ["papers", "ordered", "Ủy ban nhân dân thị trấn Bến Cầu"],
      );
      await street.sweep();
      assert.equal((await street.ordersOf(id))[0]?.state, "collected");

      const cookie = await street.desk.signIn("tiepnhan.tayninh");
      const get = () => street.desk.site.inject({ url: "/buu-gui/den", headers: { cookie } });
      const enter = (values: Record<string, string>) =>
        street.desk.site.inject({
          method: "POST",
          url: "/buu-gui/den",
          headers: { cookie, origin: DESK, "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams({
            "don-vi": "xa-25681",
            dau: "20/11/2026",
            nhan: "21/11/2026",
            ...values,
          }).toString(),
        });
      assert.match((await get()).body, /Giấy tờ đang trên đường tới \(1\)/);
      const wrong = await enter({ ma: "!", "nguoi-gui": "", dau: "30/11/2026" });
      assert.equal(wrong.statusCode, 422);
      for (const words of [/Nhập mã ghi trên bưu gửi/, /Nhập tên người gửi/, /không sau ngày nhận được/])
        assert.match(wrong.body, words);
      // Whatever unit was chosen: fetched papers are for the unit of their dossier.
      const fetched = { ma: order?.itemCode ?? "", "nguoi-gui": "Nguyễn Văn An", "don-vi": "xa-25684" };
      assert.equal((await enter(fetched)).statusCode, 303);
      assert.equal((await street.ordersOf(id))[0]?.state, "delivered");
      assert.deepEqual(await street.actions(id), ["post-order", "post-collected", "papers-arrived"]);

      await enter({ ma: "RB123456785VN", "nguoi-gui": "Trần Thị Bích Ngọc" });
      const page = (await get()).body;
      assert.match(page, /Chờ lập hồ sơ \(1\)/);
      assert.match(page, /Trần Thị Bích Ngọc/);
      // One with the dossier's number on it joins that dossier, a number of nobody's is refused.
      const number = String((await findDossier(database, { tenant, dossierId: id }))?.number);
      const lost = await enter({ ma: "RB000000001VN", "nguoi-gui": "Nguyễn Văn An", "ho-so": "999999999" });
      assert.match(lost.body, /Không có hồ sơ này trong đơn vị/);
      await enter({ ma: "RB000000001VN", "nguoi-gui": "Nguyễn Văn An", "ho-so": number });
      assert.match((await get()).body, new RegExp(`Giấy tờ thuộc hồ sơ ${number}`));
      assert.equal((await street.actions(id)).filter((action) => action === "papers-arrived").length, 2);

      await enter({ ma: "RB123456785VN", "nguoi-gui": "Ai đó" });
      assert.match((await get()).body, /đã có trong sổ/);
    }));
});
