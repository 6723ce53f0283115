import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findDossier, withdrawDossier } from "#province/dossiers/index.ts";
import { listObligations, recordCounterPayment } from "#province/fees/index.ts";
import { aDossierAtTheDesk } from "#province/handling/desk-example.ts";
import { checkLedger } from "#province/ledger/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aStreet, clock, HOME, tenant } from "#tests/support/delivery-street.ts";
import { deliveryOf } from "./index.ts";

describe("an order of the post that nobody wants any more", () => {
  test("the post is told, once however often it breaks off; its events of a cancelled order are kept and move nothing", () =>
    withProvince(async (database, place) => {
      const street = await aStreet(database, place);
      const id = await street.signed(HOME);
      await street.work();
      const newest = async () => (await street.ordersOf(id))[0];
      const cookie = await street.desk.signIn("tiepnhan.tayninh");
      const first = await newest();
      assert.ok(first);

      // The courier was quicker than the officer: the post refuses, and the letter goes on.
      street.feels("under-way");
      assert.equal((await street.act(cookie, id, { don: first.id, viec: "cancelled" })).statusCode, 303);
      assert.match(
        (await street.act(cookie, id, { don: first.id, viec: "cancelled" })).body,
        /đã chuyển sang việc khác/,
      );
      assert.match(String(await deliveryOf(street.db, id, "vi")), /Đang hủy: chờ bưu chính trả lời/);
      await street.work();
      assert.deepEqual([(await newest())?.state, (await newest())?.cancel], ["ordered", "refused"]);
      const citizen = String(await deliveryOf(street.db, id, "vi"));
      assert.match(citizen, /Bưu chính không hủy được đơn này \(Bưu tá đã nhận bưu gửi\)/);

      // Asked again the post takes it back; its answer is lost, and it is asked again.
      street.feels("cut");
      await street.act(cookie, id, { don: first.id, viec: "cancelled" });
      await street.work();
      assert.deepEqual([(await newest())?.cancel, (await newest())?.problem], ["asked", "no-answer"]);
      street.feels("well");
      await street.hurry();
      await street.work();
      assert.deepEqual([(await newest())?.state, (await newest())?.cancel], ["cancelled", null]);
      assert.deepEqual([...new Set(street.cancelled)], [first.id]);
      assert.equal(street.cancelled.length, 2);

      assert.equal((await street.tell(first.id, 3, "collected")).statusCode, 200);
      assert.equal((await street.tell(first.id, 3, "collected")).statusCode, 200);
      await street.work();
      assert.deepEqual([(await newest())?.state, await street.state(id)], ["cancelled", "result-ready"]);
      const trouble = await street.desk.site.inject({ url: "/buu-gui?muc=trouble", headers: { cookie } });
      assert.match(trouble.body, new RegExp(id), "the post has what was cancelled: somebody must call it");
      await street.tell(first.id, 4, "returned");
      assert.equal((await newest())?.problem, null);
      assert.deepEqual(await street.actions(id), [
        "post-order",
        "post-cancel-asked",
        "post-cancel-refused",
        "post-cancel-asked",
        "post-cancelled",
        "post-collected",
        "post-returned",
      ]);
    }));

  test("a dossier that is withdrawn takes its pick-up back: before the post knows of it, and after", () =>
    withProvince(async (database, place) => {
      const street = await aStreet(database, place);
      const delivery = { handIn: "home", receive: "online", handInAddress: HOME.receiveAddress ?? "" } as const;
      const [{ id: late }, { id: early }] = [
        await aDossierAtTheDesk(database, street.desk.files, { delivery }),
        await aDossierAtTheDesk(database, street.desk.files, { delivery }),
      ];
      const withdraw = async (dossierId: string) => {
        const dossier = await findDossier(database, { tenant, dossierId });
        assert.ok(dossier);
        const done = await withdrawDossier(database, {
          tenant,
          dossierId,
          expectedVersion: dossier.version,
          applicantSub: dossier.applicantSub,
        });
        assert.ok(done.ok, JSON.stringify(done));
      };
      await withdraw(early);
      await street.work();
      assert.deepEqual(await street.ordersOf(early), [], "nothing is ordered for what has ended");
      assert.equal((await street.ordersOf(late))[0]?.state, "ordered");
      await withdraw(late);
      await street.work();
      assert.equal((await street.ordersOf(late))[0]?.state, "cancelled");
      assert.deepEqual(await street.actions(late), ["post-order", "post-cancel-asked", "post-cancelled"]);
      assert.match(String(await deliveryOf(street.db, late, "vi")), /Đã hủy/);
      const { rows } = await withAdmin(place, (client) =>
        client.query<{ n: number }>(
          `select count(*)::int as n from job j join dossier_history h on h.dossier_id::text = j.key
             and j.payload ->> 'source' = 'history:' || h.seq
           where j.queue = 'citizen-notice' and j.key = $1 and h.action = 'post-cancelled'`,
          [late],
        ),
      );
      assert.deepEqual(rows, [{ n: 1 }], "the citizen is told");
    }));

  test("postage: unpaid it is not owed any more, paid it is to be given back and is not used again", () =>
    withProvince(async (database, place) => {
      const street = await aStreet(database, place);
      const unpaid = await street.signed({ ...HOME, postage: "hub" });
      const paid = await street.signed({ ...HOME, postage: "hub" });
      await street.work();
      const cookie = await street.desk.signIn("tiepnhan.tayninh");
      const payFor = async (dossierId: string, serial: number) => {
        const [obligation] = await listObligations(street.db, dossierId);
        const word = await recordCounterPayment(database, {
          tenant,
          obligationId: obligation?.id ?? "",
          id: `01900000-0000-7000-8000-0000000000c${serial}`,
          method: "cash",
          amount: 26_000,
          payerName: "Nguyễn Văn An",
          reference: "",
          officer: { id: "o1", name: "Võ Thị Kim Liên" },
          receivedAt: clock.now(),
        });
        assert.equal(word, "settled");
      };
      await payFor(paid, 1);
      await street.work();
      for (const id of [unpaid, paid]) {
        const [order] = await street.ordersOf(id);
        assert.equal((await street.act(cookie, id, { don: order?.id ?? "", viec: "cancelled" })).statusCode, 303);
      }
      await street.work();
      assert.deepEqual(
        [(await street.ordersOf(unpaid))[0]?.state, (await street.ordersOf(paid))[0]?.state],
        ["cancelled", "cancelled"],
      );
      assert.deepEqual(street.cancelled.length, 1, "the post never had the unpaid one");
      assert.deepEqual(await listObligations(street.db, unpaid), []);
      const due = await withAdmin(place, (client) => client.query("select amount::int, reason from refund_due"));
      assert.deepEqual(due.rows, [{ amount: 26_000, reason: "postage-unused" }]);
      // Wanted after all: that is another postage.
      const again = { viec: "ordered", "dia-chi": HOME.receiveAddress ?? "", gam: "100", tra: "hub" };
      assert.equal((await street.act(cookie, paid, again)).statusCode, 303);
      assert.equal((await street.ordersOf(paid))[0]?.state, "awaiting-postage");
      // Or the courier is paid after all: by the person's own word, and by nobody else's.
      const [order] = await street.ordersOf(paid);
      const owner = (await findDossier(database, { tenant, dossierId: paid }))?.applicantSub ?? "";
      const stranger = "01900000-0000-7000-8000-00000000ffff";
      assert.equal((await street.payAtDoor(stranger, paid, order?.id ?? "")).statusCode, 404);
      assert.match(String(await deliveryOf(street.db, paid, "vi")), /Đổi sang trả bưu tá khi nhận/);
      assert.equal((await street.payAtDoor(owner, paid, order?.id ?? "")).statusCode, 303);
      await street.work();
      const [gone] = await street.ordersOf(paid);
      assert.deepEqual([gone?.state, gone?.pays], ["ordered", "door"]);
      // One that came back and was sent again for the same postage: that carried it once, whatever becomes of the second.
      const twice = await street.signed({ ...HOME, postage: "hub" });
      await street.work();
      await payFor(twice, 2);
      await street.work();
      const newest = async () => (await street.ordersOf(twice))[0];
      await street.tell((await newest())?.id ?? "", 2, "collected");
      await street.act(cookie, twice, { don: (await newest())?.id ?? "", viec: "returned" });
      assert.equal((await street.act(cookie, twice, again)).statusCode, 303);
      await street.work();
      assert.deepEqual([(await newest())?.round, (await newest())?.state], [2, "ordered"]);
      await street.act(cookie, twice, { don: (await newest())?.id ?? "", viec: "cancelled" });
      await street.work();
      assert.equal((await newest())?.state, "cancelled");
      const still = await withAdmin(place, (client) => client.query("select amount::int, reason from refund_due"));
      assert.deepEqual(still.rows, due.rows, "used postage is not given back");
      const { total, unbalanced, unbooked, receivableDrift } = await checkLedger(street.db);
      assert.deepEqual([total, unbalanced, unbooked, receivableDrift], [0, 0, 0, 0]);
    }));
});
